/** The WebSocket side: upgrades, frames in and out, silent sockets. What frames mean is the switchboard's. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE_CODES, SYNC_LIMITS } from '@livetree/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import type { AccessRules } from '../access.ts';
import { judgeAccess, mayCommand } from '../access.ts';
import type { ClientId, MessageParts } from '../effect.ts';
import { claimOf, urlOf } from './http.ts';
import { STATUS_CODES } from './node-http.ts';

export interface SocketEvents {
  /** @param mayCommand whether it may give commands */
  readonly onOpen: (client: ClientId, mayCommand: boolean) => void;
  readonly onText: (client: ClientId, text: string) => void;
  readonly onBinary: (client: ClientId) => void;
  readonly onGone: (client: ClientId) => void;
}

export interface SocketOptions {
  readonly rules: () => AccessRules;
  readonly events: SocketEvents;
  /** Clients at a time. */
  readonly clients: number;
  /** ms between two pings; who has not answered the last one is cut off. */
  readonly pingMs: number;
}

/** ms a client has to answer a close before it is cut off. */
const GOODBYE_MS = 500;

export class SyncSockets {
  readonly #options: SocketOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Map<ClientId, WebSocket>();
  readonly #silent = new WeakSet<WebSocket>();
  readonly #pings: NodeJS.Timeout;
  #sentBytes = 0;
  #lastText: { readonly text: string; readonly bytes: Buffer } | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: SYNC_LIMITS.frameBytes,
    });
    this.#pings = setInterval(() => this.#pingAll(), options.pingMs).unref();
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Bytes of messages handed to all sockets so far. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Judges an upgrade before the handshake: a page that may not connect learns nothing but the status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = urlOf(request);
    const rules = this.#options.rules();
    const claim = url && claimOf(request, url);
    const verdict = claim && judgeAccess(claim, rules);
    if (claim === undefined || verdict === undefined) refuseUpgrade(socket, 400, 'Bad request.');
    else if (!verdict.ok) refuseUpgrade(socket, verdict.status, verdict.reason);
    else if (url?.pathname !== '/sync') refuseUpgrade(socket, 404, 'Clients connect to /sync.');
    else {
      const isTrusted = mayCommand(claim, rules);
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, isTrusted));
    }
  }

  send(client: ClientId, text: string): void {
    const socket = this.#sockets.get(client);
    if (socket === undefined) return;
    const bytes = this.#encode(text);
    this.#sentBytes += bytes.length;
    socket.send(bytes, { binary: false });
  }

  /** Sends one text message, each part as a frame of its own: nothing big is copied or encoded. */
  sendParts(client: ClientId, parts: MessageParts): void {
    const socket = this.#sockets.get(client);
    if (socket === undefined) return;
    for (const [at, part] of parts.entries()) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      this.#sentBytes += bytes.byteLength;
      socket.send(bytes, { binary: false, fin: at === parts.length - 1 });
    }
  }

  sendBinary(client: ClientId, chunks: readonly Uint8Array[]): void {
    const socket = this.#sockets.get(client);
    if (socket === undefined) return;
    for (const chunk of chunks) {
      this.#sentBytes += chunk.byteLength;
      socket.send(chunk);
    }
  }

  close(client: ClientId, code: number, reason: string): void {
    const socket = this.#sockets.get(client);
    if (socket !== undefined) sayGoodbye(socket, code, reason);
  }

  /** Bytes handed over for this client that the system has not taken yet. */
  waitingBytes(client: ClientId): number {
    return this.#sockets.get(client)?.bufferedAmount ?? 0;
  }

  /** Closes all, and waits until they are gone. */
  async closeAll(): Promise<void> {
    clearInterval(this.#pings);
    const sockets = [...this.#sockets.values()];
    const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) sayGoodbye(socket, CLOSE_CODES.goingAway.code, 'the hub stops');
    await Promise.all(gone);
  }

  #open(socket: WebSocket, isTrusted: boolean): void {
    socket.on('error', () => socket.terminate());
    if (this.#sockets.size >= this.#options.clients) {
      sayGoodbye(socket, CLOSE_CODES.limit.code, `this hub serves at most ${this.#options.clients} clients`);
      return;
    }
    const { events } = this.#options;
    const client = randomUUID();
    this.#sockets.set(client, socket);
    socket.on('message', (data, isBinary) => {
      if (isBinary) events.onBinary(client);
      else events.onText(client, data.toString());
    });
    socket.on('pong', () => this.#silent.delete(socket));
    socket.on('close', () => {
      this.#sockets.delete(client);
      events.onGone(client);
    });
    events.onOpen(client, isTrusted);
  }

  /** A patch goes to all clients: its text is encoded once. */
  #encode(text: string): Buffer {
    if (this.#lastText?.text !== text) this.#lastText = { text, bytes: Buffer.from(text) };
    return this.#lastText.bytes;
  }

  #pingAll(): void {
    for (const socket of this.#sockets.values()) {
      if (this.#silent.has(socket)) socket.terminate();
      this.#silent.add(socket);
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }
  }
}

/** Closes with a reason, and cuts off who does not answer. */
export function sayGoodbye(socket: WebSocket, code: number, reason: string): void {
  const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
  socket.once('close', () => clearTimeout(timer));
  // A close frame holds at most 123 bytes of reason.
  socket.close(
    code,
    Buffer.from(reason)
      .subarray(0, 123)
      .toString('utf8')
      .replace(/\uFFFD+$/, ''),
  );
}

/** Answers an upgrade with a status instead. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  const body = `${reason}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `X-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
