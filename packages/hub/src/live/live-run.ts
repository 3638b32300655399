/** One run of the Remote Script: its statements, its place in the line of frames, and the tree they stand for. */
import type { NodeOf } from '@livetree/live-set';
import type { EventsFrame, Handle, RawValue, RunId, ToScript } from '@livetree/protocol';
import { SCRIPT_LIMITS, SONG_HANDLE } from '@livetree/protocol';
import { isAlike } from '../joined/is-alike.ts';
import { aligning, NO_PAIRS } from '../reconcile/index.ts';
import type { ScriptCounters } from './counters.ts';
import { ResyncLadder } from './ladder.ts';
import { Outline, type Projected } from './outline.ts';
import { type RawChanges, RawSet } from './raw-set.ts';
import { type OpenSnapshots, takeFrame } from './take-frame.ts';

/** Hash of what was stated of one object (docs/protocol-script.md, "Audit"): 16 hexadecimal digits. */
export type NodeHash = (
  kind: string,
  props: Readonly<Record<string, RawValue>>,
  lists: Readonly<Record<string, readonly Handle[]>>,
) => string;

export interface LiveRunOptions {
  readonly run: RunId;
  readonly pid: number;
  readonly liveVersion: string;
  readonly simulated: boolean;
  readonly recorded?: boolean | undefined;
  /** Begins the ids of this run's nodes. */
  readonly idPrefix: string;
  readonly counters: ScriptCounters;
  /** Absent: audits are not checked. */
  readonly nodeHash?: NodeHash;
}

/** What became of a frame. */
export interface RunStep {
  /** `known`: it was taken before · `held`: it waits for the end of a snapshot · `far`: too many are missing. */
  readonly is: 'taken' | 'known' | 'held' | 'far';
  readonly requests: readonly ToScript[];
  /** A snapshot of the whole song is complete with it. */
  readonly isWhole: boolean;
}

export class LiveRun {
  readonly options: LiveRunOptions;
  readonly raw = new RawSet();
  readonly outline: Outline;
  readonly ladder = new ResyncLadder();
  readonly #open: OpenSnapshots = new Map();
  /** Last frame taken; `undefined`: the next one begins the line. */
  #cursor: number | undefined;
  #isComplete = false;

  constructor(options: LiveRunOptions) {
    this.options = options;
    const { idPrefix, liveVersion } = options;
    this.outline = new Outline({ raw: this.raw, idPrefix, liveVersion });
  }

  get id(): RunId {
    return this.options.run;
  }

  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** The song was read to its end at least once. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** A snapshot that corrects what is known is under way: what it says is shown when it is complete. */
  get isHolding(): boolean {
    return this.#isComplete && this.#open.size > 0;
  }

  /** The script states everything anew, from whatever place of its line. */
  startOver(): void {
    this.#cursor = undefined;
    this.#open.clear();
    this.ladder.restart();
  }

