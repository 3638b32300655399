/** A real client over a real socket, and a replica behind it. */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { ClientMessage, Command, CommandName, HubMessage, Result, Welcome } from '@livetree/protocol';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';
import { Replica } from './replica.ts';
import { until } from './until.ts';

export class Client {
  readonly socket: WebSocket;
  readonly replica: Replica;
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** What the replica could not accept. */
  broken: unknown;

  constructor(
    port: number,
    { replica, ...options }: ClientOptions & { replica?: Replica; query?: string } = {},
  ) {
    this.replica = replica ?? new Replica();
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/sync${options.query ?? ''}`, options);
    this.socket.on('message', (data, isBinary) => this.#take(data as Buffer, isBinary));
    this.socket.on('error', () => {});
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
  }

  /** A client that has said hello and has the whole tree. */
  static async inStep(port: number, query = ''): Promise<Client> {
    const client = new Client(port, { query });
    await client.opened();
    await client.hello();
    await until('the snapshot comes', () => client.replica.root !== undefined);
    await client.command('install');
    return client;
  }

  async opened(): Promise<void> {
    await until('the socket opens', () => this.socket.readyState === WebSocket.OPEN);
  }

  say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  async hello(more: Partial<Extract<ClientMessage, { type: 'hello' }>> = {}): Promise<Welcome> {
    const request = randomUUID();
    this.say({ type: 'hello', protocol: PROTOCOL_VERSION, request, ...more });
    return until('the welcome comes', () => this.#answerTo(request, 'welcome'));
  }

  /** All that the hub had sent before has been taken when the answer is there. */
  async command(name: CommandName, args: Command['args'] = {}): Promise<Result> {
    const request = randomUUID();
    this.say({ type: 'command', request, name, args });
    return until('the hub answers', () => this.#answerTo(request, 'result'));
  }

  /** The newest message of a type, as soon as there is one. */
  heard<T extends HubMessage['type']>(type: T): Promise<Extract<HubMessage, { type: T }>> {
    return until(`a message ${type} comes`, () => {
      if (this.broken !== undefined) throw this.broken;
      return this.replica.heard.findLast(
        (message): message is Extract<HubMessage, { type: T }> => message.type === type,
      );
    });
  }

  /** The close code. */
  async ended(): Promise<number> {
    await until('the hub closes the socket', () => this.closed !== undefined);
    return this.closed?.code ?? 0;
  }

  #answerTo<T extends 'welcome' | 'result'>(request: string, type: T) {
    return this.replica.heard.find(
      (message): message is Extract<HubMessage, { type: T }> =>
        message.type === type && message.request === request,
    );
  }

  #take(data: Buffer, isBinary: boolean): void {
    try {
      if (isBinary) this.replica.takeBinary(data);
      else this.replica.takeText(data.toString());
    } catch (error) {
      this.broken ??= error;
    }
  }
}

/** Sends text over a plain socket and returns all that comes back until it is closed. */
export function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
