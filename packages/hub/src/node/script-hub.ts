/** All Remote Scripts: which run belongs to which Set, and what each is told. */
import { createHash } from 'node:crypto';
import type { RunId, ScriptHello, ScriptMessage, SetId, ToScript } from '@livetree/protocol';
import { asSetId, nodeHash, SCRIPT_LIMITS, SCRIPT_PROTOCOL_VERSION, SONG_HANDLE } from '@livetree/protocol';
import { decodeScriptMessage } from '@livetree/protocol/schema';
import type { KeptSet, ScriptFrame } from '../journal.ts';
import { newScriptCounters } from '../live/counters.ts';
import type { NodeHash } from '../live/live-run.ts';
import { LiveRun } from '../live/live-run.ts';
import { LiveSet } from '../live/live-set.ts';
import type { SetDesk } from '../live/set-desk.ts';
import { overlay } from '../reconcile/index.ts';
import { isSameTree } from '../same-tree.ts';
import { refusePath } from '../set-path.ts';
import type { Desks } from './desks.ts';
import type { Logger } from './logger.ts';
import { realPathOf } from './paths.ts';
import type { ScriptSocket } from './script-sockets.ts';

export interface ScriptHubOptions {
  readonly desks: Desks;
  readonly logger: Logger;
  /** ms since 1970. */
  readonly now: () => number;
  /** The real-time switch as it stands. */
  readonly isRealtime: () => boolean;
  /** Whether any client looks at a Set. */
  readonly isFollowed: (set: SetId) => boolean;
  /** A Set is there no longer. */
  readonly onRemove: (set: SetId) => void;
  /** It was turned at a script. */
  readonly onRealtime: (isOn: boolean) => void;
}

/** One conversation. */
interface Talk {
  readonly script: ScriptSocket;
  readonly openedAt: number;
  /** Messages are taken one after the other: a hello may have to look at the disk. */
  turn: Promise<void> | undefined;
  run: LiveRun | undefined;
  live: LiveSet | undefined;
  /** Path as the script last told it. */
  told: string;
  isOver: boolean;
}

type Payload<T extends ScriptMessage['type']> = Extract<ScriptMessage, { readonly type: T }>['payload'];

export class ScriptHub {
  readonly counters = newScriptCounters();
  readonly #options: ScriptHubOptions;
  readonly #talks = new Map<ScriptSocket, Talk>();
  readonly #lives = new Map<SetId, LiveSet>();
  /** Sets of which somebody wants the position of the song. */
  readonly #playheads = new Set<SetId>();
  readonly #setBackRuns = new WeakSet<LiveRun>();

  constructor(options: ScriptHubOptions) {
    this.#options = options;
  }

  open(script: ScriptSocket): void {
    const openedAt = this.#options.now();
    const rest = { turn: undefined, run: undefined, live: undefined, told: '', isOver: false };
    this.#talks.set(script, { script, openedAt, ...rest });
  }

