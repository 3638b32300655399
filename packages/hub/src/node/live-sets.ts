/** The Live side of every Set that Live has, or had, open. */
import { createHash } from 'node:crypto';
import type { RunId, ScriptHello, SetId, ToScript } from '@livetree/protocol';
import { asSetId, nodeHash, SCRIPT_LIMITS } from '@livetree/protocol';
import type { KeptSet, ScriptFrame } from '../journal.ts';
import { newScriptCounters } from '../live/counters.ts';
import type { NodeHash } from '../live/live-run.ts';
import { LiveRun } from '../live/live-run.ts';
import { LiveSet } from '../live/live-set.ts';
import type { SetDesk } from '../live/set-desk.ts';
import { overlay } from '../reconcile/index.ts';
import { isSameTree } from '../same-tree.ts';
import type { Desks } from './desks.ts';
import { decodeScriptMessage } from './messages.ts';

export interface LiveSetsOptions {
  readonly desks: Desks;
  /** ms since 1970. */
  readonly now: () => number;
  /** Whether any client looks at a Set. */
  readonly isFollowed: (set: SetId) => boolean;
  /** A Set is there no longer. */
  readonly onRemove: (set: SetId) => void;
  /** Sends to the script that speaks for a run. */
  readonly send: (run: RunId, message: ToScript) => void;
}

export class LiveSets {
  readonly counters = newScriptCounters();
  readonly #options: LiveSetsOptions;
  readonly #lives = new Map<SetId, LiveSet>();
  readonly #setBackRuns = new WeakSet<LiveRun>();

  constructor(options: LiveSetsOptions) {
    this.#options = options;
  }

  /** `undefined`: Live never had it. */
  of(set: SetId): LiveSet | undefined {
    return this.#lives.get(set);
  }

