/** Values that are moved: a ride by hand is one act in the log, from the value before to the value at rest. */
import type { NodeId, Op, PropChanges, SetOp } from '@livetree/live-set';
import type { Handle, RawProps } from '@livetree/protocol';
import type { RawChanges, RawSet } from './raw-set.ts';
import { isSameValue } from './raw-value.ts';

/** Properties that are moved rather than set, as our nodes and as Live name them. */
const MOVED: Readonly<Record<string, string>> = {
  volumeDb: 'volume',
  pan: 'panning',
  panLeft: 'left_split_stereo',
  panRight: 'right_split_stereo',
  cueVolumeDb: 'cue_volume',
  crossfader: 'crossfader',
  levelDb: 'value',
  tempoBpm: 'tempo',
};

/** ms of rest after which a ride is over though the script did not say so. */
const REST_MS = 2_000;

interface Ride {
  readonly handle: Handle;
  readonly id: NodeId | undefined;
  /** Of our node; absent for a parameter. */
  readonly prop: string | undefined;
  readonly before: PropChanges[string];
  /** Of a parameter: all its properties. */
  readonly props: RawProps;
  at: number;
}

export interface ClosedRides {
  /** What they changed, with the values before. */
  readonly ops: readonly SetOp[];
  /** Properties of parameters before. */
  readonly parameters: ReadonlyMap<Handle, RawProps>;
}

export class Rides {
  readonly #rides = new Map<string, Ride>();
  readonly #closed = new Map<string, Ride>();
  readonly #handleOf: (id: NodeId) => Handle | undefined;

  constructor(handleOf: (id: NodeId) => Handle | undefined) {
    this.#handleOf = handleOf;
  }

  get hasClosed(): boolean {
    return this.#closed.size > 0;
  }

  /** Takes moved values out of ops; the others are returned. */
  takeOps(ops: readonly Op[], now: number): readonly Op[] {
    return ops.flatMap((op) => (op.op === 'set' ? this.#takeSet(op, now) : [op]));
  }

  /** Notes parameters that moved. */
  takeParameters(raw: RawSet, { before, filled }: RawChanges, now: number): void {
    for (const [handle, props] of before) {
      const node = raw.get(handle);
      if (node?.kind !== 'parameter' || filled.has(handle)) continue;
      if (isSameValue(props['value'], node.props['value'])) continue;
      this.#note(`${handle} value`, { handle, id: undefined, prop: undefined, before: null, props, at: now });
    }
  }

  /** The script says that a ride has come to rest. @param prop as Live names it */
  close(handle: Handle, prop: string): void {
    const key = `${handle} ${prop}`;
    const ride = this.#rides.get(key);
    this.#rides.delete(key);
    if (ride !== undefined && !this.#closed.has(key)) this.#closed.set(key, ride);
  }

  /** Closes what has rested for long. */
  rest(now: number): void {
    for (const [key, { at, handle }] of this.#rides)
      if (now - at >= REST_MS) this.close(handle, key.slice(key.indexOf(' ') + 1));
  }

  takeClosed(valueNow: (id: NodeId, prop: string) => PropChanges[string]): ClosedRides {
    const rides = [...this.#closed.values()];
    this.#closed.clear();
    const ops = rides.flatMap(({ id, prop, before }): readonly SetOp[] => {
      if (id === undefined || prop === undefined) return [];
      return [{ op: 'set', id, props: { [prop]: valueNow(id, prop) }, was: { [prop]: before } }];
    });
    const parameters = rides.flatMap(({ handle, prop, props }) =>
      prop === undefined ? [[handle, props] as const] : [],
    );
    return { ops, parameters: new Map(parameters) };
  }

  #takeSet(op: SetOp, now: number): readonly Op[] {
    const handle = this.#handleOf(op.id);
    const moved = Object.keys(op.props).filter((name) => MOVED[name] !== undefined);
    if (handle === undefined || moved.length === 0) return [op];
    for (const prop of moved) {
      const before = op.was?.[prop] ?? null;
      this.#note(`${handle} ${MOVED[prop]}`, { handle, id: op.id, prop, before, props: {}, at: now });
    }
    const kept = Object.entries(op.props).filter(([name]) => MOVED[name] === undefined);
    return kept.length === 0 ? [] : [{ ...op, props: Object.fromEntries(kept) }];
  }

  #note(key: string, ride: Ride): void {
    const known = this.#rides.get(key);
    if (known === undefined) this.#rides.set(key, ride);
    else known.at = ride.at;
  }
}
