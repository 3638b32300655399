/**
 * One Set and its two sources. Live, while it is connected, is what the Set shows, with what the file alone knows;
 * when Live says goodbye the file is shown. A thing keeps its id whichever of them leads.
 */
import type { NodeOf, Touched } from '@livetree/live-set';
import { Tree, treeOps } from '@livetree/live-set';
import type { FacetKey, SetId, SetInfo, Telling } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { SourceEffect } from '../effect.ts';
import type { FacetContent } from '../facet-content.ts';
import { FileSide } from '../joined/file-side.ts';
import { IdBook, KEPT_IDS } from '../joined/kept-ids.ts';
import { SaveWatch } from '../joined/save-watch.ts';
import type { KeptSet } from '../journal.ts';
import type { Pairing } from '../reconcile/index.ts';
import { overlaid, overlayOps } from '../reconcile/index.ts';
import type { SaveMark } from '../set-source.ts';
import { changing } from './changing.ts';
import { FileDetails } from './file-details.ts';
import type { LiveJoin } from './live-join.ts';
import { SAVE, saveEnv } from './save-env.ts';
import { SetLine } from './set-line.ts';
import type { LiveSide, SetPast, SetSink } from './set-sides.ts';

export class SetDesk {
  readonly id: SetId;
  readonly #sink: SetSink;
  /** What is served. */
  readonly line: SetLine;
  readonly #past: SetPast;
  #info: Omit<SetInfo, 'live'>;
  readonly file = new FileSide();
  /** What is asked of the file beside its tree. */
  readonly details: FileDetails;
  /** Live and the saved file, compared. */
  readonly save: SaveWatch;
  /** The tree that is served is the very one that the file's changes are applied to. */
  #isShared = false;
  /** Live was followed while the file was written that is read now. */
  #sawSave = false;
  /** When Live told something last. */
  #now = 0;
  #leads: 'none' | 'file' | 'live' = 'none';
  #live: LiveSide | undefined;
  readonly #ids: IdBook;

