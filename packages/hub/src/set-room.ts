/** One Set as the hub serves it: what is told of it, its authority, its open facets and its newest snapshot. */
import type { Tree } from '@livetree/live-set';
import type { Entry, Epoch, FacetKey, Lineage, SetId, SetInfo, Snapshot, Telling } from '@livetree/protocol';
import type { Change } from './authority.ts';
import { Authority } from './authority.ts';
import type { SourceEffect } from './effect.ts';
import { EphemeralBoard } from './ephemeral.ts';
import { FacetBook } from './facet-book.ts';
import type { FacetContent } from './facet-content.ts';
import type { Committed, Journal, KeptSet } from './journal.ts';
import type { HubLimits } from './limits.ts';
import type { Sha1Hex } from './lineage.ts';
import { Log } from './log.ts';
import { UnsavedBoard } from './unsaved-board.ts';

/** The skeleton as the source packed it: deflate-raw of the UTF-8 JSON of the root, cut into frames. */
export interface PackedSkeleton {
  readonly chunks: readonly Uint8Array[];
  readonly nodes: number;
  /** The state that was packed; absent: the newest that the source has reported. */
  readonly at?: { readonly epoch: Epoch; readonly revision: number; readonly lineage: Lineage };
}

/** A snapshot ready to be sent. */
export interface HeldSnapshot {
  readonly header: Snapshot;
  readonly chunks: readonly Uint8Array[];
}

/** What else is kept with a change that the Remote Script stated. */
export type Stated = Pick<Committed, 'frame' | 'keys'>;

/** Ops in the journal after which its checkpoint is made anew. */
const CHECKPOINT_AFTER = 5_000;

export class SetRoom {
  readonly id: SetId;
  readonly facets: FacetBook;
  /** Goes on when a new line of revisions begins. */
  readonly log: Log;
  readonly ephemeral = new EphemeralBoard();
  readonly unsaved: UnsavedBoard;
  info: SetInfo;
  readonly #sha1: Sha1Hex;
  readonly #limits: HubLimits;
  #authority: Authority | undefined;
  #snapshot: HeldSnapshot | undefined;
  /** The newest change, until the log is told of it. */
  #untold: Pick<Entry, 'revision' | 'time' | 'origin'> | undefined;
  #wantsSnapshot = false;
  #isPacking = false;
  readonly #journal: Journal | undefined;
  /** Ops since the newest checkpoint. */
  #uncovered = 0;
  /** The tree came whole in this revision, and no checkpoint holds it yet. */
  #bareFrom: number | undefined;

  constructor(info: SetInfo, sha1: Sha1Hex, limits: HubLimits, journal?: Journal) {
    this.#journal = journal?.status.kind === 'file' ? journal : undefined;
    this.id = info.id;
    this.info = info;
    this.facets = new FacetBook(info.id);
    this.log = new Log(limits);
    this.unsaved = new UnsavedBoard(info.id);
    this.#sha1 = sha1;
    this.#limits = limits;
  }

  /** Absent until the first tree was read. */
  get authority(): Authority | undefined {
    return this.#authority;
  }

