/** One Set in one epoch: the tree, its revision and the recent patches. The only place where a revision is made. */
import type { NodeOf, Op, Touched } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { Epoch, Lineage, Origin, PatchMessage, SetId } from '@livetree/protocol';
import type { KeptPatch } from './history.ts';
import { History } from './history.ts';
import type { HubLimits } from './limits.ts';
import type { Sha1Hex } from './lineage.ts';
import { firstLineage, nextLineage } from './lineage.ts';
import { utf8Bytes } from './text.ts';

/** What changed in one step of a source. Without ops it is a change of facets or other settings only. */
export interface Change {
  readonly ops: readonly Op[];
  readonly touched: readonly Touched[];
  readonly origin: Origin;
  /** ms since 1970; for people only. */
  readonly time: number;
}

export interface AuthorityStart {
  readonly set: SetId;
  /** Fresh for every line of revisions that cannot be continued. */
  readonly epoch: Epoch;
  readonly root: NodeOf<'set'>;
  readonly sha1: Sha1Hex;
  readonly limits: HubLimits;
}

export class Authority {
  readonly set: SetId;
  readonly epoch: Epoch;
  readonly #sha1: Sha1Hex;
  readonly #tree: Tree;
  readonly #history: History;
  readonly #biggestPatch: number;
  #revision = 0;
  #skeleton = 0;
  #lineage: Lineage;

  constructor({ set, epoch, root, sha1, limits }: AuthorityStart) {
    this.set = set;
    this.epoch = epoch;
    this.#sha1 = sha1;
    this.#tree = new Tree(root);
    this.#lineage = firstLineage(epoch, sha1);
    this.#history = new History({ revision: 0, lineage: this.#lineage }, limits);
    this.#biggestPatch = limits.queueBytes;
  }

  /** Newest revision of all. */
  get revision(): number {
    return this.#revision;
  }

  /** Revision of the newest skeleton patch: where the chain of patches stands. */
  get skeleton(): number {
    return this.#skeleton;
  }

  /** Lineage at {@link skeleton}. */
  get lineage(): Lineage {
    return this.#lineage;
  }

  get root(): NodeOf<'set'> {
    return this.#tree.root;
  }

  get nodeCount(): number {
    return this.#tree.size;
  }

  get history(): Pick<History, 'knows' | 'after' | 'size'> {
    return this.#history;
  }

  /**
   * Applies a change and makes a revision of it; an empty one makes none.
   * @returns whether there is a new revision
   * @throws PatchError when an op does not fit; nothing has changed then
   */
  commit(change: Change): boolean {
    const { ops, touched } = change;
    if (ops.length === 0 && touched.length === 0) return false;
    if (ops.length > 0) this.#tree.apply(ops);
    this.#revision += 1;
    if (ops.length > 0) this.#keep(change);
    return true;
  }

  #keep(change: Change): void {
    const ops = change.ops.map(withoutWas);
    this.#lineage = nextLineage(this.#lineage, ops, this.#sha1);
    const patch = this.#patchOf(change, ops);
    this.#skeleton = this.#revision;
    if (patch.bytes <= this.#biggestPatch) this.#history.push(patch);
    else this.#history.restart({ revision: this.#skeleton, lineage: this.#lineage });
  }

  #patchOf({ origin, time }: Change, ops: readonly Op[]): KeptPatch {
    const from = this.#skeleton;
    const to = this.#revision;
    const lineage = this.#lineage;
    const message: PatchMessage = { type: 'patch', set: this.set, from, to, lineage, time, origin, ops };
    const text = JSON.stringify(message);
    return { from, to, lineage, text, bytes: utf8Bytes(text) };
  }
}

/** The op as clients see it. */
function withoutWas(op: Op): Op {
  if (op.op === 'insert' || op.was === undefined) return op;
  const { was: _, ...rest } = op;
  return rest;
}