  /** @param info what is told of the file, or of a Set without one */
  constructor(info: Omit<SetInfo, 'live'>, sink: SetSink, past: SetPast) {
    this.#past = past;
    this.id = info.id;
    this.#info = info;
    this.#sink = sink;
    this.line = new SetLine(this.id, sink, () => this.info);
    this.details = new FileDetails(this, sink);
    this.#ids = new IdBook(sink.keptThing(this.id, KEPT_IDS), this.file, (text) =>
      sink.keep(this.id, KEPT_IDS, text),
    );
    const env = saveEnv(this.id, sink, {
      file: this.file,
      live: () => this.#live,
      savedAt: () => this.#info.file.savedAt,
      accepting: (pairing) => this.#accepting(pairing),
      log: (text, time) => this.line.log(text, time),
    });
    this.save = new SaveWatch(env, sink.keptThing(this.id, SAVE));
  }

  /** Number of a new run of Live, never given before: ids of its nodes begin with it. */
  nextRun(): number {
    return this.#ids.nextRun();
  }

  get info(): SetInfo {
    const live = this.#live?.status ?? { state: 'none' };
    const { badge } = this.save;
    return {
      ...this.#info,
      live: this.#leads === 'live' ? { ...live, leads: true } : live,
      ...(badge && { unsaved: badge }),
    };
  }

  get leads(): 'none' | 'file' | 'live' {
    return this.#leads;
  }

  /** Path of the file; absent while there is none. */
  get path(): string | undefined {
    return this.#info.path;
  }

  get root(): NodeOf<'set'> | undefined {
    return this.line.root;
  }

  set live(side: LiveSide | undefined) {
    this.#live = side;
  }

  /** Tells how things stand, unless nothing is new. */
  tell(): void {
    this.line.tell();
  }

  // ── The file ────────────────────────────────────────────────────────────────────────────────────────

  describeFile({ live: _, ...info }: SetInfo): void {
    // Saved for the first time, or under another name, while Live was followed.
    if (this.#leads === 'live' && info.path !== this.#info.path) this.#sawSave = true;
    this.#info = info;
    this.tell();
  }

  loadFile({ live: _, ...info }: SetInfo, tree: Tree, mark: SaveMark): void {
    this.#info = info;
    this.file.mark = mark;
    this.file.load(tree);
    if (this.#leads === 'none') this.#goOn();
    else if (this.#leads === 'live') this.#noteSave([], info.file.savedAt ?? 0, this.#sawSave);
    else if (this.root !== tree.root) this.#showFile();
    this.save.tell();
    this.tell();
  }

  /** The first tree of this hub: the last hub may have left a line of revisions that can be gone on with. */
  #goOn(): void {
    const kept = this.#past.kept(this.id);
    if (kept !== undefined && this.#past.restoreLive(this, kept)) {
      this.#resumeLive(kept);
      this.#pair(kept.root);
      this.#showRest();
    } else this.#showFile(kept);
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

  /** The last hub may have ended before it had shown all that the file alone knows, or before the file was saved. */
  #showRest(): void {
    const before = this.root;
    if (before === undefined) return;
    const wanted = this.#joined(this.#live?.tree() ?? before);
    const ops = treeOps(before, wanted);
    const time = this.#info.file.savedAt ?? 0;
    const whole = () => new Tree(wanted);
    if (ops.length > 0) this.line.follow(ops, [], { touched: [], origin: 'file', time }, whole);
    this.#ids.keep();
  }

  #resumeLive(kept: KeptSet): void {
    this.#leads = 'live';
    this.line.resume(kept);
  }

  /** Shows the file, in the line of revisions that there is, if it is the same Set; else in a new one. */
  #showFile(kept?: KeptSet): void {
    const before = kept?.root ?? this.root;
    const isSame = before !== undefined && this.file.pair(before);
    if (!isSame) this.file.forget();
    const shown = this.file.settle(isSame ? before : undefined);
    const { tree } = this.file;
    if (shown === undefined || tree === undefined) return;
    this.#leads = 'file';
    this.#live?.fileLeads();
    if (isSame && kept !== undefined) this.#goOnTo(shown, kept);
    else {
      this.#isShared = this.file.isPlain;
      this.line.load(this.#isShared ? tree : new Tree(shown));
    }
    this.#ids.keep();
  }

  #goOnTo(shown: NodeOf<'set'>, kept: KeptSet): void {
    this.#isShared = false;
    this.line.resume(kept);
    const ops = treeOps(kept.root, shown);
    const time = this.#info.file.savedAt ?? 0;
    if (ops.length > 0) this.line.follow(ops, [], { touched: [], origin: 'file', time }, this.#shownTree);
  }

  /** @throws PatchError when the change does not fit */
  changeFile({ live: _, ...info }: SetInfo, change: Change, mark: SaveMark): void {
    this.#info = info;
    this.file.mark = mark;
    if (this.#leads === 'file' && this.#isShared) {
      this.line.change(change);
      return;
    }
    this.file.apply(change.ops);
    if (this.#leads === 'live') this.#noteSave(change.touched, change.time, true);
    else this.#changeShown(change);
  }

  #changeShown(change: Change): void {
    const before = this.root;
    const shown = this.file.settle(before);
    if (shown === undefined || before === undefined) return;
    this.save.readAlone(shown, change.time);
    const { touched, origin, time } = change;
    if (this.file.isPlain) this.line.change(change);
    else
      this.line.follow(
        treeOps(before, shown),
        this.file.servedTouched(touched),
        { touched: [], origin, time },
        this.#shownTree,
      );
    this.#ids.keep();
  }

  readonly #shownTree = (): Tree | undefined => this.file.shown && new Tree(this.file.shown);

  replaceFile({ live: _, ...info }: SetInfo, tree: Tree, change: Omit<Change, 'ops'>, mark: SaveMark): void {
    this.#info = info;
    this.file.mark = mark;
    this.file.load(tree);
    if (this.#leads === 'live') {
      this.#noteSave(change.touched, change.time, true);
      return;
    }
    const touched = this.file.servedTouched(change.touched);
    this.file.settle(this.root);
    this.#isShared = this.file.isPlain;
    const shown = this.#isShared ? tree : (this.#shownTree() ?? tree);
    this.line.replace(shown, { ...change, touched });
    this.#ids.keep();
  }

  tellFile(telling: Telling): void {
    const served = this.file.servedTelling(telling);
    const known = this.file.own?.pairing.fileOf;
    const nodes = this.#leads === 'live' ? served.nodes.filter((id) => known?.has(id)) : served.nodes;
    this.#sink.tell(this.id, { ...served, nodes });
  }

  // ── Live ────────────────────────────────────────────────────────────────────────────────────────────

  /** Live's tree with what the file alone knows. */
  #joined(root: NodeOf<'set'>): NodeOf<'set'> {
    return overlaid(root, this.file.under(root.props.creator));
  }

  #pair(served: NodeOf<'set'>): void {
    if (this.file.pair(served)) this.file.accept(this.#info.file.savedAt);
  }

  /** Shows Live's tree in place of what is shown. */
  showLive(root: NodeOf<'set'>, time: number): void {
    const hasTree = this.root !== undefined;
    const isNew = this.#leads !== 'live';
    this.#leads = 'live';
    this.#isShared = false;
    this.#pair(root);
    const joined = this.#joined(root);
    if (hasTree) this.#showWhole(joined, { touched: [], origin: 'live', time });
    else {
      this.line.load(new Tree(joined));
      this.save.cut();
    }
    if (isNew) this.#turnToLive();
  }

  /** Live has come, or come back: one change of what differs. @returns whether it fitted */
  joinLive({ beside, wanted, ops, opsJson }: LiveJoin, time: number): boolean {
    this.#leads = 'live';
    this.#isShared = false;
    this.file.join(beside, this.#info.file.savedAt);
    const how = { touched: [], origin: 'live', time } as const;
    const hasFitted = ops === undefined || this.#change({ ...how, ops, ...(opsJson && { opsJson }) });
    if (ops === undefined) this.#showWhole(wanted, how);
    this.#turnToLive();
    return hasFitted;
  }

  #showWhole(root: NodeOf<'set'>, change: Omit<Change, 'ops'>): void {
    this.line.replaceStated(new Tree(root), change);
    this.save.cut();
  }

  #turnToLive(): void {
    this.#ids.keep();
    this.#sink.turnFacets(this.id);
  }

  /** @returns whether it fitted; else the tree has to be shown anew */
  changeLive(change: Change): boolean {
    const under = this.file.under(this.root?.props.creator);
    return this.#change({ ...change, ops: overlayOps(change.ops, under) });
  }

  #change(change: Change): boolean {
    try {
      this.line.changeStated(change);
      this.save.changed(change.ops, change.time);
      return true;
    } catch {
      return false;
    }
  }

  putLiveFacet(key: FacetKey, items: FacetContent | undefined): void {
    this.#sink.putFacet(this.id, key, items);
  }

  /** Live said goodbye: the file is what the Set is. @returns `false`: there is none, the last tree stays */
  backToFile(time: number): boolean {
    if (this.#leads !== 'live') return true;
    const before = this.root;
    if (before === undefined || this.file.root === undefined) return false;
    const isSame = this.file.pair(before);
    const shown = this.file.settle(isSame ? before : undefined);
    this.#leads = 'file';
    this.#isShared = false;
    const aside = this.save.closed(time);
    this.#live?.fileLeads();
    const ops = treeOps(before, shown ?? before);
    this.line.follow(ops, [], { touched: [], origin: 'file', time }, this.#shownTree);
    if (aside !== undefined) this.line.log(aside, time);
    if (shown !== undefined) this.save.readAlone(shown, time);
    this.#sink.turnFacets(this.id);
    this.#ids.keep();
    this.save.tell();
    return true;
  }

  /** Whether there may be a save that was not read yet, so that what is listed as not saved may be. */
  get mayBeSaved(): boolean {
    return this.file.root !== undefined && this.save.hasChanges;
  }

  /** Has the file looked at. */
  look(): void {
    this.#sink.pokeFile(this.id);
  }

  /** @returns whether there were such changes that were not saved */
  dismiss(lost: string): boolean {
    const isKnown = this.save.dismiss(lost);
    this.save.tell();
    this.tell();
    return isKnown;
  }

  /** Time passes. */
  tick(now: number): void {
    this.#now = now;
    this.save.tick(now);
  }

  /** Questions of the hub go to the source that leads. */
  ask(question: SourceEffect): void {
    if (question.do === 'make_snapshot') {
      if (this.details.isAsItIs) this.#sink.askFile(question);
      else this.#sink.packTree(this.id);
    } else if (this.#leads === 'live' && this.#live !== undefined) this.#live.ask(question);
    else if (question.do === 'read_facet' && !this.details.ask(question))
      this.putLiveFacet(question, undefined);
  }

  /** A save while Live leads: told, and compared when Live has said all that it knew by then. */
  #noteSave(touched: readonly Touched[], time: number, sawSave: boolean): void {
    this.#sawSave = false;
    this.file.noteTouched(touched);
    this.line.change({ ops: [], touched: [], origin: 'file', time });
    if (this.#live?.isThere !== false) this.save.saved(this.#now, sawSave);
    // What was saved before Live went does not take away its tree; what is saved since does.
    else if (sawSave) this.backToFile(time);
  }

  /** The file is a save of what Live has open: what it alone knows is shown. */
  *#accepting(pairing: Pairing): Generator<void> {
    const { savedAt } = this.#info.file;
    yield* this.file.accepting(pairing, this.root?.props.creator, savedAt);
    const wanted = () => this.root && this.#joined(this.#live?.tree() ?? this.root);
    yield* changing(this.line, wanted, this.file.takeTouched(), savedAt ?? 0);
    this.#ids.keep();
  }
}
