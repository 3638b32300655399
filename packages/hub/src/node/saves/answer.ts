/** One answer about earlier on, as bytes that can be sent. */
import { LiveSetError } from '@livetree/live-set';
import { jsonSlices } from '../../json-slices.ts';
import type { PastAnswer, PastQuestion } from './keeper-messages.ts';
import type { Past } from './past.ts';
import { PastError } from './past.ts';

export type PastLook = Exclude<PastQuestion, { readonly ask: 'delete' | 'keep' }>;

/** Never throws: what cannot be had is an answer, too. */
export function answerPast(past: Past, question: PastLook): PastAnswer {
  try {
    return found(past, question);
  } catch (error) {
    if (error instanceof PastError) return { ok: false, status: error.status, reason: error.message };
    const reason = error instanceof LiveSetError || error instanceof Error ? error.message : String(error);
    return { ok: false, status: 503, reason: `History cannot be read: ${reason}` };
  }
}

function found(past: Past, question: PastLook): PastAnswer {
  switch (question.ask) {
    case 'overview':
      return json(past.overview());
    case 'history':
      return json(past.history(question.set, question.filter, question.open));
    case 'moment':
      return json(past.moment(question.set, question.at));
    case 'tree': {
      const at = past.moment(question.set, question.at);
      const head = JSON.stringify({ set: question.set, at }).slice(0, -1);
      return jsonText(`${head},"root":${[...jsonSlices(past.tree(question.set, at))].join('')}}`);
    }
    case 'file': {
      const bytes = new Uint8Array(past.file(past.moment(question.set, question.at)));
      return { ok: true, type: 'application/gzip', bytes };
    }
    case 'compare': {
      const [from, to] = [question.from, question.to].map((text) => past.moment(question.set, text));
      if (from === undefined || to === undefined) throw new PastError(400, 'Two moments are compared.');
      return json(past.compare(question.set, from, to));
    }
    default: {
      const never: never = question;
      throw new Error(`unhandled question ${JSON.stringify(never)}`);
    }
  }
}

export const json = (value: unknown): PastAnswer => jsonText(JSON.stringify(value));

const jsonText = (text: string): PastAnswer => ({
  ok: true,
  type: 'application/json; charset=utf-8',
  bytes: new TextEncoder().encode(text),
});
