/** The way back from the tree that is served: what changed it, kept until the save that holds it is known. */
import type { NodeId, Op } from '@livetree/live-set';
import type { BackStep } from '../reconcile/index.ts';

/** ms for which a change is kept though a save holds it: the file may have been written before it was read. */
const KEPT_MS = 60_000;
/** Ops kept; beyond it the oldest are forgotten, and a save before them is compared with what is known. */
const MOST_OPS = 50_000;

export class Back {
  readonly #steps: BackStep[] = [];
  #ops = 0;
  #revision = 0;
  /** When Live told of a node last. */
  readonly #times = new Map<NodeId, number>();

  /** Counts the changes of the tree. */
  get revision(): number {
    return this.#revision;
  }

  push(ops: readonly Op[], time: number): void {
    const before = this.#revision;
    this.#revision += 1;
    this.#steps.push({ revision: this.#revision, before, time, ops });
    this.#ops += ops.length;
    while (this.#ops > MOST_OPS) this.#ops -= this.#steps.shift()?.ops.length ?? 0;
    for (const op of ops) this.#times.set(op.op === 'insert' ? op.node.id : op.id, time);
  }

  /** Something of a node changed that is no op. */
  touch(ids: Iterable<NodeId>, time: number): void {
    for (const id of ids) this.#times.set(id, time);
  }

  /** Newest first. */
  steps(): readonly BackStep[] {
    return this.#steps.toReversed();
  }

  /** The newest time of any of the nodes; absent: Live has told of none of them since the save. */
  timeOf(nodes: readonly NodeId[]): number | undefined {
    let newest: number | undefined;
    for (const id of nodes) newest = Math.max(newest ?? 0, this.#times.get(id) ?? 0) || undefined;
    return newest;
  }

  /** A save holds all up to a revision: what is older than that and a minute is forgotten. */
  saved(revision: number, now: number): void {
    const isNeeded = (step: BackStep): boolean => step.revision > revision || now - step.time < KEPT_MS;
    const first = this.#steps.findIndex(isNeeded);
    const old = this.#steps.splice(0, first < 0 ? this.#steps.length : first);
    for (const { ops } of old) this.#ops -= ops.length;
    const since = this.#steps.find((step) => step.revision > revision)?.time ?? now;
    for (const [id, time] of this.#times) if (time < since) this.#times.delete(id);
  }

  /** The tree was shown anew: no way leads back. */
  cut(): void {
    this.#steps.length = 0;
    this.#ops = 0;
    this.#revision += 1;
  }
}

/** ms between the time of a file and its reading; one that is further off comes from another clock. */
const PLAUSIBLE_MS = 10_000;

/**
 * When a file was saved, all in ms since 1970. One that was there before says so by its time; if it was seen to be
 * saved, a time far from now can only be wrong.
 */
export function plausibleTime(savedAt: number, now: number, sawSave: boolean): number {
  const isPlausible = sawSave ? Math.abs(now - savedAt) < PLAUSIBLE_MS : savedAt < now;
  return isPlausible ? savedAt : now;
}
