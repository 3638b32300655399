/** Follows the log of one hub: of one Set, or of all it has, also those that come later. */
import { type Connection, type ConnectionStatus, connect } from '@livetree/client';
import type { Entry, SetId, SetInfo } from '@livetree/protocol';
import { WebSocket } from 'ws';

export interface FollowerEvents {
  /** A change that was made since this follower began; each once. */
  entry(entry: Entry, set: SetInfo | undefined): void;
  /** What the hub says of the Sets that are followed. */
  sets(sets: readonly SetInfo[]): void;
  /** The changes of all of them arrive from now on. */
  ready(sets: readonly SetInfo[]): void;
  /** The connection broke; it is tried again and again. */
  lost(): void;
  /** The hub refuses us. */
  refused(reason: string): void;
}

export interface FollowerOptions {
  readonly url: string;
  /** Absent: all. */
  readonly set?: SetId | undefined;
  /** ms since 1970: what was told before is not repeated. */
  readonly since: number;
  readonly events: FollowerEvents;
}

export class Follower {
  readonly #options: FollowerOptions;
  readonly #connections = new Map<SetId | undefined, Connection>();
  readonly #told = new Set<string>();
  #isReady = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#connect(options.set);
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  /** The first connection tells which Sets there are; each of them has a log of its own. */
  #connect(set: SetId | undefined): void {
    const { url } = this.#options;
    const connection = connect(url, { WebSocket, channels: ['log'], ...(set === undefined ? {} : { set }) });
    this.#connections.set(set, connection);
    connection.onEntry((entry) => this.#entry(entry, connection));
    connection.onStatus((status) => this.#status(connection, status));
  }

  #status(connection: Connection, status: ConnectionStatus): void {
    const { events, set } = this.#options;
    if (status.state === 'closed') events.refused(status.reason);
    if (status.state === 'waiting') {
      this.#isReady = false;
      events.lost();
    }
    if (!isSettled(connection)) return;
    const sets = connection.sets.filter(({ id }) => set === undefined || id === set);
    if (set === undefined) this.#connectOthers(connection);
    events.sets(sets);
    if (this.#isReady || ![...this.#connections.values()].every(isSettled)) return;
    this.#isReady = true;
    events.ready(sets);
  }

  #connectOthers(connection: Connection): void {
    for (const { id } of connection.sets)
      if (id !== this.#connections.get(undefined)?.set?.id && !this.#connections.has(id)) this.#connect(id);
  }

  /** Recent ones come again with each connection. */
  #entry(entry: Entry, connection: Connection): void {
    const key = `${entry.set} ${entry.revision} ${entry.time}`;
    const isOld = entry.recent === true && entry.time < this.#options.since;
    if (isOld || this.#told.has(key)) return;
    this.#told.add(key);
    const set = connection.sets.find(({ id }) => id === entry.set);
    this.#options.events.entry(entry, set);
  }
}

/** All that there is has arrived; of a Set that could not be read yet there is nothing. */
function isSettled({ status: { state }, set, tree }: Connection): boolean {
  const isUnreadable = set?.file.state === 'missing' || set?.file.state === 'broken';
  return (
    state === 'following' || state === 'empty' || (state === 'reading' && isUnreadable && tree === undefined)
  );
}
