/** Details read once, for an HTTP request: the same questions and answers as those of clients. */
import type { FacetKey, SetId } from '@livetree/protocol';
import type { FacetContent } from '../facet-content.ts';

/** ms after which a question is given up: the reader may be busy with a big Set. */
const PATIENCE_MS = 15_000;
/** Different details that may be asked for at a time. */
const MOST_QUESTIONS = 64;

interface Question {
  readonly promise: Promise<FacetContent | undefined>;
  readonly resolve: (items: FacetContent | undefined) => void;
}

export class FacetReader {
  readonly #questions = new Map<string, Question>();
  readonly #ask: (set: SetId, key: FacetKey) => void;

  constructor(ask: (set: SetId, key: FacetKey) => void) {
    this.#ask = ask;
  }

  /** @throws Error with a sentence when no answer comes in time */
  async read(set: SetId, key: FacetKey): Promise<FacetContent | undefined> {
    const id = questionId(set, key);
    if (!this.#questions.has(id) && this.#questions.size >= MOST_QUESTIONS)
      throw new Error('Too many details are being read. Try again later.');
    const question = this.#questions.get(id) ?? this.#begin(id, set, key);
    return question.promise;
  }

  /** The source has told the content of a facet, whoever asked. */
  take(set: SetId, key: FacetKey, items: FacetContent | undefined): void {
    this.#questions.get(questionId(set, key))?.resolve(items);
  }

  #begin(id: string, set: SetId, key: FacetKey): Question {
    const { promise, resolve, reject } = withResolvers<FacetContent | undefined>();
    const timer = setTimeout(
      () => reject(new Error('The reader of this Set is busy. Try again later.')),
      PATIENCE_MS,
    );
    timer.unref();
    const done = (): void => {
      clearTimeout(timer);
      this.#questions.delete(id);
    };
    promise.then(done, done);
    const question = { promise, resolve };
    this.#questions.set(id, question);
    this.#ask(set, key);
    return question;
  }
}

const questionId = (set: SetId, { node, facet }: FacetKey): string => `${set} ${facet} ${node}`;

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