  /** Begins a new line of revisions: the first tree, or one that cannot be joined to the last. */
  load(tree: Tree, epoch: Epoch): void {
    const start = { set: this.id, epoch, tree, sha1: this.#sha1, limits: this.#limits };
    const authority = new Authority(start);
    this.#take(authority);
    this.#journal?.begin({ set: this.id, epoch, revision: 0, lineage: authority.lineage });
    this.#cover(authority);
  }

  /** Goes on with a line that was kept. The tree is that of its last revision. */
  resume(tree: Tree, kept: KeptSet): void {
    const { epoch } = kept;
    const start = { set: this.id, epoch, tree, sha1: this.#sha1, limits: this.#limits };
    this.#take(new Authority({ ...start, resume: kept }));
    for (const entry of kept.entries) this.log.pushText(entry);
  }

  #take(authority: Authority): void {
    this.#authority = authority;
    this.#snapshot = undefined;
    this.#untold = undefined;
    this.#untold = undefined;
    this.#isPacking = false;
    this.#uncovered = 0;
    this.#bareFrom = undefined;
    this.facets.restart();
  }

  /**
   * Kept before anybody hears of it.
   * @returns whether there is a new revision
   * @throws PatchError when the change does not fit the tree
   */
  commit(change: Change, stated: Stated = {}): boolean {
    const isNew = this.#authority?.commit(change) === true;
    if (isNew) this.facets.change(change.ops, change.touched);
    if (isNew || stated.frame !== undefined) this.#keep(isNew ? change : undefined, stated);
    this.#note(change);
    return isNew;
  }

  /** The tree is another one, in the same line of revisions. */
  replace(tree: Tree, change: Omit<Change, 'ops'>, stated: Stated = {}): void {
    this.#authority?.replace(tree);
    this.facets.changeAll();
    this.#keep(change, stated);
    if (this.#authority !== undefined) this.#cover(this.#authority);
    this.#note(change);
  }

  /** The journal has no way to this tree: a checkpoint is ordered. */
  #cover({ skeleton }: Authority): void {
    if (this.#journal === undefined) return;
    this.#wantsSnapshot = true;
    this.#bareFrom = skeleton;
  }

  /** What was kept of its line is of no use without a checkpoint, which is not there yet. */
  get lacksCheckpoint(): boolean {
    return this.#bareFrom !== undefined;
  }

  /** What the source says of the change of the file that it reported last; of each change once. */
  tell(telling: Telling): void {
    const untold = this.#untold;
    this.#untold = undefined;
    if (untold !== undefined) this.#log(untold, telling);
  }

  /** Changes of Live bring their words along, those of the file are told afterwards. */
  #note({ time, origin, telling }: Omit<Change, 'ops'>): void {
    const revision = this.#authority?.revision;
    if (revision === undefined) return;
    if (telling !== undefined) this.#log({ revision, time, origin }, telling);
    else if (origin === 'file') this.#untold = { revision, time, origin };
  }

  #log(about: Pick<Entry, 'revision' | 'time' | 'origin'>, telling: Telling): void {
    const text = this.log.push({ type: 'entry', set: this.id, ...about, ...telling });
    const { epoch } = this.#authority ?? NO_LINE;
    this.#journal?.tell({ set: this.id, epoch, revision: about.revision, text });
  }

  #keep(change: Kept | undefined, stated: Stated): void {
    if (this.#journal === undefined) return;
    // A frame that comes before there is a tree is kept, too: the tree will stand for it.
    const { epoch, revision, skeleton, lineage } = this.#authority ?? NO_LINE;
    const at = { set: this.id, epoch, revision, skeleton, lineage };
    this.#journal.commit([{ ...at, ...(change && { change: kept(change) }), ...stated }]);
    this.#uncovered += change?.ops?.length ?? 0;
    if (this.#uncovered > CHECKPOINT_AFTER) this.#wantsSnapshot = true;
  }

  putFacet(key: FacetKey, content: FacetContent | undefined): void {
    if (this.#authority !== undefined) this.facets.put(key, content, this.#authority.revision);
  }

  /** Takes the skeleton the source packed: the one at the newest skeleton revision it has reported. */
  putSnapshot({ chunks, nodes, at }: PackedSkeleton): void {
    const authority = this.#authority;
    if (authority === undefined || !(this.#isPacking || this.lacksCheckpoint)) return;
    this.#isPacking = false;
    const { set, epoch } = authority;
    const { revision, lineage } = at ?? { revision: authority.skeleton, lineage: authority.lineage };
    // Packed in another line of revisions: it has to be packed again.
    if (at !== undefined && at.epoch !== epoch) return;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    const frames = { encoding: 'deflate-raw', chunks: chunks.length, bytes, nodes } as const;
    this.#snapshot = { header: { type: 'snapshot', set, epoch, revision, lineage, ...frames }, chunks };
    this.#journal?.checkpoint({ set, epoch, revision, lineage, chunks });
    this.#uncovered = 0;
    if (revision >= (this.#bareFrom ?? 0)) this.#bareFrom = undefined;
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
      .takeTurns()
      .map(({ key, isWatched }) => ({ do: 'watch_facet', set, ...key, isWatched }));
    for (const { node, facet } of this.facets.takeQuestions())
      questions.push({ do: 'read_facet', set, node, facet });
    if (this.#wantsSnapshot && !this.#isPacking) {
      this.#isPacking = true;
      questions.push({ do: 'make_snapshot', set });
    }
    this.#wantsSnapshot = false;
    return questions;
  }
}

const NO_LINE = { epoch: '', revision: 0, skeleton: 0, lineage: '' } as const;

/** Of a change: without ops the tree came whole. */
type Kept = Omit<Change, 'ops'> & { readonly ops?: Change['ops'] };

const kept = ({ time, origin, ops, touched }: Kept): NonNullable<Committed['change']> => ({
  time,
  origin,
  touched,
  ...(ops && { ops }),
});
