/** Lua with the stand-in for Hammerspoon (hammerspoon/tests/fake_hs.lua); sockets, HTTP and timers are real. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { until } from './soak/stage.ts';

const ROOT = resolve(import.meta.dirname, '..');

export const LUA = ['lua5.4', 'lua'].find((name) => /^Lua 5\.4/.test(String(spawnSync(name, ['-v']).stdout)));

/** What the stand-in wants done; `id` names the object of Lua that it is of. */
export interface Effect {
  readonly effect: string;
  readonly id: number;
  readonly [member: string]: unknown;
}

export interface Answer {
  readonly result?: unknown;
  readonly problem?: string;
}

export interface HammerspoonOptions {
  /** Folder of the hub's state file. */
  readonly stateDir: string;
  /** Sent with WebSockets, as the library that Hammerspoon uses may do. */
  readonly origin?: string;
}

/** A socket of Lua, and what came and was not asked for yet. */
interface Line {
  readonly socket: Socket;
  text: string;
  isAsked: boolean;
}

export class Hammerspoon {
  readonly #process: ChildProcess;
  readonly #options: HammerspoonOptions;
  readonly #lines = new Map<number, Line>();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #sockets = new Map<number, WebSocket>();
  readonly #answers = new Map<number, { done: (answer: Answer) => void; fail: (error: Error) => void }>();
  #asked = 1_000_000;
  #said = '';
  /** Everything that was wanted, oldest first. */
  readonly effects: Effect[] = [];

  constructor(options: HammerspoonOptions) {
    this.#options = options;
    this.#process = spawn(LUA ?? 'lua5.4', [join(ROOT, 'hammerspoon/tests/play.lua')], {
      env: { ...process.env, LIVETREE_STATE_DIR: options.stateDir },
    });
    this.#process.stderr?.on('data', (text) => {
      this.#said += String(text);
    });
    this.#process.once('exit', () => {
      for (const { fail } of this.#answers.values()) fail(new Error(`Lua ended: ${this.#said}`));
    });
    if (this.#process.stdout)
      createInterface(this.#process.stdout).on('line', (line) => this.#take(JSON.parse(line) as Effect));
  }

  /** Runs Lua in which `answer` is called. @throws Error with what Lua raised */
  run(lua: string): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((done, fail) => {
      this.#answers.set(id, { done, fail });
      this.tell(id, { lua });
    });
  }

  /** Something happens to an object of Lua. */
  tell(id: number, event: Readonly<Record<string, unknown>>): void {
    this.#process.stdin?.write(`${JSON.stringify({ id, ...event })}\n`);
  }

  /** The newest effect of that name. */
  last(name: string): Effect | undefined {
    return this.effects.findLast(({ effect }) => effect === name);
  }

  async shows(name: string, text: string): Promise<void> {
    await until(`${name}: ${text}`, () => this.last(name)?.['text'] === text);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const { socket } of this.#lines.values()) socket.destroy();
    for (const socket of this.#sockets.values()) socket.terminate();
    const gone = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGKILL');
    await gone;
  }

  #take(effect: Effect): void {
    this.effects.push(effect);
    const { id } = effect;
    const text = (name: string): string => String(effect[name] ?? '');
    const doing: Readonly<Record<string, () => void>> = {
      answer: () => this.#answered(effect),
      raised: () => this.#answered(effect),
      connect: () => this.#connect(id, text('host'), Number(effect['port'])),
      write: () => this.#lines.get(id)?.socket.write(text('data')),
      read: () => this.#read(id),
      disconnect: () => this.#lines.get(id)?.socket.destroy(),
      timer: () => this.#startTimer(id, Number(effect['seconds']) * 1000, effect['isRepeated'] === true),
      stopTimer: () => clearTimeout(this.#timers.get(id)),
      get: () => void this.#get(id, text('url')),
      collected: () => this.#collected(id),
      webSocket: () => this.#open(id, text('url')),
      send: () => this.#sockets.get(id)?.send(text('message'), { binary: effect['isData'] === true }),
      closeWebSocket: () => this.#sockets.get(id)?.close(),
    };
    doing[effect.effect]?.();
  }

  /** As Hammerspoon: what nobody in Lua holds any more is ended. */
  #collected(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#lines.get(id)?.socket.destroy();
    this.#sockets.get(id)?.terminate();
  }

  #answered({ effect, id, result, problem }: Effect): void {
    const waiting = this.#answers.get(id);
    this.#answers.delete(id);
    if (effect === 'raised') waiting?.fail(new Error(String(problem)));
    else waiting?.done(problem === undefined ? { result } : { result, problem: String(problem) });
  }

  /** As Hammerspoon: a connection that fails, or ends, tells Lua nothing. */
  #connect(id: number, host: string, port: number): void {
    const socket = connect(port, host, () => this.tell(id, { what: 'connected' }));
    const line: Line = { socket, text: '', isAsked: false };
    this.#lines.set(id, line);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      line.text += String(data);
      this.#deliver(id, line);
    });
  }

  #read(id: number): void {
    const line = this.#lines.get(id);
    if (line === undefined) return;
    line.isAsked = true;
    this.#deliver(id, line);
  }

  #deliver(id: number, line: Line): void {
    const end = line.text.indexOf('\n') + 1;
    if (!line.isAsked || end === 0) return;
    line.isAsked = false;
    this.tell(id, { what: 'data', data: line.text.slice(0, end) });
    line.text = line.text.slice(end);
  }

  #startTimer(id: number, ms: number, isRepeated: boolean): void {
    const ring = (): void => this.tell(id, {});
    this.#timers.set(id, isRepeated ? setInterval(ring, ms) : setTimeout(ring, ms));
  }

  async #get(id: number, url: string): Promise<void> {
    try {
      const response = await fetch(url);
      this.tell(id, { status: response.status, body: await response.text() });
    } catch (error) {
      this.tell(id, { status: -1, body: String(error) });
    }
  }

  #open(id: number, url: string): void {
    const { origin } = this.#options;
    const socket = new WebSocket(url, origin === undefined ? {} : { origin });
    this.#sockets.set(id, socket);
    socket.on('open', () => this.tell(id, { what: 'open' }));
    socket.on('error', (error) => this.tell(id, { what: 'fail', message: error.message }));
    socket.on('close', () => this.tell(id, { what: 'closed' }));
    socket.on('message', (data, isBinary) =>
      this.tell(id, { what: 'received', message: isBinary ? '\u0000binary' : String(data) }),
    );
  }
}