  /** Takes one text frame. */
  receive(script: ScriptSocket, text: string): void {
    const talk = this.#talks.get(script);
    if (talk === undefined || talk.isOver) return;
    if (talk.turn === undefined) this.#receive(talk, text);
    else talk.turn = talk.turn.then(() => this.#receive(talk, text));
  }

  refuse(script: ScriptSocket, reason: string): void {
    const talk = this.#talks.get(script);
    this.counters.badMessages += 1;
    if (talk !== undefined) this.#refuse(talk, reason);
  }

  gone(script: ScriptSocket): void {
    const talk = this.#talks.get(script);
    this.#talks.delete(script);
    if (talk === undefined) return;
    talk.isOver = true;
    this.#lose(talk);
  }

  /** The Live side of a Set; `undefined`: Live never had it. */
  live(set: SetId): LiveSet | undefined {
    return this.#lives.get(set);
  }

  /** Sets that were open in Live and are not any more, those it opened first before all others. */
  get left(): readonly SetId[] {
    return [...this.#lives].flatMap(([set, { state }]) => (state.isConnected ? [] : [set]));
  }

  /** Lets go of a Set that is not open in Live. */
  release(set: SetId): void {
    this.#lives.delete(set);
  }

  /** Reads a Set of Live anew. @returns whether there is one */
  retry(set: SetId): boolean {
    const live = this.#lives.get(set);
    const run = live?.newest;
    if (live === undefined || run === undefined) return false;
    for (const message of live.retry(this.#options.now())) this.#sendTo(run.id, message);
    return true;
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

  /** Somebody wants the position of the song of a Set, or nobody does any more. */
  watchPlayhead(set: SetId, isWatched: boolean): void {
    if (isWatched) this.#playheads.add(set);
    else this.#playheads.delete(set);
    const run = this.#lives.get(set)?.newest;
    if (run !== undefined) this.#sendTo(run.id, playhead(isWatched));
  }

  /** A script that has connected has forgotten what it was asked to observe. */
  #askPlayhead({ script, live }: Talk): void {
    if (live !== undefined && this.#playheads.has(live.desk.id)) script.send(playhead(true));
  }

  /** The real-time switch was turned. */
  configure(): void {
    const realtime = this.#options.isRealtime();
    for (const { run, script } of this.#talks.values())
      if (run !== undefined) script.send({ type: 'configure', payload: { realtime } });
  }

  tick(): void {
    const now = this.#options.now();
    if (!this.#options.isRealtime()) this.#setBackAll(now);
    for (const live of this.#lives.values()) live.tick(now);
    for (const [set, live] of this.#lives) if (this.#isForgotten(live, now)) this.remove(set);
    for (const talk of this.#talks.values()) {
      const isLate = talk.run === undefined && now - talk.openedAt > SCRIPT_LIMITS.helloMs;
      if (isLate && !talk.isOver) this.#end(talk, 'too_slow', 'no hello came in time');
    }
  }

  // ── Messages ────────────────────────────────────────────────────────────────────────────────────────

  #receive(talk: Talk, text: string): void {
    if (talk.isOver) return;
    const decoded = decodeScriptMessage(text);
    if (decoded.ok) this.#handle(talk, decoded.message, text);
    else {
      this.counters.badMessages += 1;
      const run = decoded.lost && talk.live?.run(decoded.lost.run);
      if (run === undefined || decoded.lost === undefined) this.#refuse(talk, decoded.reason);
      else this.#skip(talk, run, decoded.lost.seq, decoded.reason);
    }
  }

  #handle(talk: Talk, message: ScriptMessage, text: string): void {
    const { live } = talk;
    if (message.type === 'hello') {
      this.#hello(talk, message.payload, text);
      return;
    }
    const run = live?.run(message.payload.run);
    if (live === undefined || run === undefined) {
      this.#refuse(talk, `${message.type} of a run that said no hello`);
      return;
    }
    const now = this.#options.now();
    if (run === talk.run) live.state.sign(now);
    switch (message.type) {
      case 'events':
        this.#events(talk, live, run, message.payload, text);
        return;
      case 'ephemeral':
        live.takeEphemeral(run, message.payload);
        return;
      case 'heartbeat':
        live.takeHeartbeat(run, message.payload, now);
        this.#noteSet(talk, message.payload);
        return;
      case 'gap':
        this.#skip(talk, run, message.payload.toSeq, 'frames are lost');
        return;
      case 'realtime':
        this.#options.onRealtime(message.payload.on);
        return;
      case 'bye':
        this.#bye(talk, message.payload);
        return;
      default: {
        const never: never = message;
        throw new Error(`unhandled message ${JSON.stringify(never)}`);
      }
    }
  }

  #events(talk: Talk, live: LiveSet, run: LiveRun, frame: Payload<'events'>, text: string): void {
    const step = live.take(run, frame, text, this.#options.now());
    if (step.is === 'far') {
      this.#end(talk, 'out_of_order', `frame ${frame.seq} comes long after frame ${run.cursor}`);
      return;
    }
    for (const message of step.requests) talk.script.send(message);
    // Also while a snapshot is held back: the script must not have to keep all of it.
    this.#ack(talk, run);
  }

  /** What was taken lies in the journal by now. */
  #ack(talk: Talk, run: LiveRun): void {
    const seq = run.cursor;
    if (seq !== undefined) talk.script.send({ type: 'ack', payload: { run: run.id, seq } });
  }

  /** Frames that cannot be had any more. */
  #skip(talk: Talk, run: LiveRun, toSeq: number, reason: string): void {
    for (const message of run.skip(toSeq, reason, this.#options.now())) talk.script.send(message);
    if (talk.live !== undefined) this.#ack(talk, run);
  }

  #bye(talk: Talk, { reason }: Payload<'bye'>): void {
    const { run, live } = talk;
    if (run === undefined || live === undefined) return;
    this.#options.logger.info(`${live.desk.info.name}: Live said goodbye (${reason})`);
    live.bye(run, this.#options.now());
    talk.run = undefined;
    talk.live = undefined;
  }

  // ── Hello ───────────────────────────────────────────────────────────────────────────────────────────

  #hello(talk: Talk, hello: ScriptHello, text: string): void {
    if (hello.protocol !== SCRIPT_PROTOCOL_VERSION) {
      const message = `This hub speaks version ${SCRIPT_PROTOCOL_VERSION} of the script's protocol: update the Remote Script, or LiveTree.`;
      this.#end(talk, 'version', message);
      return;
    }
    const isKnown = (live: LiveSet): boolean => live.run(hello.run) !== undefined;
    const before = [...this.#lives.values()].find(isKnown);
    if (before !== undefined && !this.#options.isRealtime()) this.#setBack(before);
    const known = before !== undefined && isKnown(before) ? before : undefined;
    if (known !== undefined) this.#resume(talk, hello, known);
    else {
      const turn = this.#begin(talk, hello, text).then(() => {
        if (talk.turn === turn) talk.turn = undefined;
      });
      talk.turn = turn;
    }
  }

  /** The same run is there again. */
  #resume(talk: Talk, hello: ScriptHello, live: LiveSet): void {
    const run = live.run(hello.run);
    if (run === undefined) return;
    this.#takeOver(talk, (other) => other.run === run);
    this.#lose(talk);
    this.#bind(talk, live, run, hello);
    const canResume = run.cursor !== undefined && hello.lastSeq >= run.cursor;
    if (!canResume) run.startOver();
    this.#welcome(talk, hello, run.cursor ?? null, null);
    this.#askPlayhead(talk);
    live.resume(run, this.#options.now());
  }

  /** A new run: of a Set that is known by its path or process, or of a new one. */
  async #begin(talk: Talk, hello: ScriptHello, text: string): Promise<void> {
    this.#takeOver(talk, (other) => other.run?.options.pid === hello.pid);
    this.#lose(talk);
    const path = await allowedPath(hello.setPath);
    if (talk.isOver) return;
    const live = await this.#liveFor(hello, path);
    if (talk.isOver || live === undefined) {
      if (!talk.isOver) this.#end(talk, 'too_many', 'This hub mirrors no more Sets.');
      return;
    }
    if (live.run(hello.run) !== undefined) {
      this.#resume(talk, hello, live);
      return;
    }
    const run = this.#newRun(hello, `r${live.desk.nextRun()}.`);
    const spool = hello.spool && spoolAnswer(live, hello.spool);
    this.#bind(talk, live, run, hello);
    this.#welcome(talk, hello, null, spool);
    this.#askPlayhead(talk);
    live.begin(run, text, this.#options.now());
    this.#options.logger.info(`${live.desk.info.name}: Live ${hello.liveVersion} is connected`);
  }

  async #liveFor(hello: ScriptHello, path: string | undefined): Promise<LiveSet | undefined> {
    const isBusy = (set: SetId): boolean => this.#lives.get(set)?.state.isConnected === true;
    const before = [...this.#lives.values()].find(
      (live) => live.newest?.options.pid === hello.pid && !live.state.isConnected && fits(live, path),
    );
    if (before !== undefined) return before;
    const desk = await this.#options.desks.forLive(path, hello.setName, asSetId(idOf(hello.run)), isBusy);
    if (desk === undefined) return undefined;
    desk.goOnForLive();
    const known = this.#lives.get(desk.id);
    if (known !== undefined) return known;
    return this.#liveOf(desk);
  }

  #liveOf(desk: SetDesk): LiveSet {
    const send = (run: RunId, message: ToScript): void => this.#sendTo(run, message);
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
    const run = this.#newRun(hello, prefix);
    run.outline.readopt(kept.keys);
    const isWhole = frames.every((frame) => takeKept(run, frame));
    run.passTo(kept.script?.seq ?? 0);
    if (!isWhole || !run.isComplete || run.isHolding) return false;
    // What was kept has with it what the file alone knew.
    if (!isSameTree(overlay(run.projectFirst(), kept.root), kept.root)) return false;
    this.#liveOf(desk).restore(run, this.#options.now());
    return true;
  }

  #newRun({ run, pid, liveVersion, simulated, recorded }: ScriptHello, idPrefix: string): LiveRun {
    const rest = { idPrefix, counters: this.counters, nodeHash: hashOf };
    return new LiveRun({ run, pid, liveVersion, simulated, recorded, ...rest });
  }

  #bind(talk: Talk, live: LiveSet, run: LiveRun, { setPath }: ScriptHello): void {
    talk.live = live;
    talk.run = run;
    talk.told = setPath;
  }

  #welcome(
    { script }: Talk,
    { protocol }: ScriptHello,
    resumeAfter: number | null,
    spool: 'send' | 'drop' | null,
  ): void {
    script.send({
      type: 'welcome',
      payload: { protocol, hub: 'LiveTree', resumeAfter, realtime: this.#options.isRealtime(), spool },
    });
  }

  /** The Set was saved for the first time, or under another name: it stays the same Set. */
  #noteSet(talk: Talk, { setPath, setName }: Payload<'heartbeat'>): void {
    const { live } = talk;
    if (live === undefined || setPath === talk.told) return;
    talk.told = setPath;
    void allowedPath(setPath).then((path) => {
      if (path === undefined || talk.live !== live || live.desk.path === path) return;
      this.#options.logger.info(`${live.desk.info.name}: saved as ${setName}`);
      return this.#options.desks.repoint(live.desk, path);
    });
  }

  /** Live is not listened to any more: the file is shown, where there is one. */
  #setBack(live: LiveSet): void {
    const run = live.newest;
    if (run === undefined || live.desk.leads !== 'live' || this.#setBackRuns.has(run)) return;
    this.#setBackRuns.add(run);
    live.bye(run, this.#options.now());
  }

  /** The file of a Set may have been read only now; and a script that is gone says no goodbye. */
  #setBackAll(now: number): void {
    for (const live of this.#lives.values()) {
      if (live.state.isConnected) live.desk.backToFile(now);
      else this.#setBack(live);
    }
  }

  // ── Ends ────────────────────────────────────────────────────────────────────────────────────────────

  /** A newer instance of the same Live takes the place of an older one. */
  #takeOver(talk: Talk, isOld: (other: Talk) => boolean): void {
    for (const other of this.#talks.values()) {
      if (other === talk || other.isOver || other.run === undefined || !isOld(other)) continue;
      this.#lose(other);
      this.#end(other, 'replaced', 'A newer instance of the Remote Script has taken over.');
    }
  }

