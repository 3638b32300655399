/**
 * Live and the saved file of one Set, compared: which moment a save is of, what changed since, what Live missed to
 * tell, and what was not saved when Live ended. Works in slices, a little at each tick.
 */
import type { NodeId, NodeOf, Op } from '@livetree/live-set';
import type { LostChanges, ScriptStats, Unsaved, UnsavedBadge, UnsavedState } from '@livetree/protocol';
import type { Verdict } from '../reconcile/index.ts';
import { countOf } from '../text.ts';
import { Back, plausibleTime } from './back.ts';
import { CompareWatch } from './compare-watch.ts';
import { Doubts } from './doubts.ts';
import type { KeptDetails, SaveEnv } from './env.ts';
import { Findings } from './findings.ts';
import { type KeptSave, keptSave, recallSave } from './kept-save.ts';
import { ListWatch } from './list-watch.ts';
import { actsOf, type LostBook } from './lost-book.ts';
import { LostWatch } from './lost-watch.ts';
import { Unread } from './unread.ts';
import type { ListSource } from './unsaved-list.ts';
import { shownOf } from './unsaved-list.ts';

/** ms of work in one tick, beside the step in which they end. */
const SLICE_MS = 5;

export class SaveWatch {
  readonly #env: SaveEnv;
  readonly #back = new Back();
  readonly #losing: LostWatch;
  readonly lost: LostBook;
  #run = '';
  /** The Live that was there last, in the life of this hub: pids come again. */
  #last: LiveProcess | undefined;
  /** Live is connected and its whole tree is known. */
  #isLive = false;
  #state: UnsavedState = 'none';
  /** The tree as it was when Live had been read, until a file is compared. */
  #first: NodeOf<'set'> | undefined;
  /** Details that Live told of after this moment are not in the file: nothing in the tree tells which save holds them. */
  #from = 0;
  readonly #list = new ListWatch();
  readonly #findings = new Findings();
  #isUntold = false;
  readonly #doubts = new Doubts();
  readonly #compare: CompareWatch;
  readonly #unread = new Unread();
  #keptDetails: KeptDetails | undefined;
  /** When the file that is being compared was saved: its own time, if that can be. */
  #savedAt = 0;

  /** @param kept what an earlier hub has kept, JSON */
  constructor(env: SaveEnv, kept: string | undefined) {
    this.#env = env;
    this.#losing = new LostWatch(env);
    this.lost = this.#losing.book;
    this.#compare = this.#comparer();
    const before = recallSave(kept);
    if (before !== undefined) this.#recall(before);
  }

