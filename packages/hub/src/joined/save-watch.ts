/**
 * Live and the saved file of one Set, compared: which moment a save is of, what changed since, what Live missed to
 * tell, and what was not saved when Live ended. Works in slices, a little at each tick.
 */
import type { NodeId, NodeOf, Op } from '@livetree/live-set';
import type { LostChanges, Unsaved, UnsavedBadge, UnsavedState } from '@livetree/protocol';
import type { Discrepancy, Evidence, Verdict } from '../reconcile/index.ts';
import { comparingWithFile, sayJudged } from '../reconcile/index.ts';
import { countOf } from '../text.ts';
import { Back } from './back.ts';
import { type Asked, askedOf, Doubts } from './doubts.ts';
import type { SaveEnv } from './env.ts';
import { Findings } from './findings.ts';
import { type KeptSave, keptSave, recallSave } from './kept-save.ts';
import { ListWatch } from './list-watch.ts';
import { actsOf, LostBook } from './lost-book.ts';
import type { Phase } from './phase.ts';
import { redoIn } from './redo.ts';
import type { ListSource } from './unsaved-list.ts';
import { shownOf } from './unsaved-list.ts';

/** ms of work in one tick, beside the step in which they end. */
const SLICE_MS = 5;
/** ms without an answer of Live after which people are told that comparing waits. */
const BARRIER_MS = 5_000;
const WAITS = 'The file was saved; comparing waits until Live answers (a menu or dialog may be open).';
/** ms between the time of a file and its reading; one that is further off comes from another clock. */
const PLAUSIBLE_MS = 10_000;

export class SaveWatch {
  readonly #env: SaveEnv;
  readonly #back = new Back();
  readonly lost = new LostBook();
  #run = '';
  /** Live is connected and its whole tree is known. */
  #isLive = false;
  #state: UnsavedState = 'none';
  #phase: Phase = { is: 'idle' };
  #barriers = 0;
  /** Details that Live told of after this moment are not in the file: nothing in the tree tells which save holds them. */
  #from = 0;
  readonly #list = new ListWatch();
  readonly #findings = new Findings();
  #isUntold = false;
  readonly #doubts = new Doubts();
  #sweptMs: number | undefined;
  /** When the file that is being compared was saved: its own time, if that can be. */
  #savedAt = 0;

  /** @param kept what an earlier hub has kept, JSON */
  constructor(env: SaveEnv, kept: string | undefined) {
    this.#env = env;
    const before = recallSave(kept);
    if (before !== undefined) this.#recall(before);
  }

  get state(): UnsavedState {
    return this.#state;
  }