  /** The Set that knows a run. */
  knowing(run: RunId): LiveSet | undefined {
    return [...this.#lives.values()].find((live) => live.run(run) !== undefined);
  }

  tick(now: number): void {
    for (const live of this.#lives.values()) live.tick(now);
    for (const [set, live] of this.#lives) if (this.#isForgotten(live, now)) this.remove(set);
  }

  /** Sets that were open in Live and are not any more, those it opened first before all others. */
  get left(): readonly SetId[] {
    return [...this.#lives].flatMap(([set, { state }]) => (state.isConnected ? [] : [set]));
  }

  /** Lets go of a Set that is not open in Live. */
  release(set: SetId): void {
    this.#lives.delete(set);
  }

  /**
   * Lets go of a Set that has no file, and whose Live is gone.
   * @returns whether there was one
   */
  remove(set: SetId): boolean {
    const live = this.#lives.get(set);
    if (live === undefined || live.state.isConnected || live.desk.path !== undefined) return false;
    this.#lives.delete(set);
    this.#options.onRemove(set);
    return true;
  }

  /** Live has closed it, nothing of it lies on a disk, and nobody looks. */
  #isForgotten({ isClosed, desk, status }: LiveSet, now: number): boolean {
    const age = now - (status.since ?? now);
    return isClosed && age >= SCRIPT_LIMITS.closedSetMs && !this.#options.isFollowed(desk.id);
  }

  /** The Live side for a run that is new: of a Set that is known by its path or process, or of a new one. */
  async liveFor(hello: ScriptHello, path: string | undefined): Promise<LiveSet | undefined> {
    const isBusy = (set: SetId): boolean => this.#lives.get(set)?.state.isConnected === true;
    const before = [...this.#lives.values()].find(
      (live) => live.newest?.options.pid === hello.pid && !live.state.isConnected && fits(live, path),
    );
    if (before !== undefined) return before;
    const { setName: name, liveVersion, run } = hello;
    const pathless = { name, problem: whyPathless(liveVersion) };
    const desk = await this.#options.desks.forLive(path, pathless, asSetId(idOf(run)), isBusy);
    if (desk === undefined) return undefined;
    desk.goOnForLive();
    const known = this.#lives.get(desk.id);
    if (known !== undefined) return known;
    return this.#liveOf(desk);
  }

  #liveOf(desk: SetDesk): LiveSet {
    const send = (run: RunId, message: ToScript): void => this.#options.send(run, message);
    const live = new LiveSet({ desk, clock: () => performance.now(), send });
    this.#lives.set(desk.id, live);
    return live;
  }

  /**
   * A hub that was started again: goes on with the run that Live had when the last one ended, if all of its
   * frames were kept and lead to the tree that was kept.
   * @returns whether it does
   */
  restore(desk: SetDesk, kept: KeptSet): boolean {
    const [first, ...frames] = kept.frames;
    const hello = first && helloOf(first.text);
    if (hello === undefined) return false;
    const prefix = kept.keys.get(0) ?? 'r1.';
    const run = this.newRun(hello, prefix);
    run.outline.readopt(kept.keys);
    const isWhole = frames.every((frame) => foldKept(run, frame));
    run.passTo(kept.script?.seq ?? 0);
    if (!isWhole || !run.isComplete) return false;
    const root = run.isHolding ? run.outline.root() : run.projectFirst();
    // What was kept has with it what the file alone knew.
    if (!isSameTree(overlay(root, kept.root), kept.root)) return false;
    this.#liveOf(desk).restore(run, this.#options.now());
    return true;
  }

  /** @param idPrefix ids of its nodes begin with it */
  newRun({ run, pid, liveVersion, simulated, recorded }: ScriptHello, idPrefix: string): LiveRun {
    const rest = { idPrefix, counters: this.counters, nodeHash: hashOf };
    return new LiveRun({ run, pid, liveVersion, simulated, recorded, ...rest });
  }

  /** Live is not listened to any more: the file is shown, where there is one. */
  setBack(live: LiveSet): void {
    const run = live.newest;
    if (run === undefined || live.desk.leads !== 'live' || this.#setBackRuns.has(run)) return;
    this.#setBackRuns.add(run);
    live.bye(run, this.#options.now());
  }

  /** The file of a Set may have been read only now; and a script that is gone says no goodbye. */
  setBackAll(now: number): void {
    for (const live of this.#lives.values()) {
      if (live.state.isConnected) live.desk.backToFile(now);
      else this.setBack(live);
    }
  }
}

/** From 11.3.25 on Live tells where its Set lies (docs/live-api.md). */
function whyPathless(liveVersion: string): string {
  const [major = 0, minor = 0, patch = 0] = liveVersion.split('.').map(Number);
  const canTell = major > 11 || (major === 11 && (minor > 3 || (minor === 3 && patch >= 25)));
  return canTell ? 'This Set has not been saved yet.' : TELLS_NO_PATH;
}

const TELLS_NO_PATH =
  'This version of Live does not tell where its Set lies (Live 11.3.25 and later do), so it is shown without its file. Open the file in LiveTree: it is shown beside it.';

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
const hashOf: NodeHash = (kind, props, lists) => nodeHash(kind, props, lists, sha1);

/** Whether a run that ended can go on as a run with this path: a Set of another path, or of none, is another Set. */
const fits = ({ desk }: LiveSet, path: string | undefined): boolean => desk.path === path;

const ID_DIGITS = 12;
const idOf = (run: RunId): string =>
  createHash('sha256').update(`run ${run}`).digest('hex').slice(0, ID_DIGITS);

/** What is kept of a run begins with its hello. */
function helloOf(text: string): ScriptHello | undefined {
  const decoded = decodeScriptMessage(text);
  return decoded.ok && decoded.message.type === 'hello' ? decoded.message.payload : undefined;
}

/** @returns whether it can be read */
function foldKept(run: LiveRun, { text }: ScriptFrame): boolean {
  const decoded = decodeScriptMessage(text);
  if (!decoded.ok || decoded.message.type !== 'events') return false;
  run.fold(decoded.message.payload);
  return true;
}
