/** The history of a hub: the journal of its own thread, and the saves in theirs. */
import { setImmediate as turn } from 'node:timers/promises';
import type { HistoryOverview, SetId } from '@livetree/protocol';
import type { CommandEffect } from '../../effect.ts';
import { HubError } from '../../errors.ts';
import type { Journal } from '../../journal.ts';
import { mostActBytes, oldestKept } from '../../saves/retention.ts';
import type { Logger } from '../logger.ts';
import { SaveKeeper } from './keeper.ts';
import type { PastQuestion, SavedFile } from './keeper-messages.ts';

export interface HubHistoryOptions {
  /** Absent: nothing is kept. */
  readonly folder: string | undefined;
  readonly logger: Logger;
  readonly journal: Journal;
  /** Whether the Set is mirrored. */
  readonly isOpen: (set: SetId) => boolean;
  /** Forgets what new clients are told of recent changes; absent: of all Sets. */
  readonly forgetLog: (set: SetId | undefined) => void;
}

type HistoryCommand = Extract<CommandEffect, { readonly do: 'history_delete' | 'history_keep' }>;

export class HubHistory {
  readonly #options: HubHistoryOptions;
  /** Absent where nothing is kept. */
  readonly keeper: SaveKeeper | undefined;
  #isClosed = false;
  #hasForgotten = false;

  constructor(options: HubHistoryOptions) {
    this.#options = options;
    const { folder, logger } = options;
    this.keeper = folder === undefined ? undefined : new SaveKeeper({ folder, logger });
  }

  /** Where readers hand the saves to. */
  get taker(): { readonly onSaved?: (save: SavedFile) => void } {
    const { keeper } = this;
    if (keeper === undefined) return {};
    return {
      onSaved: (save) => {
        keeper.keep(save);
        void this.#forgetOld();
      },
    };
  }

  /**
   * @returns what is kept now, JSON
   * @throws HubError NO_HISTORY when there is none
   */
  async obey(command: HistoryCommand): Promise<string> {
    if (command.do === 'history_keep') return this.#ask({ ask: 'keep', limits: command.limits });
    const { set } = command;
    const told = await this.#ask({ ask: 'delete', ...(set !== undefined && { set }) });
    const { journal, isOpen, forgetLog } = this.#options;
    for (const each of set === undefined ? journal.sets() : [set]) journal.forget(each, isOpen(each));
    forgetLog(set);
    return told;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.keeper?.close();
  }

  async #ask(question: PastQuestion): Promise<string> {
    const answer = await this.keeper?.ask(question);
    if (answer === undefined)
      throw new HubError('NO_HISTORY', 'No history is kept: LiveTree was started so.');
    if (!answer.ok) throw new HubError('NO_HISTORY', answer.reason);
    return new TextDecoder().decode(answer.bytes);
  }

  /** What is too old goes once a start, what is too much after each save: when there is time, a little in each turn. */
  async #forgetOld(): Promise<void> {
    const answer = await this.keeper?.ask({ ask: 'overview' });
    if (answer?.ok !== true) return;
    const { place } = JSON.parse(new TextDecoder().decode(answer.bytes)) as HistoryOverview;
    const before = oldestKept(place.keep, Date.now());
    const { journal } = this.#options;
    const isOld = !this.#hasForgotten;
    this.#hasForgotten = true;
    while (isOld && !this.#isClosed && journal.forgetBefore(before)) await turn();
    const most = mostActBytes(place.keep);
    while (!this.#isClosed && journal.forgetOldest(most)) await turn();
  }
}
