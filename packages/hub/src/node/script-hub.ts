/** All Remote Scripts: which run belongs to which Set, and what each is told. */
import type { RunId, ScriptHello, ScriptMessage, SetId, ToScript } from '@livetree/protocol';
import { SCRIPT_LIMITS, SCRIPT_PROTOCOL_VERSION, SONG_HANDLE } from '@livetree/protocol';
import type { LiveRun } from '../live/live-run.ts';
import type { LiveSet } from '../live/live-set.ts';
import { refusePath } from '../set-path.ts';
import { LiveSets, type LiveSetsOptions } from './live-sets.ts';
import type { Logger } from './logger.ts';
import { decodeScriptMessage } from './messages.ts';
import { realPathOf } from './paths.ts';
import type { ScriptSocket } from './script-sockets.ts';

export interface ScriptHubOptions extends Omit<LiveSetsOptions, 'send'> {
  readonly logger: Logger;
  /** The real-time switch as it stands. */
  readonly isRealtime: () => boolean;
  /** It was turned at a script. */
  readonly onRealtime: (isOn: boolean) => void;
}

/** One conversation. */
interface Talk {
  readonly script: ScriptSocket;
  readonly openedAt: number;
  /** Messages are taken one after the other: a hello may have to look at the disk, and a Set takes many turns of the loop. */
  turn: Promise<void> | undefined;
  /** Its socket is closed; what came before is taken all the same. */
  isGone: boolean;
  run: LiveRun | undefined;
  live: LiveSet | undefined;
  /** Path as the script last told it. */
  told: string;
  isOver: boolean;
}

type AfterHello = Exclude<ScriptMessage, { readonly type: 'hello' }>;
type Payload<T extends ScriptMessage['type']> = Extract<ScriptMessage, { readonly type: T }>['payload'];

export class ScriptHub {
  readonly lives: LiveSets;
  readonly #options: ScriptHubOptions;
  readonly #talks = new Map<ScriptSocket, Talk>();
  /** Sets of which somebody wants the position of the song. */
  readonly #playheads = new Set<SetId>();
  #isClosed = false;