  /** For the Set's line; absent before anything could be compared. */
  get badge(): UnsavedBadge | undefined {
    const isKnown = this.#state === 'compared' || this.#state === 'foreign';
    if (!isKnown && this.lost.count === 0) return undefined;
    return { changes: isKnown ? this.#list.now.lines.length : 0, lost: this.lost.count };
  }

  /** Something is listed, or not yet looked at. */
  get hasChanges(): boolean {
    this.#finishList();
    return this.#list.now.lines.length > 0;
  }

  // ── Live ────────────────────────────────────────────────────────────────────────────────────────────

  /** Live has come with its whole tree, which is what is served now. */
  joined(run: string, now: number): void {
    const root = this.#env.root();
    this.#isLive = true;
    this.#phase = { is: 'idle' };
    const isBack = this.lost.thaw(run);
    if (this.#run !== run && !isBack) {
      this.#back.saved(this.#back.revision, now + 120_000);
      [this.#run, this.#from] = [run, now];
    }
    const back = root === undefined ? 0 : this.lost.cameBack(root);
    if (back > 0)
      this.#decide(`Live has come back with ${countOf(back, 'change')} that had not been saved.`, now);
    this.#compareFirst(now);
  }

  /** Live is known whole, and no save of it: what differs is since the save, whoever told of it. */
  #compareFirst(now: number): void {
    const { file } = this.#env;
    if (file.own !== undefined) this.#enter('compared');
    else if (file.root === undefined) this.#enter('none');
    else {
      this.#enter('waiting');
      this.#compare(now, false);
    }
    this.#list.renew();
  }

  /** The connection to the same run is there again. */
  resumed(run: string): void {
    this.#isLive = true;
    this.#run = run;
    if (this.lost.thaw(run)) this.#keep();
    if (this.#phase.is === 'barrier') this.#env.askLive(this.#phase.id, []);
    else if (this.#phase.is === 'asking')
      this.#env.askLive(this.#phase.id, askedOf(this.#phase.discrepancies));
    if (this.#state === 'none') this.#enter(this.#env.file.own === undefined ? 'none' : 'compared');
    this.#list.renew();
  }

  /** Live's statements changed what is served. */
  changed(ops: readonly Op[], now: number): void {
    if (ops.length > 0) this.#back.push(ops, now);
    this.#list.renew();
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
    const asked =
      this.#phase.is === 'asking' ? new Set(this.#phase.discrepancies.map(({ ask }) => ask)) : undefined;
    for (const [node, property] of found)
      if (node === undefined || asked?.has(node) !== true) this.#findings.count('mismatches', property);
    if (found.length > 0) this.#isUntold = true;
  }

  /** The sweep found these: nobody was to tell of them. */
  swept(nodes: readonly NodeId[]): void {
    if (this.#phase.is === 'asking') for (const node of nodes) this.#phase.seen.add(node);
  }

  /** Age of the oldest value that only the sweep reads, ms. */
  set sweptMs(age: number | undefined) {
    this.#sweptMs = age;
  }

  /** Barriers that Live has answered; the frame that brought the answer is in. */
  answered(ids: readonly (string | number)[], now: number): void {
    const phase = this.#phase;
    if (phase.is === 'barrier' && ids.includes(phase.id)) this.#compare(now, phase.sawSave);
    else if (phase.is === 'asking' && ids.includes(phase.id)) this.#judge(phase, now);
  }

  /** Live is gone; the same run may come back. */
  ended(now: number): void {
    this.#finishList();
    this.#freeze(now);
    this.#isLive = false;
    this.#list.giveUp();
    this.#phase = { is: 'idle' };
  }

  /** The file is shown again: there is nothing to compare. @returns how many changes were set aside */
  closed(now: number): number {
    this.ended(now);
    const { length } = this.#list.now.lines;
    this.#list.clear();
    this.#run = '';
    this.#enter('none');
    this.#keep();
    return length;
  }

  #freeze(now: number): void {
    const root = this.#env.root();
    if (root === undefined || this.#run === '' || this.#list.now.lines.length === 0) return;
    const redo = redoIn(root, this.#env.details(this.#from));
    this.lost.freeze(this.#run, actsOf(this.#list.now.lines, redo), now, this.#env.file.own?.savedAt);
    this.#keep();
  }

  // ── The file ────────────────────────────────────────────────────────────────────────────────────────

  /**
   * A file was read while Live leads: it is compared when Live has told all that it knew by then.
   * @param sawSave Live was followed while it was written
   */
  saved(now: number, sawSave: boolean): void {
    if (!this.#isLive) return;
    this.#barriers += 1;
    const id = `save ${this.#barriers}`;
    this.#phase = { is: 'barrier', id, since: now, isSaid: false, sawSave };
    const savedAt = this.#env.savedAt() ?? now;
    this.#savedAt = Math.abs(now - savedAt) < PLAUSIBLE_MS ? savedAt : now;
    if (this.#env.file.own === undefined) this.#enter('waiting');
    this.#env.askLive(id, []);
  }

  /** A file was read while no Live is there. @param shown under the ids that are served */
  readAlone(shown: NodeOf<'set'>, now: number): void {
    const saved = this.lost.savedAfterAll(shown);
    if (saved > 0) {
      this.#decide(`${countOf(saved, 'change')} turned out to be in the file after all.`, now);
      this.#keep();
    }
  }

  #compare(now: number, sawSave: boolean): void {
    const { file } = this.#env;
    const [root, saved] = [this.#env.root(), file.root];
    this.#phase = { is: 'idle' };
    if (root === undefined || saved === undefined) return;
    const work = this.#taking({
      now: root,
      revision: this.#back.revision,
      back: this.#back.steps(),
      file: saved,
      known: file.own?.pairing ?? file.pairing,
      sawSave,
      leave: this.#doubts.leave,
    });
    this.#phase = { is: 'comparing', work, revision: this.#back.revision };
    this.#work(now);
  }

  /** A save is compared; what a save of this Set alone knows is shown, too. In slices. */
  *#taking(evidence: Evidence): Generator<void, Verdict> {
    const verdict = yield* comparingWithFile(evidence);
    if (verdict.foreign !== undefined) return verdict;
    this.#list.startOver();
    yield* this.#env.accepting(verdict.pairing);
    return verdict;
  }

  #decideOn(verdict: Verdict, now: number): void {
    this.#phase = { is: 'idle' };
    for (const text of verdict.decisions) this.#decide(text, now);
    this.#list.renew();
    if (verdict.foreign !== undefined) {
      this.#enter('foreign');
      return;
    }
    this.#back.saved(verdict.base.revision, now);
    this.#from = this.#savedAt;
    this.#enter('compared');
    this.#ask(verdict.discrepancies);
    this.#keep();
  }

  #ask(discrepancies: readonly Discrepancy[]): void {
    this.#doubts.ask(discrepancies, this.#findings);
    const asked = this.#env.root();
    if (discrepancies.length === 0 || asked === undefined) return;
    this.#barriers += 1;
    const id = `ask ${this.#barriers}`;
    this.#phase = { is: 'asking', id, asked, discrepancies, seen: new Set() };
    this.#env.askLive(id, askedOf(discrepancies));
  }

  #judge(asked: Asked, now: number): void {
    this.#phase = { is: 'idle' };
    this.#doubts.forgetAsked();
    const [answered, file] = [this.#env.root(), this.#env.file.own?.shown];
    if (answered === undefined || file === undefined) return;
    const judged = this.#doubts.judge(asked, answered, file, this.#findings);
    for (const text of sayJudged(judged)) this.#decide(text, now);
    this.#list.renew();
    this.#keep();
  }

  // ── The list ────────────────────────────────────────────────────────────────────────────────────────

  /** Time passes: some work is done, and what is new is told. */
  tick(now: number): void {
    this.#remind(now);
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
      unknown: this.#list.now.unknown,
      ...(this.#sweptMs !== undefined && { sweptMs: this.#sweptMs }),
      ...this.#findings.all,
      lost: this.lost.all,
    };
  }

  dismiss(lost: LostChanges['id']): boolean {
    const isKnown = this.lost.dismiss(lost);
    if (isKnown) this.#keep();
    return isKnown;
  }

  /** A save is being compared, or the list is being made: the next tick should come soon. */
  get isWorking(): boolean {
    return this.#phase.is === 'comparing' || this.#list.isMaking || (this.#isLive && this.#list.isOfOldSave);
  }

  #work(now: number): void {
    const end = this.#env.clock() + SLICE_MS;
    while (this.#env.clock() < end) if (!this.#step(now)) return;
  }

  /** @returns whether there is more that may be done in the same tick */
  #step(now: number): boolean {
    const phase = this.#phase;
    if (phase.is === 'comparing') {
      const step = phase.work.next();
      if (step.done === true) this.#decideOn(step.value, now);
      return step.done !== true;
    }
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

  #remind(now: number): void {
    const phase = this.#phase;
    if (phase.is !== 'barrier' || phase.isSaid || now - phase.since < BARRIER_MS) return;
    phase.isSaid = true;
    this.#enter('waiting');
    this.#decide(WAITS, now);
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
      }),
    );
  }

  /** A hub that was started again: what was not saved counts as lost until that run of Live is there again. */
  #recall(kept: KeptSave): void {
    this.#run = kept.run;
    this.lost.recall(kept.lost);
    this.#findings.recall(kept);
    this.#doubts.recall(kept.aside);
    const isKnown = kept.lost.some(({ run }) => run === kept.run);
    const newest = kept.open.reduce((time, { act }) => Math.max(time, act.time ?? 0), 0);
    if (!isKnown && kept.run !== '') this.lost.freeze(kept.run, kept.open, newest, kept.savedAt);
    this.#list.recall(kept.open);
    this.#isUntold = true;
  }
}
