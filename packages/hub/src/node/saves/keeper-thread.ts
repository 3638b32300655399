/** The thread that keeps the saves: everything that takes long, and every write to their store, happens here. */
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { StopFlag, Stopped } from '../stop-flag.ts';
import { withoutHome } from '../without-home.ts';
import { JournalPast } from './journal-past.ts';
import { KeeperDesk } from './keeper-desk.ts';
import type { FromKeeper, KeeperStart, PastAnswer, PastQuestion, ToKeeper } from './keeper-messages.ts';
import { openSaves, SAVES_FILE } from './open-saves.ts';
import type { SavesStore } from './saves-store.ts';

const { folder, stop: shared } = workerData as KeeperStart;
const stop = new StopFlag(shared);
const questions: { readonly ticket: number; readonly question: PastQuestion }[] = [];

let store: SavesStore | undefined;
let desk: KeeperDesk | undefined;
let problem = '';
let isAtWork = false;
let isEnding = false;

function post(message: FromKeeper): void {
  const transfer = message.is === 'answer' && message.answer.ok ? [message.answer.bytes.buffer] : [];
  parentPort?.postMessage(message, transfer);
}

/** The store is of no use (any more): said once, and nothing is kept until the next start. */
function giveUp(error: unknown): void {
  problem = error instanceof Error ? error.message : String(error);
  desk = undefined;
  const path = withoutHome(join(folder, SAVES_FILE));
  const message = `Saves are not kept until LiveTree is started again: ${path} cannot be used: ${problem}`;
  post({ is: 'trouble', message });
}

async function open(): Promise<void> {
  try {
    store = await openSaves(folder);
    const journal = await JournalPast.open(folder);
    desk = new KeeperDesk({ store, journal, folder, stop, now: Date.now });
  } catch (error) {
    giveUp(error);
  }
}

function answer(question: PastQuestion): PastAnswer {
  try {
    return desk?.answer(question) ?? { ok: false, status: 503, reason: `History cannot be used: ${problem}` };
  } catch (error) {
    giveUp(error);
    return { ok: false, status: 503, reason: `History cannot be used: ${problem}` };
  }
}

/** One thing after the other; messages come in between. */
async function work(): Promise<void> {
  if (isAtWork) return;
  isAtWork = true;
  while (await next()) await turn();
  isAtWork = false;
  if (isEnding) end();
}

async function next(): Promise<boolean> {
  const asked = questions.shift();
  if (asked !== undefined) {
    post({ is: 'answer', ticket: asked.ticket, answer: answer(asked.question) });
    return true;
  }
  try {
    if ((await desk?.step()) === true) return true;
    desk?.rest();
  } catch (error) {
    if (!(error instanceof Stopped)) giveUp(error);
    return !isEnding;
  }
  return false;
}

function end(): void {
  try {
    store?.close();
  } finally {
    parentPort?.close();
  }
}

const opening = open();

parentPort?.on('message', (message: ToKeeper) => {
  if (message.do === 'keep') void opening.then(() => desk?.take(message.save)).then(work);
  else if (message.do === 'ask') {
    questions.push(message);
    void opening.then(work);
  } else {
    isEnding = true;
    void opening.then(work);
  }
});
