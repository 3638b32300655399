/**
 * A wire between the Remote Script and the hub that a test can pull: cut at any byte, held shut, led to another
 * hub. Between two frames of the hub it can say something of its own, or keep one back.
 */
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ScriptMessage, ToScript } from '@livetree/protocol';

export interface RelayOptions {
  /** Messages of the hub that the script does not get. */
  readonly keepsBack?: (message: ToScript) => boolean;
  /** Said to the script after each welcome. */
  readonly says?: readonly ToScript[];
}

type FromScript = ScriptMessage;

/** Of the first byte of a frame: its kinds, and the bit of the last one of a message. */
const CONTINUED = 0;
const TEXT = 1;
const LAST = 0x80;

export class Relay {
  readonly #options: RelayOptions;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly #hearers = new Set<(message: FromScript) => void>();
  readonly port: number;
  /** Port of the hub; `undefined`: nobody is there. */
  target: number | undefined;

  private constructor(server: Server, port: number, options: RelayOptions) {
    this.#server = server;
    this.#options = options;
    this.port = port;
    server.on('connection', (script) => this.#join(script));
  }

  static async open(options: RelayOptions = {}): Promise<Relay> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new Relay(server, address.port, options);
  }

  /** Says something to the script, as if the hub did. */
  say(message: ToScript): void {
    for (const pair of this.#pairs) pair.say(message);
  }

  /** Calls back with each message of the script, until the answer is called. */
  hear(hearer: (message: FromScript) => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  /** Asks the script to read once what has no listener, and waits until it has heard the question. */
  async barrier(id: string): Promise<void> {
    let isAnswered = false;
    const end = this.hear(({ type, payload }) => {
      isAnswered ||= type === 'events' && payload.barrier?.includes(id) === true;
    });
    // It may be between two connections: then nobody hears the question.
    for (let at = 0; !isAnswered; at++) {
      if (at % 20 === 0) this.say({ type: 'barrier', payload: { id } });
      await pause(5);
    }
    end();
  }

  /** Cuts all connections now. */
  cut(): void {
    for (const pair of this.#pairs) pair.end();
  }

  /** Cuts the connection after so many more bytes of the script: in the middle of a frame, most times. */
  cutAfter(bytes: number): void {
    for (const pair of this.#pairs) pair.cutAfter(bytes);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.#server.close(done));
  }

  #join(script: Socket): void {
    script.on('error', () => {});
    if (this.target === undefined) {
      script.destroy();
      return;
    }
    const pair = new Pair(script, this.target, this.#options, (message) => {
      for (const hear of this.#hearers) hear(message);
    });
    this.#pairs.add(pair);
    script.on('close', () => this.#pairs.delete(pair));
  }
}

class Pair {
  readonly #script: Socket;
  readonly #hub: Socket;
  readonly #port: number;
  readonly #options: RelayOptions;
  readonly #heard: Frames;
  readonly #told: Frames;
  #left = Number.POSITIVE_INFINITY;

  constructor(script: Socket, port: number, options: RelayOptions, heard: (message: FromScript) => void) {
    this.#script = script;
    this.#port = port;
    const hub = dial(port, '127.0.0.1');
    this.#hub = hub;
    this.#options = options;
    this.#heard = new Frames((_, text) => text !== undefined && heard(JSON.parse(text) as FromScript));
    this.#told = new Frames((bytes, text) => this.#hand(bytes, text));
    for (const socket of [hub, script]) socket.on('error', () => {});
    script.on('data', (bytes) => this.#fromScript(bytes));
    hub.on('data', (bytes) => this.#told.take(bytes));
    script.on('close', () => hub.destroy());
    hub.on('close', () => script.destroy());
  }

  say(message: ToScript): void {
    if (this.#told.isOpen) this.#script.write(textFrame(message));
  }

  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  end(): void {
    this.#script.destroy();
    this.#hub.destroy();
  }

  #fromScript(bytes: Buffer): void {
    const isOpening = !this.#heard.isOpen;
    this.#hub.write(isOpening ? this.#addressed(bytes) : bytes.subarray(0, this.#left));
    this.#heard.take(bytes);
    this.#left -= bytes.length;
    if (this.#left <= 0) this.end();
  }

  /** The hub takes only what is addressed to it. */
  #addressed(opening: Buffer): Buffer {
    const host = `Host: 127.0.0.1:${this.#port}`;
    return Buffer.from(opening.toString('latin1').replace(/Host: [^\r]*/, host), 'latin1');
  }

  #hand(bytes: Buffer, text: string | undefined): void {
    const message = text === undefined ? undefined : (JSON.parse(text) as ToScript);
    if (message === undefined || this.#options.keepsBack?.(message) !== true) this.#script.write(bytes);
    if (message?.type === 'welcome') for (const each of this.#options.says ?? []) this.say(each);
  }
}

/** The frames of one direction (RFC 6455, 5.2 and 5.4), after the line of HTTP that opens it. */
class Frames {
  readonly #each: (bytes: Buffer, text: string | undefined) => void;
  #rest: Buffer = Buffer.alloc(0);
  /** What has come of a message of text that is longer than a frame. */
  #parts: Buffer[] = [];
  isOpen = false;

  /** @param each gets each frame, with the text of the message that ends in it; and the opening */
  constructor(each: (bytes: Buffer, text: string | undefined) => void) {
    this.#each = each;
  }

  take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let size = this.#size(); size !== undefined && size <= this.#rest.length; size = this.#size()) {
      const frame = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      const text = this.isOpen ? this.#textEndingIn(frame) : undefined;
      this.isOpen = true;
      this.#each(frame, text);
    }
  }

  /** A long message comes in several frames, between which others (pings) may stand. */
  #textEndingIn(frame: Buffer): string | undefined {
    const head = frame[0] ?? 0;
    const kind = head & 0x0f;
    if (kind !== TEXT && !(kind === CONTINUED && this.#parts.length > 0)) return undefined;
    this.#parts.push(contentOf(frame));
    if (head < LAST) return undefined;
    const text = Buffer.concat(this.#parts).toString();
    this.#parts = [];
    return text;
  }

  /** Bytes of what comes next; `undefined`: too few to tell. */
  #size(): number | undefined {
    if (!this.isOpen)
      return this.#rest.indexOf('\r\n\r\n') + 4 > 3 ? this.#rest.indexOf('\r\n\r\n') + 4 : undefined;
    const head = headOf(this.#rest);
    return this.#rest.length < head.size ? undefined : head.size + head.length;
  }
}

/** Size of a frame's head (with its mask), and length of what follows. */
function headOf(bytes: Buffer): { readonly size: number; readonly length: number } {
  const short = (bytes[1] ?? 0) & 0x7f;
  const mask = (bytes[1] ?? 0) > 0x7f ? 4 : 0;
  if (short < 126) return { size: (bytes.length < 2 ? 3 : 2) + mask, length: short };
  if (short === 126) return { size: 4 + mask, length: bytes.length < 4 ? 0 : bytes.readUInt16BE(2) };
  return { size: 10 + mask, length: bytes.length < 10 ? 0 : Number(bytes.readBigUInt64BE(2)) };
}

/** What a frame holds, without its mask. */
function contentOf(frame: Buffer): Buffer {
  const { size } = headOf(frame);
  const content = Buffer.from(frame.subarray(size));
  if ((frame[1] ?? 0) <= 0x7f) return content;
  const mask = frame.subarray(size - 4, size);
  for (let at = 0; at < content.length; at++) content[at] = (content[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return content;
}

function textFrame(message: ToScript): Buffer {
  const text = Buffer.from(JSON.stringify({ source: 'hub', ...message }));
  const head = text.length < 126 ? Buffer.from([0x81, text.length]) : Buffer.from([0x81, 126, 0, 0]);
  if (text.length >= 126) head.writeUInt16BE(text.length, 2);
  return Buffer.concat([head, text]);
}
