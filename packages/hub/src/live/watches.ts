/** Details that somebody looks at: what Live is asked to observe, and questions that wait for its answer. */
import type { FacetName } from '@livetree/live-set';
import type { FacetKey, Handle, ObservedFacet, ObserveRequest } from '@livetree/protocol';

/** Details that Live tells only while somebody looks. */
const OBSERVED: Readonly<Partial<Record<FacetName, ObservedFacet>>> = {
  parameters: 'parameters',
  notes: 'notes',
  warpMarkers: 'warpMarkers',
};

/** ms after which a question that Live does not answer counts as answered by nothing. */
const PATIENCE_MS = 5_000;

interface Watch {
  readonly request: ObserveRequest;
  isWatched: boolean;
  /** Asked once, by somebody who does not watch. */
  question: { readonly key: FacetKey; since: number | undefined } | undefined;
}

export class Watches {
  readonly #watches = new Map<string, Watch>();
  readonly #observe: (on: boolean, request: ObserveRequest) => void;

  constructor(observe: (on: boolean, request: ObserveRequest) => void) {
    this.#observe = observe;
  }

  /** The first client opens details, or the last one closes them. */
  watch(key: FacetKey, handle: Handle | undefined, isWatched: boolean): void {
    const watch = this.#of(key, handle);
    if (watch === undefined) return;
    watch.isWatched = isWatched;
    this.#tidy(key, watch);
  }

  /** Somebody asks for details that Live has not told. */
  wait(key: FacetKey, handle: Handle): void {
    const watch = this.#of(key, handle);
    if (watch !== undefined) watch.question = { key, since: undefined };
  }

  /** Whether Live tells these details whenever they change. */
  observes(handle: Handle, facet: ObservedFacet): boolean {
    return [...this.#watches.values()].some(
      ({ request }) => request.handle === handle && request.facet === facet,
    );
  }

  /** Tries to answer the questions. @param answer says whether it could */
  settle(answer: (key: FacetKey) => boolean): void {
    for (const watch of this.#watches.values()) {
      const { question } = watch;
      if (question === undefined || !answer(question.key)) continue;
      watch.question = undefined;
      this.#tidy(question.key, watch);
    }
  }

  tick(now: number, giveUp: (key: FacetKey) => void): void {
    for (const watch of this.#watches.values()) {
      const { question } = watch;
      if (question === undefined) continue;
      question.since ??= now;
      if (now - question.since < PATIENCE_MS) continue;
      watch.question = undefined;
      giveUp(question.key);
      this.#tidy(question.key, watch);
    }
  }

  /** Nobody will answer. */
  endQuestions(giveUp: (key: FacetKey) => void): void {
    for (const watch of this.#watches.values()) {
      const { question } = watch;
      watch.question = undefined;
      if (question !== undefined) giveUp(question.key);
    }
  }

  /** Another source, or another run: nothing is watched there yet. @returns questions without an answer */
  restart(): readonly FacetKey[] {
    const questions = [...this.#watches.values()].flatMap(({ question }) => question?.key ?? []);
    this.#watches.clear();
    return questions;
  }

  /** The script has forgotten what it observes. */
  again(): void {
    for (const { request } of this.#watches.values()) this.#observe(true, request);
  }

  #of(key: FacetKey, handle: Handle | undefined): Watch | undefined {
    const facet = OBSERVED[key.facet];
    const known = this.#watches.get(idOf(key));
    if (known !== undefined || facet === undefined || handle === undefined) return known;
    const made: Watch = { request: { handle, facet }, isWatched: false, question: undefined };
    this.#watches.set(idOf(key), made);
    this.#observe(true, made.request);
    return made;
  }

  #tidy(key: FacetKey, watch: Watch): void {
    if (watch.isWatched || watch.question !== undefined) return;
    this.#watches.delete(idOf(key));
    this.#observe(false, watch.request);
  }
}

const idOf = ({ node, facet }: FacetKey): string => `${facet} ${node}`;
