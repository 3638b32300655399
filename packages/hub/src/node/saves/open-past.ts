/** What is kept from earlier on, without a hub: for the command line. */

import { openJournal } from '../journal/open-journal.ts';
import type { Logger } from '../logger.ts';
import { answerPast, json } from './answer.ts';
import { JournalPast } from './journal-past.ts';
import type { PastAnswer, PastQuestion } from './keeper-messages.ts';
import { lookAtSaves, openSaves } from './open-saves.ts';
import { Past } from './past.ts';
import type { SavesStore } from './saves-store.ts';

/** Who can be asked about earlier on. */
export interface PastSource {
  ask(question: PastQuestion): Promise<PastAnswer>;
  close(): void;
}

/**
 * Looks at the history in a folder. Nothing is written but what a question to delete or to keep asks for.
 * @returns `undefined` when there is none
 * @throws Error when it cannot be read
 */
export async function openPast(folder: string, logger: Logger): Promise<PastSource | undefined> {
  const store = await lookAtSaves(folder);
  if (store === undefined) return undefined;
  const journal = await JournalPast.open(folder);
  const past = new Past({ store, journal, folder, now: Date.now });
  return {
    ask: async (question) =>
      question.ask === 'delete' || question.ask === 'keep'
        ? change(folder, question, logger)
        : answerPast(past, question),
    close: () => {
      store.close();
      journal.close();
    },
  };
}

type Change = Extract<PastQuestion, { readonly ask: 'delete' | 'keep' }>;

async function change(folder: string, question: Change, logger: Logger): Promise<PastAnswer> {
  const store = await openSaves(folder);
  try {
    if (question.ask === 'keep') {
      store.limits = { ...store.limits, ...question.limits };
      store.prune(Date.now());
    } else await forget(folder, question, store, logger);
    const journal = await JournalPast.open(folder);
    const overview = new Past({ store, journal, folder, now: Date.now }).overview();
    journal.close();
    return json(overview);
  } finally {
    store.close();
  }
}

async function forget(
  folder: string,
  { set }: Change & { readonly ask: 'delete' },
  store: SavesStore,
  logger: Logger,
): Promise<void> {
  store.delete(set);
  const journal = await openJournal(folder, logger);
  for (const each of set === undefined ? journal.sets() : [set]) journal.forget(each, false);
  journal.close();
}