  constructor(options: ScriptHubOptions) {
    this.#options = options;
    this.lives = new LiveSets({ ...options, send: (run, message) => this.#sendTo(run, message) });
  }

  /** Nothing is taken any more. */
  close(): void {
    this.#isClosed = true;
  }

  open(script: ScriptSocket): void {
    const openedAt = this.#options.now();
    const rest = {
      turn: undefined,
      isGone: false,
      run: undefined,
      live: undefined,
      told: '',
      isOver: false,
    };
    this.#talks.set(script, { script, openedAt, ...rest });
  }

  /** Takes one text frame. */
  receive(script: ScriptSocket, text: string): void {
    const talk = this.#talks.get(script);
    if (talk === undefined || talk.isOver) return;
    if (talk.turn === undefined) this.#wait(talk, this.#receive(talk, text));
    // What has waited is taken a turn of the loop each, as it would have been (IDLE-5).
    else this.#wait(talk, talk.turn.then(() => this.#receive(talk, text)).then(nextTurn));
  }

  /** What comes next waits. */
  #wait(talk: Talk, turn: Promise<void> | undefined): void {
    talk.turn = turn;
    void turn?.finally(() => {
      if (talk.turn === turn) talk.turn = undefined;
    });
  }

  refuse(script: ScriptSocket, reason: string): void {
    const talk = this.#talks.get(script);
    this.lives.counters.badMessages += 1;
    if (talk !== undefined) this.#refuse(talk, reason);
  }

  gone(script: ScriptSocket): void {
    const talk = this.#talks.get(script);
    if (talk === undefined) return;
    talk.isGone = true;
    const end = (): void => {
      this.#talks.delete(script);
      talk.isOver = true;
      this.#lose(talk);
    };
    if (talk.turn === undefined) end();
    else this.#wait(talk, talk.turn.then(end));
  }

  /** Reads a Set of Live anew. @returns whether there is one */
  retry(set: SetId): boolean {
    const live = this.lives.of(set);
    const run = live?.newest;
    if (live === undefined || run === undefined) return false;
    for (const message of live.retry(this.#options.now())) this.#sendTo(run.id, message);
    return true;
  }

  /** Somebody wants the position of the song of a Set, or nobody does any more. */
  watchPlayhead(set: SetId, isWatched: boolean): void {
    if (isWatched) this.#playheads.add(set);
    else this.#playheads.delete(set);
    const run = this.lives.of(set)?.newest;
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
    if (!this.#options.isRealtime()) this.lives.setBackAll(now);
    this.lives.tick(now);
    for (const talk of this.#talks.values()) {
      const isLate = talk.run === undefined && now - talk.openedAt > SCRIPT_LIMITS.helloMs;
      if (isLate && !talk.isOver) this.#end(talk, 'too_slow', 'no hello came in time');
    }
  }

  // ── Messages ────────────────────────────────────────────────────────────────────────────────────────

  /** @returns what the next message has to wait for */
  #receive(talk: Talk, text: string): Promise<void> | undefined {
    if (talk.isOver || this.#isClosed) return undefined;
    const decoded = decodeScriptMessage(text);
    if (decoded.ok) {
      const { message } = decoded;
      return message.type === 'hello'
        ? this.#hello(talk, message.payload, text)
        : this.#handle(talk, message, text);
    }
    this.lives.counters.badMessages += 1;
    const run = decoded.lost && talk.live?.run(decoded.lost.run);
    if (run === undefined || decoded.lost === undefined) this.#refuse(talk, decoded.reason);
    else this.#skip(talk, run, decoded.lost.seq, decoded.reason);
    return undefined;
  }

  #handle(talk: Talk, message: AfterHello, text: string): Promise<void> | undefined {
    const { live } = talk;
    const run = live?.run(message.payload.run);
    if (live === undefined || run === undefined) {
      this.#refuse(talk, `${message.type} of a run that said no hello`);
      return undefined;
    }
    const now = this.#options.now();
    if (run === talk.run) live.state.sign(now);
    switch (message.type) {
      case 'events':
        return this.#events(talk, live, run, message.payload, text);
      case 'ephemeral':
        live.takeEphemeral(run, message.payload);
        return undefined;
      case 'heartbeat':
        live.takeHeartbeat(run, message.payload, now);
        this.#noteSet(talk, message.payload);
        return undefined;
      case 'gap':
        this.#skip(talk, run, message.payload.toSeq, 'frames are lost');
        return undefined;
      case 'realtime':
        this.#options.onRealtime(message.payload.on);
        return undefined;
      case 'bye':
        this.#bye(talk, message.payload);
        return undefined;
      default: {
        const never: never = message;
        throw new Error(`unhandled message ${JSON.stringify(never)}`);
      }
    }
  }

  #events(
    talk: Talk,
    live: LiveSet,
    run: LiveRun,
    frame: Payload<'events'>,
    text: string,
  ): Promise<void> | undefined {
    const step = live.take(run, frame, text, this.#options.now());
    if (step.is === 'far') {
      this.#end(talk, 'out_of_order', `frame ${frame.seq} comes long after frame ${run.cursor}`);
      return undefined;
    }
    for (const message of step.requests) talk.script.send(message);
    if (live.isJoining) return this.#join(talk, live, run);
    // Also while a snapshot is held back: the script must not have to keep all of it.
    this.#ack(talk, run);
    return undefined;
  }

  /** The frame is in the journal when the Set of Live is shown: only then it is acknowledged. */
  async #join(talk: Talk, live: LiveSet, run: LiveRun): Promise<void> {
    while (live.isJoining && !this.#isClosed) {
      const end = performance.now() + SLICE_MS;
      do live.joinOn();
      while (live.isJoining && performance.now() < end);
      await nextTurn();
    }
    if (!this.#isClosed) this.#ack(talk, run);
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

  #hello(talk: Talk, hello: ScriptHello, text: string): Promise<void> | undefined {
    if (hello.protocol !== SCRIPT_PROTOCOL_VERSION) {
      const message = `This hub speaks version ${SCRIPT_PROTOCOL_VERSION} of the script's protocol: update the Remote Script, or LiveTree.`;
      this.#end(talk, 'version', message);
      return undefined;
    }
    const before = this.lives.knowing(hello.run);
    if (before !== undefined && !this.#options.isRealtime()) this.lives.setBack(before);
    const known = this.lives.knowing(hello.run);
    if (known === undefined) return this.#begin(talk, hello, text);
    this.#resume(talk, hello, known, text);
    return undefined;
  }

  /** The same run is there again. */
  #resume(talk: Talk, hello: ScriptHello, live: LiveSet, text: string): void {
    const run = live.run(hello.run);
    if (run === undefined) return;
    this.#takeOver(talk, (other) => other.run === run);
    this.#lose(talk);
    this.#bind(talk, live, run, hello);
    const canResume = run.cursor !== undefined && hello.lastSeq >= run.cursor;
    const now = this.#options.now();
    if (!canResume) live.startOver(run, { text, lastSeq: hello.lastSeq }, now);
    this.#welcome(talk, hello, run.cursor ?? null, null);
    this.#askPlayhead(talk);
    for (const message of live.resume(run, now)) talk.script.send(message);
  }

  /** A new run: of a Set that is known by its path or process, or of a new one. */
  async #begin(talk: Talk, hello: ScriptHello, text: string): Promise<void> {
    this.#takeOver(talk, (other) => other.run?.options.pid === hello.pid);
    this.#lose(talk);
    const path = await allowedPath(hello.setPath);
    if (talk.isOver || talk.isGone) return;
    const live = await this.lives.liveFor(hello, path);
    if (talk.isOver || talk.isGone || live === undefined) {
      if (!talk.isOver && !talk.isGone) this.#end(talk, 'too_many', 'This hub mirrors no more Sets.');
      return;
    }
    if (live.run(hello.run) !== undefined) {
      this.#resume(talk, hello, live, text);
      return;
    }
    const run = this.lives.newRun(hello, `r${live.desk.nextRun()}.`);
    const spool = hello.spool && spoolAnswer(live, hello.spool);
    this.#bind(talk, live, run, hello);
    this.#welcome(talk, hello, null, spool);
    this.#askPlayhead(talk);
    live.begin(run, { text, lastSeq: hello.lastSeq }, this.#options.now());
    this.#options.logger.info(`${live.desk.info.name}: Live ${hello.liveVersion} is connected`);
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

/** ms of work in one turn of the loop, beside the slice in which they end: the change itself is a big one. */
const SLICE_MS = 1;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const playhead = (isWatched: boolean): ToScript => ({
  type: isWatched ? 'observe' : 'unobserve',
  payload: { handle: SONG_HANDLE, facet: 'playhead' },
});

/** What a dead run left is of use where its last tree is still there, and the frames follow it. */
function spoolAnswer(live: LiveSet, { run, firstSeq }: NonNullable<ScriptHello['spool']>): 'send' | 'drop' {
  const cursor = live.run(run)?.cursor;
  return cursor !== undefined && firstSeq <= cursor + 1 ? 'send' : 'drop';
}

/** The real path; `undefined` while there is none, or for one that must not be looked at. */
async function allowedPath(path: string): Promise<string | undefined> {
  return path === '' || refusePath(path) !== undefined ? undefined : realPathOf(path);
}
