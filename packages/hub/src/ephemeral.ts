/**
 * Values without history: what plays, the playhead, meters, the selection. Only the latest of each key
 * counts; nobody can ask for an older one, and nothing of it is kept over a restart.
 */
import type { NodeId, Op, PropValue } from '@livetree/live-set';
import type { Ephemeral, SetId } from '@livetree/protocol';
import type { Outbox } from './outbox.ts';

/**
 * `sampled`: read again and again while somebody looks (playhead, meters, moving values); ends by itself when
 * no more comes. `state`: true until it is replaced (playing, recording, selection).
 */
export type EphemeralKind = 'sampled' | 'state';

export interface EphemeralValue {
  /** Unique in the Set; names what is told, and of which node. */
  readonly key: string;
  readonly node: NodeId;
  /** `null` ends the key. */
  readonly value: PropValue | null;
  readonly kind: EphemeralKind;
}

/** ms after which a sampled value without a new one ends. */
export const SAMPLE_MS = 5_000;

interface Held {
  readonly node: NodeId;
  readonly value: PropValue | null;
  readonly kind: EphemeralKind;
  /** When it was told last. */
  readonly at: number;
  /** Number of the change; readers have all up to one. */
  readonly change: number;
}

/** The latest values of one Set. */
export class EphemeralBoard {
  /** Ended keys stay, as `null`, until all readers may have heard: see {@link forget}. */
  readonly #values = new Map<string, Held>();
  #changes = 0;

  /** Number of the newest change. */
  get changes(): number {
    return this.#changes;
  }

  /** The source tells values, or ends them. The same value again only keeps a sampled one alive. */
  put(values: readonly EphemeralValue[], now: number): void {
    for (const value of values) this.#putOne(value, now);
  }

  /** Ends sampled values that are no longer told. */
  expire(now: number): void {
    for (const [key, held] of this.#values) {
      if (held.kind === 'sampled' && now - held.at >= SAMPLE_MS) this.#end(key, held, now);
    }
  }

  /** Ends what belongs to nodes that are gone. */
  change(ops: readonly Op[], isThere: (node: NodeId) => boolean, now: number): void {
    if (!ops.some((op) => op.op === 'remove')) return;
    this.#endAll((held) => !isThere(held.node), now);
  }

  /** The source is gone: nothing of what it told holds any more. */
  endAll(now: number): void {
    this.#endAll(() => true, now);
  }

  /** Lets go of ended keys that every reader has heard of. @param heard the oldest change some reader is at */
  forget(heard: number): void {
    for (const [key, held] of this.#values)
      if (held.value === null && held.change <= heard) this.#values.delete(key);
  }

  /** What changed after a change, each key once with its latest value; keys that came and went are left out. */
  after(change: number, isNew: boolean): Ephemeral['values'] {
    const found: Ephemeral['values'][number][] = [];
    for (const [key, held] of this.#values) {
      if (held.change <= change || (isNew && held.value === null)) continue;
      found.push({ key, node: held.node, value: held.value });
    }
    return found;
  }

  #putOne({ key, node, value, kind }: EphemeralValue, now: number): void {
    const held = this.#values.get(key);
    if (value === null) {
      if (held !== undefined) this.#end(key, held, now);
      return;
    }
    const isSame = held !== undefined && held.node === node && Object.is(held.value, value);
    const change = isSame ? held.change : this.#next();
    this.#values.set(key, { node, value, kind, at: now, change });
  }

  #end(key: string, held: Held, now: number): void {
    if (held.value === null) return;
    this.#values.set(key, { ...held, value: null, at: now, change: this.#next() });
  }

  #endAll(which: (held: Held) => boolean, now: number): void {
    for (const [key, held] of this.#values) if (which(held)) this.#end(key, held, now);
  }

  #next(): number {
    this.#changes += 1;
    return this.#changes;
  }
}

/** One client's place: all that is current when it comes, then what changes, merged by key while it is slow. */
export class EphemeralReader {
  readonly board: EphemeralBoard;
  readonly #set: SetId;
  #at = 0;
  #isNew = true;

  constructor(board: EphemeralBoard, set: SetId) {
    this.board = board;
    this.#set = set;
  }

  /** The change up to which this client has heard all. */
  get at(): number {
    return this.#at;
  }

  advance(out: Outbox): void {
    if (out.isFull || (this.#at === this.board.changes && !this.#isNew)) return;
    const values = this.board.after(this.#at, this.#isNew);
    this.#at = this.board.changes;
    this.#isNew = false;
    if (values.length === 0) return;
    out.send({ type: 'ephemeral', set: this.#set, values });
    out.tally.ephemerals += 1;
  }
}
