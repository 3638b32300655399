/** One Set as the hub serves it: what is told of it, its authority, its open facets and its newest snapshot. */
import type { Tree } from '@livetree/live-set';
import type { Entry, Epoch, FacetKey, SetId, SetInfo, Snapshot, Telling } from '@livetree/protocol';
import type { Change } from './authority.ts';
import { Authority } from './authority.ts';
import type { SourceEffect } from './effect.ts';
import { EphemeralBoard } from './ephemeral.ts';
import { FacetBook } from './facet-book.ts';
import type { FacetContent } from './facet-content.ts';
import type { HubLimits } from './limits.ts';
import type { Sha1Hex } from './lineage.ts';
import { Log } from './log.ts';

/** The skeleton as the source packed it: deflate-raw of the UTF-8 JSON of the root, cut into frames. */
export interface PackedSkeleton {
  readonly chunks: readonly Uint8Array[];
  readonly nodes: number;
}

/** A snapshot ready to be sent. */
export interface HeldSnapshot {
  readonly header: Snapshot;
  readonly chunks: readonly Uint8Array[];
}

export class SetRoom {
  readonly id: SetId;
  readonly facets: FacetBook;
  /** Goes on when a new line of revisions begins. */
  readonly log: Log;
  readonly ephemeral = new EphemeralBoard();
  info: SetInfo;
  readonly #sha1: Sha1Hex;
  readonly #limits: HubLimits;
  #authority: Authority | undefined;
  #snapshot: HeldSnapshot | undefined;
  /** The newest change, until the log is told of it. */
  #untold: Pick<Entry, 'revision' | 'time' | 'origin'> | undefined;
  #wantsSnapshot = false;
  #isPacking = false;

  constructor(info: SetInfo, sha1: Sha1Hex, limits: HubLimits) {
    this.id = info.id;
    this.info = info;
    this.facets = new FacetBook(info.id);
    this.log = new Log(limits);
    this.#sha1 = sha1;
    this.#limits = limits;
  }

  /** Absent until the first tree was read. */
  get authority(): Authority | undefined {
    return this.#authority;
  }

  /** Begins a new line of revisions: the first tree, or one that cannot be joined to the last. */
  load(tree: Tree, epoch: Epoch): void {
    const limits = this.#limits;
    this.#authority = new Authority({ set: this.id, epoch, tree, sha1: this.#sha1, limits });
    this.#snapshot = undefined;
    this.#untold = undefined;
    this.#isPacking = false;
    this.facets.restart();
  }

  /**
   * @returns whether there is a new revision
   * @throws PatchError when the change does not fit the tree
   */
  commit(change: Change): boolean {
    const isNew = this.#authority?.commit(change) === true;
    if (isNew) this.facets.change(change.ops, change.touched);
    this.#note(change);
    return isNew;
  }

  /** The tree is another one, in the same line of revisions. */
  replace(tree: Tree, change: Omit<Change, 'ops'>): void {
    this.#authority?.replace(tree);
    this.facets.changeAll();
    this.#note(change);
  }

  /** What the source says of the change it reported last; of each change once. */
  tell(telling: Telling): void {
    const untold = this.#untold;
    this.#untold = undefined;
    if (untold !== undefined) this.log.push({ type: 'entry', set: this.id, ...untold, ...telling });
  }

  #note({ time, origin }: Omit<Change, 'ops'>): void {
    const revision = this.#authority?.revision;
    if (revision !== undefined) this.#untold = { revision, time, origin };
  }

  putFacet(key: FacetKey, content: FacetContent | undefined): void {
    if (this.#authority !== undefined) this.facets.put(key, content, this.#authority.revision);
  }

  /** Takes the skeleton the source packed: the one at the newest skeleton revision it has reported. */
  putSnapshot({ chunks, nodes }: PackedSkeleton): void {
    const authority = this.#authority;
    if (authority === undefined || !this.#isPacking) return;
    this.#isPacking = false;
    const { set, epoch, skeleton: revision, lineage } = authority;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    const frames = { encoding: 'deflate-raw', chunks: chunks.length, bytes, nodes } as const;
    this.#snapshot = { header: { type: 'snapshot', set, epoch, revision, lineage, ...frames }, chunks };
  }

  /** A snapshot from which patches lead to now; when there is none, one is ordered. */
  snapshot(): HeldSnapshot | undefined {
    const tail = this.#snapshot && this.#authority?.history.after(this.#snapshot.header.revision);
    const tailBytes = tail?.reduce((sum, patch) => sum + patch.bytes, 0) ?? Infinity;
    if (tailBytes <= this.#limits.snapshotTailBytes) return this.#snapshot;
    this.#snapshot = undefined;
    this.#wantsSnapshot = true;
    return undefined;
  }

  /** What the source must be asked now, each question once until it is answered. */
  takeQuestions(): readonly SourceEffect[] {
    if (this.#authority === undefined) return [];
    const set = this.id;
    const questions: SourceEffect[] = this.facets
      .takeQuestions()
      .map(({ node, facet }) => ({ do: 'read_facet', set, node, facet }));
    if (this.#wantsSnapshot && !this.#isPacking) {
      this.#isPacking = true;
      questions.push({ do: 'make_snapshot', set });
    }
    this.#wantsSnapshot = false;
    return questions;
  }
}
