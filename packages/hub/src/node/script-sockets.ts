/** The WebSocket side of `/script`: frames in and out. What they mean is the script hub's. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RefusalCode, ToScript } from '@livetree/protocol';
import { encodeToScript, SCRIPT_LIMITS } from '@livetree/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import type { AccessRules } from '../access.ts';
import { judgeScript } from '../access.ts';
import { claimOf } from './http.ts';
import { refuseUpgrade, sayGoodbye } from './sockets.ts';

/** One connected script. */
export class ScriptSocket {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(message: ToScript): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(encodeToScript(message));
  }

  /** Says why, and closes; the script tries again later. */
  refuse(code: RefusalCode, message: string): void {
    this.send({ type: 'refuse', payload: { code, message } });
    sayGoodbye(this.#socket, REFUSED, message);
  }

  /** The hub stops. */
  leave(): void {
    sayGoodbye(this.#socket, GOING_AWAY, 'the hub stops');
  }
}

const REFUSED = 4400;
const GOING_AWAY = 1001;

export interface ScriptSocketEvents {
  readonly onOpen: (script: ScriptSocket) => void;
  readonly onText: (script: ScriptSocket, text: string) => void;
  readonly onBinary: (script: ScriptSocket) => void;
  readonly onGone: (script: ScriptSocket) => void;
}

export class ScriptSockets {
  readonly #rules: () => AccessRules;
  readonly #events: ScriptSocketEvents;
  readonly #server: WebSocketServer;
  readonly #sockets = new Map<WebSocket, ScriptSocket>();

  constructor(rules: () => AccessRules, events: ScriptSocketEvents) {
    this.#rules = rules;
    this.#events = events;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      // Live is read in bursts: a turn of the loop each, not one for all that came at once (IDLE-5).
      allowSynchronousEvents: false,
      maxPayload: SCRIPT_LIMITS.frameBytes,
    });
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Judges an upgrade before the handshake. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): void {
    const verdict = judgeScript(claimOf(request, url), this.#rules(), request.socket.remoteAddress);
    if (verdict.ok) this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws));
    else refuseUpgrade(socket, verdict.status, verdict.reason);
  }

  /** Closes all, and waits until they are gone. */
  async closeAll(): Promise<void> {
    const gone = [...this.#sockets].map(([socket, script]) => {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      script.leave();
      return closed;
    });
    await Promise.all(gone);
  }

  #open(socket: WebSocket): void {
    const script = new ScriptSocket(socket);
    socket.on('error', () => socket.terminate());
    if (this.#sockets.size >= SCRIPT_LIMITS.connections) {
      script.refuse('too_many', `This hub serves at most ${SCRIPT_LIMITS.connections} Remote Scripts.`);
      return;
    }
    this.#sockets.set(socket, script);
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#events.onBinary(script);
      else this.#events.onText(script, data.toString());
    });
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#events.onGone(script);
    });
    this.#events.onOpen(script);
  }
}
