/** The life of the socket: opens, notices silence, comes back. Knows nothing of what is said over it. */
import { CLOSE_CODES, SYNC_LIMITS } from '@livetree/protocol';
import { BACKOFF, backoffMs } from './backoff.ts';
import type { Timers, WebSocketConstructor, WebSocketLike } from './environment.ts';

export interface LinkOptions {
  readonly url: string;
  readonly WebSocket: WebSocketConstructor;
  readonly timers: Timers;
  readonly random: () => number;
}
/** What happens on the link. */
export interface LinkEvents {
  opened(): void;
  received(frame: unknown): void;
  /** @param retryInMs ms until the next attempt; absent: there will be none */
  closed(code: number, reason: string, retryInMs: number | undefined): void;
  /** An attempt begins. */
  dialling(): void;
}

/** Silence after which the other end counts as gone: two heartbeats and a half. */
const SILENCE_MS = SYNC_LIMITS.heartbeatMs * 2.5;
const FATAL = new Set<number>(
  Object.values(CLOSE_CODES)
    .filter((entry) => !entry.retry)
    .map((entry) => entry.code),
);

export class Link {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  #socket: WebSocketLike | undefined;
  #isOpen = false;
  #attempt = 0;
  #retry: unknown;
  #stable: unknown;
  #silence: unknown;
  #isDone = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Begins an attempt, unless one is under way. */
  open(): void {
    if (this.#isDone || this.#socket !== undefined) return;
    this.#stopTimers();
    this.#events.dialling();
    const socket = new this.#options.WebSocket(this.#options.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#listen(socket);
    this.#heard();
  }

  /** Dropped while the socket is not open: the next hello says all that matters. */
  send(text: string): void {
    if (this.#isOpen) this.#socket?.send(text);
  }

  /** Gives this socket up and tries again after a pause. */
  reconnect(reason: string): void {
    const socket = this.#socket;
    this.#lost(socket, 0, reason);
    socket?.close();
  }

  /** The end; nothing more is called. */
  close(): void {
    this.#isDone = true;
    this.#stopTimers();
    this.#socket?.close(1000);
    this.#socket = undefined;
    this.#isOpen = false;
  }

  #listen(socket: WebSocketLike): void {
    socket.addEventListener('open', () => this.#opened(socket));
    socket.addEventListener('message', ({ data }) => {
      if (socket !== this.#socket) return;
      this.#heard();
      this.#events.received(data);
    });
    socket.addEventListener('close', ({ code, reason }) => this.#lost(socket, code, reason));
    socket.addEventListener('error', () => {});
  }

  #opened(socket: WebSocketLike): void {
    if (socket !== this.#socket) return;
    this.#isOpen = true;
    this.#stable = this.#options.timers.start(() => {
      this.#attempt = 0;
    }, BACKOFF.stableMs);
    this.#heard();
    this.#events.opened();
  }

  #heard(): void {
    this.#options.timers.stop(this.#silence);
    this.#silence = this.#options.timers.start(() => this.reconnect('no answer'), SILENCE_MS);
  }

  #lost(socket: WebSocketLike | undefined, code: number, reason: string): void {
    if (socket === undefined || socket !== this.#socket) return;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#stopTimers();
    const retryInMs = FATAL.has(code) ? undefined : backoffMs(this.#attempt, this.#options.random());
    if (retryInMs === undefined) this.#isDone = true;
    else this.#retry = this.#options.timers.start(() => this.open(), retryInMs);
    this.#attempt += 1;
    this.#events.closed(code, reason, retryInMs);
  }

  #stopTimers(): void {
    for (const timer of [this.#retry, this.#stable, this.#silence]) this.#options.timers.stop(timer);
  }
}
