/** Who is asked about earlier on: the hub of this user where one runs, else the store itself. */
import type { PastAnswer, PastQuestion, PastSource } from '@livetree/hub';
import { askApi } from '../hub-api.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { runningHub } from '../running-hub.ts';
import { PastProblem } from './past-error.ts';
import { shownPath } from './paths.ts';

/** Only when needed: without the hub's libraries the other commands start in half the time. */
const hubPackage = () => import('@livetree/hub');

/** Of one Set or of all, as the other end understands it. */
export interface Past {
  /** @throws PastProblem with the reason when it cannot be had */
  json<T>(question: PastQuestion): Promise<T>;
  /** @throws PastProblem */
  bytes(question: PastQuestion): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens what is kept.
 * @throws PastProblem when nothing is, or it cannot be read
 */
export async function openHistory(output: Output): Promise<Past> {
  const source = (await runningSource()) ?? (await storeSource(output));
  if (source === undefined)
    throw new PastProblem('No history is kept yet. It begins when "livetree serve" shows a Set.');
  const bytes = async (question: PastQuestion): Promise<Uint8Array> => {
    const answer = await source.ask(question);
    if (answer.ok) return answer.bytes;
    throw new PastProblem(answer.reason, answer.status !== 503);
  };
  return {
    bytes,
    json: async <T>(question: PastQuestion) =>
      JSON.parse(new TextDecoder().decode(await bytes(question))) as T,
    close: () => source.close(),
  };
}

async function storeSource(output: Output): Promise<PastSource | undefined> {
  const { defaultStateDir, openPast } = await hubPackage();
  const say = (line: string): void => output.say(printable(line));
  try {
    return await openPast(defaultStateDir(), { info: () => {}, warn: say, error: say });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PastProblem(`The history in ${shownPath(defaultStateDir())} cannot be read: ${reason}`, false);
  }
}

/** Two large saves take seconds to be compared. */
const PATIENCE_MS = 60_000;

/** @returns `undefined`: no hub runs, or it keeps nothing */
async function runningSource(): Promise<PastSource | undefined> {
  const hub = await runningHub();
  if (hub === undefined) return undefined;
  const get = async (path: string): Promise<PastAnswer> => answerOf(await askApi(hub, path, PATIENCE_MS));
  const overview = await get('/history').catch(() => undefined);
  if (overview?.ok !== true) return undefined;
  return {
    ask: (question) => (isChange(question) ? order(question) : get(addressOf(question))),
    close: () => {},
  };
}

async function answerOf(response: Response): Promise<PastAnswer> {
  if (response.ok) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { ok: true, type: response.headers.get('content-type') ?? '', bytes };
  }
  const reason = (await response.text()).trim();
  const status = response.status === 400 || response.status === 404 ? response.status : 503;
  return { ok: false, status, reason };
}

type Change = Extract<PastQuestion, { readonly ask: 'delete' | 'keep' }>;
const isChange = (question: PastQuestion): question is Change =>
  question.ask === 'delete' || question.ask === 'keep';

function addressOf(question: Exclude<PastQuestion, Change>): string {
  if (question.ask === 'overview') return '/history';
  const { ask, set } = question;
  const query = new URLSearchParams(termsOf(question));
  return `/sets/${encodeURIComponent(set)}/${ask}?${query}`;
}

function termsOf(question: Exclude<PastQuestion, Change | { readonly ask: 'overview' }>): [string, string][] {
  if (question.ask === 'history')
    return Object.entries(question.filter).map(([name, value]) => [name, String(value)]);
  if (question.ask !== 'compare') return [['at', question.at]];
  return [
    ['from', question.from],
    ['to', question.to],
  ];
}

async function order(question: Change): Promise<PastAnswer> {
  const { giveCommand } = await hubPackage();
  const result =
    question.ask === 'delete'
      ? await giveCommand(
          'history_delete',
          question.set === undefined ? { all: true } : { set: question.set },
        )
      : await giveCommand('history_keep', limitArgs(question));
  if (result?.ok === true)
    return { ok: true, type: 'application/json', bytes: new TextEncoder().encode(String(result.value)) };
  return { ok: false, status: 503, reason: result?.message ?? 'LiveTree does not answer.' };
}

function limitArgs({ limits }: Change & { readonly ask: 'keep' }): Readonly<Record<string, number>> {
  const { mostMegabytes, mostDays } = limits;
  return {
    ...(mostMegabytes !== undefined && { megabytes: mostMegabytes }),
    ...(mostDays !== undefined && { days: mostDays }),
  };
}