  #lose(talk: Talk): void {
    const { run, live } = talk;
    talk.run = undefined;
    talk.live = undefined;
    if (run === undefined || live === undefined) return;
    live.lost(run, this.#options.now());
    this.#options.logger.warn(`${live.desk.info.name}: the connection to Live broke off`);
  }

  #refuse(talk: Talk, reason: string): void {
    this.#options.logger.warn(`a Remote Script sent what is no message: ${reason}`);
    this.#end(talk, 'bad_message', reason);
  }

  #end(talk: Talk, code: Parameters<ScriptSocket['refuse']>[0], message: string): void {
    talk.isOver = true;
    talk.script.refuse(code, message);
    this.#lose(talk);
  }

  #sendTo(run: RunId, message: ToScript): void {
    for (const talk of this.#talks.values()) if (talk.run?.id === run) talk.script.send(message);
  }
}

const playhead = (isWatched: boolean): ToScript => ({
  type: isWatched ? 'observe' : 'unobserve',
  payload: { handle: SONG_HANDLE, facet: 'playhead' },
});

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
const hashOf: NodeHash = (kind, props, lists) => nodeHash(kind, props, lists, sha1);

/** Whether a run that ended can go on as a run with this path: a Set of another path, or of none, is another Set. */
const fits = ({ desk }: LiveSet, path: string | undefined): boolean => desk.path === path;