  /**
   * The next frame, as it was kept. It was counted when it came, and its audits were checked; of what it asked for
   * only what no later frame answers is still {@link owed}. A snapshot that it begins is held back as it was then:
   * until its end the outline is the tree from before it.
   */
  fold(frame: EventsFrame): void {
    if (this.#isComplete && this.#open.size === 0 && frame.begin !== undefined) this.projectFirst();
    this.#cursor = frame.seq;
    const { discards, ended } = takeFrame(this.raw, frame, this.#open);
    for (const handle of ended) this.ladder.answered(handle);
    this.#isComplete ||= ended.includes(SONG_HANDLE);
    for (const { resync } of discards) this.ladder.owe(resync);
  }

  /** What the script has to state again, and may not have heard of: it is connected anew, or the hub was started again. */
  owed(): readonly ToScript[] {
    return this.ladder.owed.map((handle) => this.#ask(handle, 'asked for before the connection broke off'));
  }

  /** The next frame, whatever its number. */
  take(frame: EventsFrame, now: number): RunStep {
    const { counters } = this.options;
    counters.frames += 1;
    if (this.#cursor !== undefined && frame.seq <= this.#cursor) {
      counters.repeated += 1;
      return { is: 'known', requests: [], isWhole: false };
    }
    const missing = this.#cursor === undefined ? 0 : frame.seq - this.#cursor - 1;
    counters.missing += missing;
    if (missing > SCRIPT_LIMITS.framesAhead) return { is: 'far', requests: [], isWhole: false };
    this.#cursor = frame.seq;
    const asked = missing > 0 ? this.resync(SONG_HANDLE, `${missing} frames are missing`, now) : [];
    return this.#taken(frame, asked, now);
  }

  /** Frames that exist no longer, or cannot be read. */
  skip(toSeq: number, reason: string, now: number): readonly ToScript[] {
    if (this.#cursor !== undefined && toSeq > this.#cursor) {
      this.options.counters.missing += toSeq - this.#cursor;
      this.#cursor = toSeq;
    }
    return this.resync(SONG_HANDLE, reason, now);
  }

  /** The frames up to this one are known to state nothing. */
  passTo(seq: number): void {
    if (this.#cursor !== undefined && seq > this.#cursor) this.#cursor = seq;
  }

  /** What the statements since the last time change; the tree must have been projected. */
  project(): Projected & { readonly changes: RawChanges } {
    const changes = this.raw.takeChanges();
    return { changes, ...this.outline.update(changes) };
  }

  /** The first tree, of all that is stated up to now. */
  projectFirst(): NodeOf<'set'> {
    this.raw.takeChanges();
    this.outline.projectAll();
    return this.outline.root();
  }

  /**
   * The first tree, its nodes under the ids that the same things have in an older tree. In slices, between which no
   * frame may be taken.
   * @returns whether that is a tree of the same Set; if not, all ids are new
   */
  *projectingOver(before: NodeOf<'set'>): Generator<void, boolean> {
    this.raw.takeChanges();
    yield* this.outline.projectingAll();
    yield;
    const root = this.outline.root();
    yield;
    const pairing = yield* aligning(root, before, NO_PAIRS);
    yield;
    const isSame = isAlike(root, before, pairing);
    yield;
    if (isSame) yield* this.outline.adopting(pairing.fileOf);
    return isSame;
  }

  resync(handle: Handle, reason: string, now: number): readonly ToScript[] {
    const asked = this.ladder.ask(handle, now);
    return asked === undefined ? [] : [this.#ask(asked, reason)];
  }

  #ask(handle: Handle, reason: string): ToScript {
    const { counters } = this.options;
    counters.resyncs += 1;
    if (handle === SONG_HANDLE) counters.fullResyncs += 1;
    return { type: 'resync', payload: { handle, reason } };
  }

  #taken(frame: EventsFrame, asked: readonly ToScript[], now: number): RunStep {
    const { discards, statements, ended } = takeFrame(this.raw, frame, this.#open);
    const { counters } = this.options;
    counters.statements += statements;
    counters.discards += discards.length;
    for (const handle of ended) this.ladder.answered(handle);
    const isWhole = ended.includes(SONG_HANDLE);
    this.#isComplete ||= isWhole;
    const requests = [...asked];
    for (const { why, resync } of discards) requests.push(...this.resync(resync, why, now));
    requests.push(...this.#audit(frame, now));
    return { is: this.isHolding ? 'held' : 'taken', requests, isWhole };
  }

  #audit({ audit = {} }: EventsFrame, now: number): readonly ToScript[] {
    const { nodeHash, counters } = this.options;
    if (nodeHash === undefined) return [];
    return Object.entries(audit).flatMap(([key, hash]) => {
      const node = this.raw.get(Number(key));
      counters.audits += 1;
      const own =
        node && nodeHash(node.kind, node.props as Record<string, RawValue>, Object.fromEntries(node.lists));
      if (own === hash) return [];
      counters.auditFailures += 1;
      return this.resync(node === undefined ? SONG_HANDLE : node.handle, 'the audit differs', now);
    });
  }
}
