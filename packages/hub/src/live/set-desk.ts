/**
 * One Set and its two sources. Live, while it is connected, is what the Set shows; the file goes on being read
 * and is kept beside it, and comes back when Live says goodbye.
 */
import type { NodeOf } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { FacetKey, SetId, SetInfo, Telling, Unsaved } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { SourceEffect } from '../effect.ts';
import type { EphemeralValue } from '../ephemeral.ts';
import type { FacetContent } from '../facet-content.ts';
import type { KeptSet } from '../journal.ts';
import { isSameTree } from '../same-tree.ts';
import type { PackedSkeleton, Stated } from '../set-room.ts';

/** Where a Set is served from: the switchboard, behind its shell. */
export interface SetSink {
  describe(info: SetInfo): void;
  load(info: SetInfo, tree: Tree): void;
  /** Goes on with the line of revisions that was kept; the tree is that of its end. */
  resume(info: SetInfo, tree: Tree, kept: KeptSet): void;
  /** @throws PatchError when the change does not fit */
  change(info: SetInfo, change: Change, stated?: Stated): void;
  replace(info: SetInfo, tree: Tree, change: Omit<Change, 'ops'>, stated?: Stated): void;
  tell(set: SetId, telling: Telling): void;
  /** The run of Live has ended: what was kept of its frames is of no use. */
  endRun(set: SetId): void;
  putFacet(set: SetId, key: FacetKey, items: FacetContent | undefined): void;
  putSnapshot(set: SetId, packed: PackedSkeleton): void;
  putEphemeral(set: SetId, values: readonly EphemeralValue[]): void;
  endEphemeral(set: SetId): void;
  /** What differs from the saved file, as a whole. */
  putUnsaved(set: SetId, unsaved: Unsaved): void;
  /** The tree that is served. */
  rootOf(set: SetId): NodeOf<'set'> | undefined;
  /** Packs the tree that is served; `putSnapshot` follows. */
  packTree(set: SetId): void;
  /** Hands a question to the reader of the file. */
  askFile(question: SourceEffect): void;
}

/** What Live shows of itself through a desk. */
export interface LiveSide {
  readonly status: SetInfo['live'];
  /** Questions about the tree while Live leads. */
  ask(question: Exclude<SourceEffect, { readonly do: 'make_snapshot' }>): void;
  /** The file is shown from now on, or Live is. */
  fileLeads(): void;
}

/** What was kept of Sets when the last hub ended. */
export interface SetPast {
  kept(set: SetId): KeptSet | undefined;
  /** Takes up the run of Live that was shown. @returns whether all of it was kept */
  restoreLive(desk: SetDesk, kept: KeptSet): boolean;
}

export class SetDesk {
  readonly id: SetId;
  readonly #sink: SetSink;
  readonly #past: SetPast;
  #file: Omit<SetInfo, 'live'>;
  /** The file's tree; while the file leads it is the one that is served. */
  #fileTree: Tree | undefined;
  #leads: 'none' | 'file' | 'live' = 'none';
  #live: LiveSide | undefined;
  #told = '';
  /** What is kept together with the next change of Live. */
  #stated: Stated = {};

  /** @param file what is told of the file, or of a Set without one */
  constructor(file: Omit<SetInfo, 'live'>, sink: SetSink, past: SetPast) {
    this.#past = past;
    this.id = file.id;
    this.#file = file;
    this.#sink = sink;
  }