/** What a dead run left is of use where its last tree is still there, and the frames follow it. */
function spoolAnswer(live: LiveSet, { run, firstSeq }: NonNullable<ScriptHello['spool']>): 'send' | 'drop' {
  const cursor = live.run(run)?.cursor;
  return cursor !== undefined && firstSeq <= cursor + 1 ? 'send' : 'drop';
}

const ID_DIGITS = 12;
const idOf = (run: RunId): string =>
  createHash('sha256').update(`run ${run}`).digest('hex').slice(0, ID_DIGITS);

/** The real path; `undefined` while there is none, or for one that must not be looked at. */
async function allowedPath(path: string): Promise<string | undefined> {
  return path === '' || refusePath(path) !== undefined ? undefined : realPathOf(path);
}

/** A run begins with its hello, which is kept as frame 0. */
function helloOf(text: string): ScriptHello | undefined {
  const decoded = decodeScriptMessage(text);
  return decoded.ok && decoded.message.type === 'hello' ? decoded.message.payload : undefined;
}

/** Folds a frame that was kept; audits and corrections in it were dealt with when it came. */
function takeKept(run: LiveRun, { seq, text }: ScriptFrame): boolean {
  run.passTo(seq - 1);
  const decoded = decodeScriptMessage(text);
  if (!decoded.ok || decoded.message.type !== 'events') return false;
  const { audit: _, ...frame } = decoded.message.payload;
  return run.take(frame, 0).is !== 'far';
}
