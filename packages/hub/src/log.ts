/** The log of one Set: what was told of its changes, the newest entries only; and how far one client has read. */
import type { Entry } from '@livetree/protocol';
import type { HubLimits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import { utf8Bytes } from './text.ts';

interface KeptEntry {
  readonly text: string;
  readonly bytes: number;
}

export class Log {
  readonly #limits: Pick<HubLimits, 'logEntries' | 'logBytes'>;
  readonly #entries: KeptEntry[] = [];
  #first = 0;
  #bytes = 0;

  constructor(limits: Pick<HubLimits, 'logEntries' | 'logBytes'>) {
    this.#limits = limits;
  }

  /** Number of the oldest entry that is kept; entries are counted from 0. */
  get first(): number {
    return this.#first;
  }

  /** Number that the next entry will have. */
  get end(): number {
    return this.#first + this.#entries.length;
  }

  /** @returns the text as it is sent and kept */
  push(entry: Entry): string {
    const text = JSON.stringify(entry);
    this.pushText(text);
    return text;
  }

  /** An entry that was kept. */
  pushText(text: string): void {
    const bytes = utf8Bytes(text);
    this.#entries.push({ text, bytes });
    this.#bytes += bytes;
    while (this.#isOver()) this.#dropOldest();
  }

  /** Forgets all entries; clients keep what they got. */
  clear(): void {
    while (this.#entries.length > 0) this.#dropOldest();
  }

  /** The entry with this number, as a message. */
  get(number: number): KeptEntry | undefined {
    return this.#entries[number - this.#first];
  }

  #isOver(): boolean {
    const { logEntries, logBytes } = this.#limits;
    return this.#entries.length > logEntries || this.#bytes > logBytes;
  }

  #dropOldest(): void {
    this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    this.#first += 1;
  }
}

/** One client's place in a log: first what was kept when it came, then all that follows. */
export class LogReader {
  readonly log: Log;
  #next = 0;
  /** Entries before this one are recent ones. */
  readonly #live: number;

  constructor(log: Log) {
    this.log = log;
    this.#live = log.end;
  }

  /** Sends what is missing, as far as the queue allows. What the log has dropped meanwhile is left out. */
  advance(out: Outbox): void {
    this.#next = Math.max(this.#next, this.log.first);
    for (; this.#next < this.log.end && !out.isFull; this.#next++) {
      const entry = this.log.get(this.#next);
      if (entry === undefined) continue;
      const isRecent = this.#next < this.#live;
      out.sendText(isRecent ? `${entry.text.slice(0, -1)}${RECENT}` : entry.text);
      out.tally.entries += 1;
    }
  }
}

/** Put in place of the closing brace of an entry. */
const RECENT = ',"recent":true}';
