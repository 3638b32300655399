/**
 * A save that was read, until it is judged: all that Live knew by then is waited for, both are compared, and Live is
 * asked about what differs. A little at each step.
 */
import type { NodeId, NodeOf } from '@livetree/live-set';
import type { UnsavedState } from '@livetree/protocol';
import type { Judged, Verdict } from '../reconcile/index.ts';
import { comparingWithFile, sayForeign, sayJudged, sayUnasked, underLiveIds } from '../reconcile/index.ts';
import { Asking } from './asking.ts';
import type { Back } from './back.ts';
import type { Doubts } from './doubts.ts';
import type { SaveEnv } from './env.ts';
import type { Findings } from './findings.ts';
import type { Compared, Phase } from './phase.ts';

/** ms without an answer of Live after which people are told that comparing waits. */
const BARRIER_MS = 5_000;

/** Times that one save is compared, while Live tells of things that nobody had known. */
const MOST_TURNS = 3;

/** What it works with, and whom it tells. */
export interface CompareSides {
  readonly env: SaveEnv;
  readonly back: Back;
  readonly doubts: Doubts;
  readonly findings: Findings;
  /** The tree as it was when Live had been read, until a file is compared. */
  first(): NodeOf<'set'> | undefined;
  enter(state: UnsavedState): void;
  decide(text: string, time: number): void;
  /** The file is a save of what Live has open. In slices. */
  accepting(verdict: Verdict, now: number): Generator<void>;
  /** Something was found: the list is no longer what it should be. */
  found(): void;
}

export class CompareWatch {
  readonly #sides: CompareSides;
  #phase: Phase = { is: 'idle' };
  #barriers = 0;

  constructor(sides: CompareSides) {
    this.#sides = sides;
  }

  /** Whatever was under way is of no use any more. */
  stop(): void {
    this.#phase = { is: 'idle' };
  }

  /** A file was read: it is compared when Live has told all that it knew by then. */
  wait(now: number, sawSave: boolean): void {
    const id = this.#nextId('save');
    this.#phase = { is: 'barrier', id, since: now, isSaid: false, sawSave };
    this.#sides.env.askLive(id, []);
  }

  /** The connection is there again: what was asked is asked again. */
  askAgain(): void {
    const phase = this.#phase;
    if (phase.is === 'barrier') this.#sides.env.askLive(phase.id, []);
    else if (phase.is === 'asking') this.#sides.env.askLive(phase.id, phase.asking.nodes);
  }

  /** Whether Live is being asked about a node. */
  isAsking(node: NodeId): boolean {
    return this.#phase.is === 'asking' && this.#phase.asking.nodes.includes(node);
  }

  /** The sweep found these: nobody was to tell of them. */
  swept(nodes: readonly NodeId[]): void {
    if (this.#phase.is === 'asking') for (const node of nodes) this.#phase.asking.saw(node);
  }

  /** Barriers that Live has answered; the frame that brought the answer is in. */
  answered(ids: readonly (string | number)[], now: number): void {
    const phase = this.#phase;
    if (phase.is === 'barrier' && ids.includes(phase.id)) this.compare(phase.sawSave);
    else if (phase.is === 'asking' && ids.includes(phase.id)) this.#hear(phase, now);
  }

  /**
   * Compares with what is known now.
   * @param sawSave Live was followed while the file was written
   */
  compare(sawSave: boolean, turn = 1): void {
    const { env, back, doubts, first } = this.#sides;
    const [root, saved] = [env.root(), env.file.root];
    this.#phase = { is: 'idle' };
    if (root === undefined || saved === undefined) return;
    const work = comparingWithFile({
      now: root,
      revision: back.revision,
      back: back.steps(),
      file: saved,
      known: env.file.own?.pairing ?? env.file.pairing,
      isGuess: !env.file.isProven,
      first: first(),
      sawSave,
      hasOwn: env.file.own !== undefined,
      ...env.file.saves.ageOf(env.file.mark),
      leave: doubts.leave,
    });
    this.#phase = { is: 'comparing', work, sawSave, turn, served: root };
  }

  /** There is work that waits for nothing. */
  get isWorking(): boolean {
    return this.#phase.is === 'comparing' || this.#phase.is === 'taking';
  }

  /** Some of the work. @returns whether there is more that may be done in the same tick */
  step(now: number): boolean {
    const phase = this.#phase;
    if (phase.is === 'taking') {
      if (phase.work.next().done !== true) return true;
      this.#phase = { is: 'idle' };
      phase.then();
    } else if (phase.is === 'comparing') {
      const step = phase.work.next();
      if (step.done !== true) return true;
      this.#decideOn(step.value, phase, now);
    }
    return false;
  }

  #take(verdict: Verdict, now: number, then: () => void): void {
    this.#phase = { is: 'taking', work: this.#sides.accepting(verdict, now), then };
  }

