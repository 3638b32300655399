/**
 * Plays a recorded run to the hub as a Remote Script would: over its own WebSocket, with hello, welcome and
 * acknowledgements. At the end it says goodbye and begins again as a new run.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ToScript } from '@livetree/protocol';
import { WebSocket } from 'ws';
import type { RecordedMessage, Recording } from './recording.ts';
import { Shadow } from './shadow.ts';
import type { Simulator } from './simulator.ts';

export interface PlayerOptions {
  readonly recording: Recording;
  readonly port: number;
  /** Path of the Set whose run it is said to be. */
  readonly set: string;
  readonly speed: number;
  /** Called at the end of the recording; it begins again when the answer has come. Else it rests a little. */
  readonly onEnd?: () => Promise<void>;
}

/** Frames that may wait for the hub's acknowledgement. */
const UNACKED = 64;
/** ms between the last change and the new beginning, in the time of Live. */
const REST_MS = 8_000;
/** ms between two signs of life. */
const BEAT_MS = 1_000;
/** ms until a hub that does not answer is tried again. */
const AGAIN_MS = 500;

export function startPlayer(options: PlayerOptions): Simulator {
  const player = new Player(options);
  player.connect();
  return player;
}

class Player implements Simulator {
  readonly ended: Promise<string | undefined>;
  readonly #options: PlayerOptions;
  #end: (problem: string | undefined) => void = () => {};
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Signs of life while nothing is left to be played. */
  #beats: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** The hub's switch; while it is off only heartbeats go out. */
  #isOn = true;
  #run = '';
  #shadow = new Shadow();
  #next = 0;
  #seq = 0;
  #acked = 0;
  /** When the recording began, by `performance.now`. */
  #began = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Begins a new run. */
  connect(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#run = randomUUID().replaceAll('-', '');
    this.#shadow = new Shadow();
    [this.#next, this.#seq, this.#acked] = [0, 0, 0];
    const socket = new WebSocket(`ws://127.0.0.1:${this.#options.port}/script`, { perMessageDeflate: false });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('open', () => this.#hello());
    socket.on('message', (data) => {
      if (socket === this.#socket) this.#take(JSON.parse(data.toString()) as ToScript);
    });
    socket.on('close', () => {
      if (socket === this.#socket) this.#later(AGAIN_MS, () => this.connect());
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#goodbye('disconnect');
    this.#end(undefined);
  }

  // ── The hub ─────────────────────────────────────────────────────────────────────────────────────────

  #take(message: ToScript): void {
    switch (message.type) {
      case 'welcome':
        this.#isOn = message.payload.realtime;
        this.#began = performance.now();
        this.#play();
        return;
      case 'ack':
        this.#acked = Math.max(this.#acked, message.payload.seq);
        this.#play();
        return;
      case 'barrier':
        // Nothing is on its way that was not sent.
        if (this.#isOn) this.#send('events', { barrier: [message.payload.id] });
        return;
      case 'configure':
        if (message.payload.realtime !== undefined) this.#turn(message.payload.realtime);
        return;
      case 'resync':
        if (this.#isOn) this.#send('events', { ...this.#shadow.under(message.payload.handle) });
        return;
      case 'refuse':
        this.#isClosed = true;
        clearTimeout(this.#timer);
        this.#end(`The hub refused the recorded run: ${message.payload.message}`);
        return;
      case 'observe':
      case 'unobserve':
      case 'ping':
        return;
      default:
        message satisfies never;
    }
  }

  #turn(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    void this.#goodbye('realtime off').then(() => this.connect());
  }

  #beginAgain(): void {
    void this.#goodbye('set changed').then(() => this.connect());
  }

  #hello(): void {
    const setPath = this.#options.set;
    const { hello } = this.#options.recording;
    const own = {
      run: this.#run,
      pid: process.pid,
      setPath,
      setName: nameOf(setPath),
      lastSeq: 0,
      recorded: true,
    };
    this.#put('hello', { ...hello, ...own });
  }

  /** Says the last word of a run and waits until the connection is closed. */
  async #goodbye(reason: string): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#timer);
    clearInterval(this.#beats);
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(textOf('bye', { run: this.#run, reason }));
      socket.close(1000);
      setTimeout(() => socket.terminate(), AGAIN_MS).unref();
    } else socket.terminate();
    await closed;
  }

  // ── The recording ───────────────────────────────────────────────────────────────────────────────────

  /** Sends what is due, as far as the hub keeps up. */
  #play(): void {
    clearTimeout(this.#timer);
    const { speed, recording } = this.#options;
    const now = (performance.now() - this.#began) * speed;
    while (this.#seq - this.#acked < UNACKED) {
      const message = recording.messages[this.#next];
      if (message === undefined || message.at > now) {
        this.#wait(message, now);
        return;
      }
      this.#next += 1;
      this.#sendRecorded(message);
    }
  }

  #wait(message: RecordedMessage | undefined, now: number): void {
    const { speed, onEnd } = this.#options;
    if (message !== undefined) this.#later((message.at - now) / speed, () => this.#play());
    else if (this.#seq > this.#acked) return;
    else this.#rest(onEnd, speed);
  }

  #rest(onEnd: PlayerOptions['onEnd'], speed: number): void {
    const beat = this.#options.recording.messages.findLast(({ type }) => type === 'heartbeat');
    clearInterval(this.#beats);
    if (beat !== undefined) this.#beats = setInterval(() => this.#sendRecorded(beat), BEAT_MS);
    if (onEnd === undefined) this.#later(REST_MS / speed, () => this.#beginAgain());
    else void onEnd().then(() => this.#isClosed || this.#beginAgain());
  }

  #sendRecorded({ type, payload }: RecordedMessage): void {
    if (type === 'heartbeat') {
      const setPath = this.#options.set;
      const seq = this.#seq;
      const own = { seq, realtime: this.#isOn, setPath, setName: nameOf(setPath) };
      this.#put(type, { ...payload, ...own, run: this.#run, time: Date.now() / 1000 });
    } else if (this.#isOn) {
      if (type === 'events') this.#shadow.take(payload);
      this.#send(type, payload);
    }
  }

  #send(type: string, payload: RecordedMessage['payload']): void {
    const run = this.#run;
    if (type !== 'events') {
      this.#put(type, { run, ...payload });
      return;
    }
    this.#seq += 1;
    this.#put(type, { run, seq: this.#seq, time: Date.now() / 1000, ...payload });
  }

  #put(type: string, payload: RecordedMessage['payload']): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(textOf(type, payload));
  }

  #later(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(act, Math.max(1, ms));
  }
}

const textOf = (type: string, payload: RecordedMessage['payload']): string =>
  JSON.stringify({ source: 'remote_script', type, payload });
const nameOf = (path: string): string => basename(path).replace(/\.als$/i, '');
