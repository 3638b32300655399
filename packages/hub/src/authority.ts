/** One Set in one epoch: the tree, its revision and the recent patches. The only place where a revision is made. */
import type { NodeId, NodeOf, Op, Place, Touched, Tree, TreeNode } from '@livetree/live-set';
import type { Epoch, Lineage, Origin, SetId, Telling } from '@livetree/protocol';
import type { KeptPatch } from './history.ts';
import { History } from './history.ts';
import type { JournalledPatch, KeptSet } from './journal.ts';
import type { HubLimits } from './limits.ts';
import type { Sha1Hex } from './lineage.ts';
import { firstLineage, nextLineage, snapshotLineage } from './lineage.ts';
import { encodePatch, mergePatches } from './merge.ts';
import { wireOps, wireOpsJson } from './wire-ops.ts';

/** What changed in one step of a source. Without ops it is a change of facets or other settings only. */
export interface Change {
  readonly ops: readonly Op[];
  /** `wireOpsJson(ops)`, from sources that have made it elsewhere. */
  readonly opsJson?: string;
  readonly touched: readonly Touched[];
  readonly origin: Origin;
  /** ms since 1970; for people only. */
  readonly time: number;
  /** What the log says of it, where the source knows it at once. */
  readonly telling?: Telling;
}

export interface AuthorityStart {
  readonly set: SetId;
  /** Fresh for every line of revisions that cannot be continued. */
  readonly epoch: Epoch;
  /** From now on the authority's own. */
  readonly tree: Tree;
  readonly sha1: Sha1Hex;
  readonly limits: HubLimits;
  /** Goes on with a line of revisions, whose last tree is `tree`. */
  readonly resume?: ResumedLine;
}

/** Where a line of revisions stands that was kept. */
export type ResumedLine = Pick<KeptSet, 'revision' | 'skeleton' | 'lineage' | 'patches'>;

export class Authority {
  readonly set: SetId;
  readonly epoch: Epoch;
  readonly #sha1: Sha1Hex;
  #tree: Tree;
  readonly #history: History;
  readonly #biggestPatch: number;
  readonly #mergeBytes: number;
  #merged: KeptPatch | undefined;
  #revision: number;
  #skeleton: number;
  #lineage: Lineage;

  constructor({ set, epoch, tree, sha1, limits, resume }: AuthorityStart) {
    this.set = set;
    this.epoch = epoch;
    this.#sha1 = sha1;
    this.#tree = tree;
    this.#revision = resume?.revision ?? 0;
    this.#skeleton = resume?.skeleton ?? 0;
    this.#lineage = resume?.lineage ?? firstLineage(epoch, sha1);
    this.#history = this.#historyOf(resume?.patches ?? [], limits);
    this.#biggestPatch = limits.queueBytes;
    this.#mergeBytes = limits.mergeBytes;
  }

  #historyOf(patches: readonly JournalledPatch[], limits: HubLimits): History {
    const [first] = patches;
    const begin = first && {
      revision: first.from,
      lineage: first.fromLineage ?? firstLineage(this.epoch, this.#sha1),
    };
    const history = new History(begin ?? { revision: this.#skeleton, lineage: this.#lineage }, limits);
    for (const patch of patches)
      history.push(encodePatch(this.set, { ...patch, ops: wireOps(patch.ops) }, wireOpsJson(patch.ops)));
    return history;
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

  node(id: NodeId): TreeNode | undefined {
    return this.#tree.get(id);
  }

  /** Where a node hangs; `undefined` for the root and for unknown ids. */
  placeOf(id: NodeId): Place | undefined {
    return this.#tree.placeOf(id);
  }

  get history(): Pick<History, 'knows' | 'after' | 'size'> {
    return this.#history;
  }

  /**
   * One patch from a revision of the skeleton to now, for a client that was too slow for each of them; the
   * last one is kept, because slow clients often stand at the same place.
   * @returns `undefined` when the patches are no longer kept, or are too much for one: a snapshot is better
   */
  mergedAfter(revision: number): KeptPatch | undefined {
    if (this.#merged?.from === revision && this.#merged.to === this.#skeleton) return this.#merged;
    const patches = this.#history.after(revision) ?? [];
    if (patches.reduce((sum, patch) => sum + patch.bytes, 0) > this.#mergeBytes) return undefined;
    const merged = mergePatches(this.set, patches);
    if (merged === undefined || merged.bytes > this.#biggestPatch) return undefined;
    this.#merged = merged;
    return merged;
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

  /**
   * Takes another tree in place of this one, in the same line of revisions: nobody can follow by patches.
   * Lineage chains the word `snapshot`, since there are no ops to chain.
   */
  replace(tree: Tree): void {
    this.#tree = tree;
    this.#revision += 1;
    this.#skeleton = this.#revision;
    this.#lineage = snapshotLineage(this.#lineage, this.#sha1);
    this.#merged = undefined;
    this.#history.restart({ revision: this.#skeleton, lineage: this.#lineage });
  }

  #keep(change: Change): void {
    const opsJson = change.opsJson ?? wireOpsJson(change.ops);
    this.#lineage = nextLineage(this.#lineage, opsJson, this.#sha1);
    const patch = this.#patchOf(change, opsJson);
    this.#skeleton = this.#revision;
    if (patch.bytes <= this.#biggestPatch) this.#history.push(patch);
    else this.#history.restart({ revision: this.#skeleton, lineage: this.#lineage });
  }

  #patchOf({ origin, time, ...change }: Change, opsJson: string): KeptPatch {
    const from = this.#skeleton;
    const to = this.#revision;
    const lineage = this.#lineage;
    const ops = wireOps(change.ops);
    return encodePatch(this.set, { from, to, lineage, time, origin, ops }, opsJson);
  }
}
