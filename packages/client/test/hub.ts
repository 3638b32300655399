/** A real server on a free port that speaks for an {@link Authority}; with a page beside it if wanted. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import type { NodeOf } from '@livetree/live-set';
import type { ClientMessage } from '@livetree/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { Authority, clip, type Frame, setOf, track } from './authority.ts';

export class TestHub {
  readonly authority: Authority;
  /** Refuse every connection with this code. */
  closeCode: number | undefined;
  readonly #page: RequestListener | undefined;
  #http: Server;
  #sockets: WebSocketServer;
  #port = 0;

  constructor(
    root: NodeOf<'set'> = setOf(track('Bass', { clips: [clip('Verse')] })),
    page?: RequestListener,
  ) {
    this.authority = new Authority(root);
    this.#page = page;
    [this.#http, this.#sockets] = this.#create();
  }

  /** Host and port, once it listens. */
  async host(): Promise<string> {
    if (!this.#http.listening) await this.#listen();
    return `127.0.0.1:${this.#port}`;
  }
  async url(): Promise<string> {
    return `ws://${await this.host()}/sync`;
  }
  send(frame: Exclude<Frame, Uint8Array>): void {
    for (const socket of this.#sockets.clients) socket.send(JSON.stringify(frame));
  }
  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((done) => this.#http.close(done));
  }
  /** Listens again on the same port, with what the authority has become. */
  async start(): Promise<void> {
    [this.#http, this.#sockets] = this.#create();
    await this.#listen();
  }

  #create(): [Server, WebSocketServer] {
    const http = createServer(this.#page);
    const sockets = new WebSocketServer({ server: http, path: '/sync' });
    sockets.on('connection', (socket) => {
      if (this.closeCode !== undefined) socket.close(this.closeCode, 'no');
      else socket.on('message', (data) => this.#heard(socket, JSON.parse(String(data)) as ClientMessage));
    });
    return [http, sockets];
  }
  async #listen(): Promise<void> {
    this.#http.listen(this.#port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#port = (this.#http.address() as AddressInfo).port;
  }
  #heard(socket: WebSocket, message: ClientMessage): void {
    for (const frame of deflated(this.authority.answer(message))) {
      socket.send(frame instanceof Uint8Array ? frame : JSON.stringify(frame));
    }
  }
}

/** The authority's plain pieces as the wire has them: deflated, cut in two. */
function deflated(frames: readonly Frame[]): readonly Frame[] {
  const pieces = frames.filter((frame) => frame instanceof Uint8Array);
  if (pieces.length === 0) return frames;
  const bytes = new Uint8Array(deflateRawSync(Buffer.concat(pieces)));
  return frames.flatMap((frame): Frame[] => {
    if (frame instanceof Uint8Array) return frame === pieces[0] ? [bytes.slice(0, 50), bytes.slice(50)] : [];
    return frame.type === 'snapshot' ? [{ ...frame, chunks: 2, bytes: bytes.length }] : [frame];
  });
}
