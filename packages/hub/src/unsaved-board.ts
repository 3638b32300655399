/** The changes since the last save of one Set, as its clients hear of them. */
import type { SetId, Unsaved, UnsavedMessage } from '@livetree/protocol';
import type { Outbox } from './outbox.ts';

/** ms between two messages to one client. */
const PACE_MS = 500;

/** The newest statement, put into words once for all. */
export class UnsavedBoard {
  readonly #set: SetId;
  #now: Unsaved | undefined;
  #text = '';
  #version = 0;

  constructor(set: SetId) {
    this.#set = set;
  }

  /** Absent until something was compared. */
  get now(): Unsaved | undefined {
    return this.#now;
  }

  /** Counts the statements; 0 = none yet. */
  get version(): number {
    return this.#version;
  }

  /** The message of the newest statement. */
  get text(): string {
    return this.#text;
  }

  put(unsaved: Unsaved): void {
    const message: UnsavedMessage = { type: 'unsaved', set: this.#set, ...unsaved };
    const text = JSON.stringify(message);
    if (text === this.#text) return;
    this.#now = unsaved;
    this.#text = text;
    this.#version += 1;
  }
}

/** One client's place: the newest when it comes, then at most one in {@link PACE_MS}. */
export class UnsavedReader {
  readonly board: UnsavedBoard;
  #seen = 0;
  #at = Number.NEGATIVE_INFINITY;

  constructor(board: UnsavedBoard) {
    this.board = board;
  }

  advance(out: Outbox, now: number): void {
    if (out.isFull || this.#seen === this.board.version || now - this.#at < PACE_MS) return;
    this.#seen = this.board.version;
    this.#at = now;
    out.sendText(this.board.text);
  }
}