  /** Says once that Live does not answer. */
  remind(now: number): void {
    const phase = this.#phase;
    if (phase.is !== 'barrier' || phase.isSaid || now - phase.since < BARRIER_MS) return;
    phase.isSaid = true;
    this.#sides.enter('waiting');
    this.#sides.decide(WAITS, now);
  }

  #decideOn(verdict: Verdict, how: Compared, now: number): void {
    const { env, findings, decide, enter, found } = this.#sides;
    this.#phase = { is: 'idle' };
    for (const text of verdict.decisions) decide(text, now);
    for (const { property } of verdict.discrepancies) findings.count('discrepancies', property);
    found();
    if (verdict.foreign !== undefined) {
      enter('foreign');
      return;
    }
    const [root, saved] = [env.root(), env.file.root];
    const isSure = verdict.discrepancies.length === 0 || root === undefined || saved === undefined;
    const asking = isSure
      ? undefined
      : new Asking(verdict, how.served, underLiveIds(saved, verdict.pairing, root));
    const goOn = (): void => {
      env.file.isProven ||= how.sawSave && verdict.base.distance === 0;
      // What the sweep has found while the save was taken up is known before the question.
      const known = env.root();
      if (known !== undefined && asking?.next(known) === true) this.#ask(asking, how);
    };
    // What Live may show to be something else is not taken up before it has answered.
    if (asking?.mayBeForeign === true) goOn();
    else this.#take(verdict, now, goOn);
  }

  #ask(asking: Asking, { sawSave, turn, served }: Compared): void {
    const id = this.#nextId('ask');
    this.#phase = { is: 'asking', id, asking, sawSave, turn, served };
    this.#sides.env.askLive(id, asking.nodes);
  }

  /** Live has answered a round of questions. */
  #hear(phase: AskingPhase, now: number): void {
    const { asking, turn } = phase;
    const root = this.#sides.env.root();
    if (root === undefined) return;
    asking.answered(root);
    if (asking.next(root)) this.#ask(asking, phase);
    else if (turn < MOST_TURNS && asking.hasFoundThings(root)) this.#startOver(phase, now);
    else this.#judge(asking, asking.hasFoundThings(root) ? undefined : asking.foreign, now);
  }

  /** What has come meanwhile is paired with what the file has of it. */
  #startOver({ asking, sawSave, turn }: AskingPhase, now: number): void {
    const { doubts, findings, decide } = this.#sides;
    const missed = asking.judged.filter(isMissed);
    doubts.settle(missed, asking.left, findings);
    for (const text of sayJudged(missed)) decide(text, now);
    this.compare(sawSave, turn + 1);
  }

  /** @param foreign why the file is not Live's own save */
  #judge(asking: Asking, foreign: string | undefined, now: number): void {
    this.#phase = { is: 'idle' };
    const tell = (): void => this.#tell(asking, foreign, now);
    if (foreign === undefined && asking.mayBeForeign) this.#take(asking.verdict, now, tell);
    else tell();
  }

  #tell({ judged, left }: Asking, foreign: string | undefined, now: number): void {
    const { env, doubts, findings, decide, enter, found } = this.#sides;
    const isOwn = foreign === undefined;
    doubts.settle(isOwn ? judged : judged.filter(isMissed), left, findings);
    for (const text of isOwn ? sayJudged(judged) : [sayForeign(foreign, env.file.own !== undefined)])
      decide(text, now);
    if (left.length > 0) decide(sayUnasked(left.length), now);
    if (!isOwn) enter('foreign');
    found();
  }

  #nextId(what: 'save' | 'ask'): string {
    this.#barriers += 1;
    return `${what} ${this.#barriers}`;
  }
}

type AskingPhase = Extract<Phase, { readonly is: 'asking' }>;

const WAITS = 'The file was saved; comparing waits until Live answers (a menu or dialog may be open).';

const isMissed = ({ judgement }: Judged): boolean => judgement === 'mismatch';