  #comparer(): CompareWatch {
    return new CompareWatch({
      env: this.#env,
      back: this.#back,
      first: () => this.#first,
      doubts: this.#doubts,
      findings: this.#findings,
      enter: (state) => this.#enter(state),
      decide: (text, time) => this.#decide(text, time),
      accepting: (verdict, now) => this.#accepting(verdict, now),
      found: () => {
        this.#list.renew();
        this.#keep();
      },
    });
  }

  /** For the Set's line; absent before anything could be compared. */
  get badge(): UnsavedBadge | undefined {
    const isKnown = this.#state === 'compared' || this.#state === 'foreign';
    const [lost, unfollowed] = [this.lost.count(undefined), this.lost.count('realtime_off')];
    if (!isKnown && lost + unfollowed === 0) return undefined;
    const changes = isKnown ? this.#list.now.lines.length : 0;
    return { changes, lost, ...(unfollowed > 0 && { unfollowed }) };
  }

  /** Something is listed, or not yet looked at. */
  get hasChanges(): boolean {
    this.#finishList();
    return this.#list.now.lines.length > 0;
  }

  // ── Live ────────────────────────────────────────────────────────────────────────────────────────────

  /** Live has come with its whole tree, which is what is served now. */
  joined(live: LiveProcess, now: number): void {
    const { run } = live;
    const root = this.#env.root();
    this.#isLive = true;
    this.#compare.stop();
    const isBack = this.lost.thaw(run);
    if (this.#run !== run && !isBack) this.#takeNewRun(run, now);
    this.#first = this.#env.file.own === undefined ? root : undefined;
    const back = root && this.#losing.cameBack(root);
    if (this.#last?.pid === live.pid) this.#giveUp(this.#last.run, now);
    else if (back !== undefined) this.#decide(back, now);
    this.#last = live;
    this.#compareFirst(now);
  }

  /** The Live that closed the Set has it again: what it does not have any more was given up on purpose. */
  #giveUp(run: string, now: number): void {
    const given = this.lost.giveUp(run);
    if (given === 0) return;
    const text = `Reverted to the file: ${countOf(given, 'change')} given up`;
    this.#decide(`${text}.`, now);
    this.#env.log(text, now);
  }

  #takeNewRun(run: string, now: number): void {
    this.#run = run;
    this.#back.saved(this.#back.revision, now + 120_000);
    this.#from = now;
  }

  /** Live is known whole, and no save of it: what differs is since the save, whoever told of it. */
  #compareFirst(now: number): void {
    const { file } = this.#env;
    if (file.own !== undefined) this.#enter('compared');
    else if (file.root === undefined) this.#enter('none');
    else {
      this.#enter('waiting');
      this.#compare.compare(false);
      this.#work(now);
    }
    this.#list.renew();
  }

  /** The connection to the same run is there again. */
  resumed(run: string): void {
    this.#isLive = true;
    this.#run = run;
    if (this.lost.thaw(run)) this.#keep();
    this.#compare.askAgain();
    if (this.#state === 'none') this.#enter(this.#env.file.own === undefined ? 'none' : 'compared');
    this.#list.renew();
  }

  /** Live's statements changed what is served. */
  changed(ops: readonly Op[], now: number): void {
    if (ops.length > 0) this.#back.push(ops, now);
    this.#list.renew();
  }

  /** Live was asked for notes of clips, and has told them. */
  read(clips: readonly NodeId[], now: number): void {
    if (clips.length === 0) return;
    this.#list.renew();
    const back = this.#losing.read(clips);
    if (back === undefined) return;
    this.#decide(back, now);
    this.#keep();
  }

  /** Details of nodes changed. */
  touched(ids: readonly NodeId[], now: number): void {
    if (ids.length === 0) return;
    this.#back.touch(ids, now);
    this.#list.renew();
  }

  /** The whole tree came anew. */
  cut(): void {
    this.#back.cut();
    this.#list.renew();
  }

  /** Live corrected what it had stated before: events were missed. @param found node and what of it, in our words */
  corrected(found: readonly (readonly [node: NodeId | undefined, property: string])[]): void {
    for (const [node, property] of found)
      if (node === undefined || !this.#compare.isAsking(node)) this.#findings.count('mismatches', property);
    if (found.length > 0) this.#isUntold = true;
  }

  /** The sweep found these: nobody was to tell of them. */
  swept(nodes: readonly NodeId[]): void {
    this.#compare.swept(nodes);
  }

  /** Figures of the script have come. */
  beat(stats: ScriptStats): void {
    if (this.#unread.take(stats)) this.#isUntold = true;
  }

  /** Barriers that Live has answered; the frame that brought the answer is in. */
  answered(ids: readonly (string | number)[], now: number): void {
    this.#compare.answered(ids, now);
    this.#work(now);
  }

  /** Live is gone; the same run may come back. */
  ended(now: number): void {
    this.#finishList();
    this.#freeze(now);
    this.#isLive = false;
    if (this.#unread.take({})) this.#isUntold = true;
    this.#list.giveUp();
    this.#compare.stop();
  }

  /** The file is shown again: there is nothing to compare. @returns what people are told of changes that are set aside */
  closed(now: number): string | undefined {
    this.ended(now);
    const aside = this.#losing.aside(this.#list.now.lines.length);
    this.#list.clear();
    this.#run = '';
    this.#first = undefined;
    this.#enter('none');
    this.#keep();
    return aside;
  }

  #freeze(now: number): void {
    if (this.#run === '' || this.#list.now.lines.length === 0) return;
    this.#losing.freeze(this.#run, this.#list.now.lines, this.#from, now);
    this.#keep();
  }

  // ── The file ────────────────────────────────────────────────────────────────────────────────────────

  /**
   * A file was read while Live leads: it is compared when Live has told all that it knew by then.
   * @param sawSave Live was followed while it was written
   */
  saved(now: number, sawSave: boolean): void {
    if (!this.#isLive) return;
    this.#savedAt = plausibleTime(this.#env.savedAt() ?? now, now, sawSave);
    if (this.#env.file.own === undefined) this.#enter('waiting');
    this.#compare.wait(now, sawSave);
  }

  /** A file was read while no Live is there. @param shown under the ids that are served */
  readAlone(shown: NodeOf<'set'>, now: number): void {
    const saved = this.lost.savedAfterAll(shown);
    if (saved > 0) {
      this.#decide(`${countOf(saved, 'change')} turned out to be in the file after all.`, now);
      this.#keep();
    }
  }

  /** The file is a save of what Live has open. In slices. */
  *#accepting(verdict: Verdict, now: number): Generator<void> {
    this.#first = undefined;
    this.#list.startOver();
    // The last save that lies there again (after a foreign file, for a later hub) is of the moment it always was of.
    const isNew = !this.#env.file.saves.isLast(this.#env.file.mark);
    yield* this.#env.accepting(verdict.pairing);
    if (isNew) {
      this.#back.saved(verdict.base.revision, now);
      this.#from = this.#savedAt;
    }
    this.#doubts.ask(verdict.discrepancies);
    this.#enter('compared');
    this.#keep();
  }

  // ── The list ────────────────────────────────────────────────────────────────────────────────────────

  /** Time passes: some work is done, and what is new is told. */
  tick(now: number): void {
    this.#compare.remind(now);
    this.#work(now);
    this.tell();
  }

  tell(): void {
    if (!this.#isUntold || this.#list.isOfOldSave) return;
    this.#isUntold = false;
    this.#env.put(this.unsaved);
  }

  get unsaved(): Unsaved {
    const savedAt = this.#env.file.own?.savedAt;
    return {
      state: this.#state,
      ...(savedAt !== undefined && { savedAt }),
      changes: shownOf(this.#list.now.lines),
      total: this.#list.now.lines.length,
      performance: this.#list.now.performance,
      ...this.#unread.toldWith(this.#list.now.unknown),
      ...this.#findings.all,
      lost: this.lost.all,
    };
  }

  /** What an earlier hub was told of details by this run. */
  keptDetailsOf(run: string): KeptDetails {
    return (this.#run === run ? this.#keptDetails : undefined) ?? { moved: [], noted: [] };
  }

  dismiss(lost: LostChanges['id']): boolean {
    const isKnown = this.lost.dismiss(lost);
    if (isKnown) this.#keep();
    return isKnown;
  }

  /** A save is being compared, or the list is being made: the next tick should come soon. */
  get isWorking(): boolean {
    return this.#compare.isWorking || this.#list.isMaking || (this.#isLive && this.#list.isOfOldSave);
  }

  #work(now: number): void {
    const end = this.#env.clock() + SLICE_MS;
    while (this.#env.clock() < end) if (!this.#step(now)) return;
  }

  /** @returns whether there is more that may be done in the same tick */
  #step(now: number): boolean {
    if (this.#compare.isWorking) return this.#compare.step(now);
    const outcome = this.#list.step(() => (this.#isLive ? this.#source() : undefined));
    this.#noteList(outcome);
    return outcome !== 'nothing';
  }

  #noteList(outcome: 'nothing' | 'going_on' | 'same' | 'new'): void {
    if (outcome === 'same') this.#isUntold = true;
    else if (outcome === 'new') this.#keep();
  }

  #source(): ListSource | undefined {
    const [live, file] = [this.#env.root(), this.#env.file.own?.shown];
    if (live === undefined || file === undefined) return undefined;
    const timeOf = (nodes: readonly NodeId[]): number | undefined => this.#back.timeOf(nodes);
    return { live, file, leave: this.#doubts.leave, timeOf, details: this.#env.details(this.#from) };
  }

  /** Live has ended: the list as it is at the end. */
  #finishList(): void {
    if (this.#isLive && this.#list.isUnfinished) this.#noteList(this.#list.finish(this.#source()));
  }

  #enter(state: UnsavedState): void {
    if (state !== this.#state) this.#isUntold = true;
    this.#state = state;
  }

  #decide(text: string, time: number): void {
    this.#findings.decide(text, time);
    this.#isUntold = true;
  }

  // ── What outlives the hub ───────────────────────────────────────────────────────────────────────────

  #keep(): void {
    this.#isUntold = true;
    this.#env.keep(
      keptSave({
        run: this.#run,
        lost: this.lost.kept,
        ...this.#findings.all,
        aside: this.#doubts.kept,
        open: actsOf(this.#list.now.lines, () => []),
        ...(this.#env.file.own?.savedAt !== undefined && { savedAt: this.#env.file.own.savedAt }),
        saves: this.#env.file.saves.kept,
        details: this.#env.keptDetails(this.#from) ?? { moved: [], noted: [] },
      }),
    );
  }

  /** A hub that was started again: what was not saved counts as lost until that run of Live is there again. */
  #recall(kept: KeptSave): void {
    this.#run = kept.run;
    this.#keptDetails = kept.details;
    this.lost.recall(kept.lost);
    this.#findings.recall(kept);
    this.#doubts.recall(kept.aside);
    this.#env.file.saves.recall(kept.saves ?? []);
    const isKnown = kept.lost.some(({ run }) => run === kept.run);
    const newest = kept.open.reduce((time, { act }) => Math.max(time, act.time ?? 0), 0);
    if (!isKnown && kept.run !== '') {
      const ending = { ...this.#losing.ending(newest), savedAt: kept.savedAt };
      this.lost.freeze(kept.run, kept.open, ending);
    }
    this.#list.recall(kept.open);
    this.#isUntold = true;
  }
}

/** One run of a script, in one Live. */
export interface LiveProcess {
  readonly run: string;
  readonly pid: number;
}