  get info(): SetInfo {
    const live = this.#live?.status ?? { state: 'none' };
    return { ...this.#file, live: this.#leads === 'live' ? { ...live, leads: true } : live };
  }

  get leads(): 'none' | 'file' | 'live' {
    return this.#leads;
  }

  /** Path of the file; absent while there is none. */
  get path(): string | undefined {
    return this.#file.path;
  }

  get root(): NodeOf<'set'> | undefined {
    return this.#sink.rootOf(this.id);
  }

  set live(side: LiveSide | undefined) {
    this.#live = side;
  }

  /** Tells how things stand, unless nothing is new. */
  tell(): void {
    const { info } = this;
    const text = JSON.stringify(info);
    if (text === this.#told) return;
    this.#told = text;
    this.#sink.describe(info);
  }

  // ── The file ────────────────────────────────────────────────────────────────────────────────────────

  describeFile({ live: _, ...file }: SetInfo): void {
    this.#file = file;
    this.tell();
  }

  loadFile({ live: _, ...file }: SetInfo, tree: Tree): void {
    this.#file = file;
    this.#fileTree = tree;
    if (this.#leads === 'none') this.#goOn(tree);
    if (this.#leads === 'live') this.tell();
    else if (this.#leads === 'none' || this.root !== tree.root) this.#showFile();
  }

  /** The first tree of this hub: the last hub may have left a line of revisions that can be gone on with. */
  #goOn(tree: Tree): void {
    const kept = this.#past.kept(this.id);
    if (kept === undefined) return;
    if (this.#past.restoreLive(this, kept)) this.#resumeLive(kept);
    else if (isSameTree(kept.root, tree.root)) {
      this.#leads = 'file';
      this.#sink.resume(this.#telling(), tree, kept);
    }
  }

  /**
   * Live has come before the file was read: what the last hub showed of this Set is gone on with, whoever led
   * then, and what differs will be one change.
   */
  goOnForLive(): void {
    const kept = this.#leads === 'none' ? this.#past.kept(this.id) : undefined;
    if (kept === undefined) return;
    this.#past.restoreLive(this, kept);
    this.#resumeLive(kept);
  }

  #resumeLive(kept: KeptSet): void {
    this.#leads = 'live';
    this.#sink.resume(this.#telling(), new Tree(kept.root), kept);
  }

  /** @throws PatchError when the change does not fit */
  changeFile({ live: _, ...file }: SetInfo, change: Change): void {
    this.#file = file;
    if (this.#leads !== 'live') {
      this.#sink.change(this.#telling(), change);
      return;
    }
    this.#fileTree?.apply(change.ops);
    this.#noteSave(change);
  }

  replaceFile({ live: _, ...file }: SetInfo, tree: Tree, change: Omit<Change, 'ops'>): void {
    this.#file = file;
    this.#fileTree = tree;
    if (this.#leads === 'live') this.#noteSave(change);
    else this.#sink.replace(this.#telling(), tree, change);
  }

  /** While Live leads the nodes of a save are the file's, and not in the tree. */
  tellFile(telling: Telling): void {
    this.#sink.tell(this.id, this.#leads === 'live' ? { ...telling, nodes: [] } : telling);
  }

  putFileFacet(key: FacetKey, items: FacetContent | undefined): void {
    // An answer to a question from before Live came: that node is not in the tree.
    this.#sink.putFacet(this.id, key, this.#leads === 'live' ? undefined : items);
  }

  putFileSnapshot(packed: PackedSkeleton): void {
    if (this.#leads === 'live') this.#sink.packTree(this.id);
    else this.#sink.putSnapshot(this.id, packed);
  }

  // ── Live ────────────────────────────────────────────────────────────────────────────────────────────

  /** A frame came, or ids were given: kept together with the change it brings, or by {@link settle}. */
  state(stated: Stated): void {
    this.#stated = { ...this.#stated, ...stated };
  }

  /** Keeps a frame that has changed nothing. */
  settle(time: number): void {
    if (this.#stated.frame === undefined) return;
    this.#sink.change(this.#telling(), { ops: [], touched: [], origin: 'live', time }, this.#takeStated());
  }

  endRun(): void {
    this.#sink.endRun(this.id);
  }

  #takeStated(): Stated {
    const stated = this.#stated;
    this.#stated = {};
    return stated;
  }

  /** Shows Live's tree in place of what is shown. */
  showLive(root: NodeOf<'set'>, time: number): void {
    const hasTree = this.root !== undefined;
    this.#leads = 'live';
    const tree = new Tree(root);
    if (hasTree)
      this.#sink.replace(this.#telling(), tree, { touched: [], origin: 'live', time }, this.#takeStated());
    else this.#sink.load(this.#telling(), tree);
  }

  /** @returns whether it fitted; else the tree has to be shown anew */
  changeLive(change: Change): boolean {
    try {
      this.#sink.change(this.#telling(), change, this.#takeStated());
      return true;
    } catch {
      return false;
    }
  }

  putEphemeral(values: readonly EphemeralValue[]): void {
    this.#sink.putEphemeral(this.id, values);
  }

  endEphemeral(): void {
    this.#sink.endEphemeral(this.id);
  }

  putLiveFacet(key: FacetKey, items: FacetContent | undefined): void {
    this.#sink.putFacet(this.id, key, items);
  }

  /** Live said goodbye: the file is what the Set is. @returns `false`: there is none, the last tree stays */
  backToFile(time: number): boolean {
    if (this.#leads !== 'live') return true;
    const tree = this.#fileTree;
    if (tree === undefined) return false;
    this.#leads = 'file';
    this.#live?.fileLeads();
    this.#sink.replace(this.#telling(), tree, { touched: [], origin: 'file', time });
    return true;
  }

  /** Questions of the hub go to the source that leads. */
  ask(question: SourceEffect): void {
    if (this.#leads !== 'live' || this.#live === undefined) {
      if (question.do !== 'watch_facet') this.#sink.askFile(question);
    } else if (question.do === 'make_snapshot') this.#sink.packTree(this.id);
    else this.#live.ask(question);
  }

  #showFile(): void {
    const tree = this.#fileTree;
    if (tree === undefined) return;
    this.#leads = 'file';
    this.#live?.fileLeads();
    this.#sink.load(this.#telling(), tree);
  }

  /** A save is told while Live leads, too. */
  #noteSave({ origin, time }: Omit<Change, 'ops'>): void {
    this.#sink.change(this.#telling(), { ops: [], touched: [], origin, time });
  }

  #telling(): SetInfo {
    const { info } = this;
    this.#told = JSON.stringify(info);
    return info;
  }
}

/** Whether ops are more than one patch should hold: then all get the whole tree. */
export const isTooMuch = (ops: Change['ops']): boolean =>
  ops.length > FEW_OPS && JSON.stringify(ops).length > SYNC_LIMITS.filePatchBytes;
const FEW_OPS = 100;
