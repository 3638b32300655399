/**
 * Samples that lie elsewhere from now on, all of a project: Collect All and Save, a moved project. Live tells of
 * them one by one, as they are read again; they are told together when no more of them come.
 */
import type { NodeId, Op, SetOp } from '@livetree/live-set';

/** ms without another one after which all are told; reading them again takes a moment for each. */
const REST_MS = 5_000;

export class MovingFiles {
  readonly #ops = new Map<NodeId, SetOp>();
  #newest = 0;

  /** @returns the other ops */
  takeOps(ops: readonly Op[], now: number): readonly Op[] {
    return ops.filter((op) => {
      if (!isMove(op)) return true;
      const known = this.#ops.get(op.id);
      this.#ops.set(op.id, known?.was === undefined ? op : { ...op, was: known.was });
      this.#newest = now;
      return false;
    });
  }

  /** Whether there are some, and no more of them come. */
  hasRested(now: number): boolean {
    return this.#ops.size > 0 && now - this.#newest >= REST_MS;
  }

  /** All, if they rest. */
  takeRested(now: number): readonly SetOp[] {
    if (!this.hasRested(now)) return [];
    const all = [...this.#ops.values()];
    this.#ops.clear();
    return all.filter(({ props, was }) => props['samplePath'] !== was?.['samplePath']);
  }
}

/** The same file at another path, and nothing else. */
function isMove(op: Op): op is SetOp {
  if (op.op !== 'set' || op.was === undefined) return false;
  const [now, was] = [op.props['samplePath'], op.was['samplePath']];
  const isAlone = Object.keys(op.props).length === 1;
  return isAlone && typeof now === 'string' && typeof was === 'string' && nameOf(now) === nameOf(was);
}

const nameOf = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
