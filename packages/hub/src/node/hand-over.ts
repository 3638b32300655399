/** A second hub on this computer talks to the first: is it there, and would it open this Set? */
import { randomUUID } from 'node:crypto';
import type { ClientMessage, Command, CommandName, HubMessage, Result } from '@livetree/protocol';
import { decodeHubMessage, PROTOCOL_VERSION } from '@livetree/protocol';
import { WebSocket } from 'ws';
import { urlHost } from '../access.ts';
import { HubError } from '../errors.ts';
import type { HubState } from '../state.ts';
import { speaksOurProtocol } from '../state.ts';
import { defaultStateDir, readState } from './state-file.ts';

/** ms the other hub has for each answer. */
const PATIENCE_MS = 3_000;

/** @returns whether a hub of our protocol answers there */
export async function isRunning(state: HubState): Promise<boolean> {
  if (!speaksOurProtocol(state)) return false;
  try {
    const talk = await Talk.begin(state);
    talk.end();
    return true;
  } catch {
    return false;
  }
}

/**
 * Hands a Set to the hub that runs already.
 * @param path absolute
 * @param folder of the state file
 * @returns the address of its page, or `undefined` when no hub of our protocol runs
 * @throws HubError PATH_REFUSED when that hub does not open it; the message says why
 */
export async function handOver(path: string, folder = defaultStateDir()): Promise<string | undefined> {
  const state = await readState(folder);
  if (state === undefined || !speaksOurProtocol(state)) return undefined;
  const talk = await Talk.begin(state).catch(() => undefined);
  if (talk === undefined) return undefined;
  try {
    const request = randomUUID();
    const result = await talk.ask({ type: 'command', request, name: 'open_path', args: { path } }, request);
    if (result.type === 'result' && !result.ok) throw new HubError('PATH_REFUSED', result.message);
    return state.url;
  } finally {
    talk.end();
  }
}

/**
 * Gives the hub of this user a command.
 * @param folder of the state file
 * @returns `undefined` when no hub of our protocol runs
 */
export async function giveCommand(
  name: CommandName,
  args: Command['args'],
  folder = defaultStateDir(),
): Promise<Result | undefined> {
  const state = await readState(folder);
  if (state === undefined || !speaksOurProtocol(state)) return undefined;
  const talk = await Talk.begin(state).catch(() => undefined);
  if (talk === undefined) return undefined;
  try {
    const request = randomUUID();
    const answer = await talk.ask({ type: 'command', request, name, args }, request);
    return answer.type === 'result' ? answer : undefined;
  } finally {
    talk.end();
  }
}

/** A short conversation with another hub, begun with hello. */
class Talk {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @throws Error when no hub of our protocol answers in time */
  static async begin({ host, port, token }: HubState): Promise<Talk> {
    const address = `ws://${urlHost(host)}:${port}/sync?token=${encodeURIComponent(token)}`;
    const socket = new WebSocket(address, { handshakeTimeout: PATIENCE_MS, perMessageDeflate: false });
    socket.on('error', () => {});
    const talk = new Talk(socket);
    try {
      await talk.#opened();
      const request = randomUUID();
      await talk.ask({ type: 'hello', protocol: PROTOCOL_VERSION, request }, request);
      return talk;
    } catch (error) {
      talk.end();
      throw error;
    }
  }

  /** The answer to a request. */
  ask(message: ClientMessage, request: string): Promise<HubMessage> {
    const answer = this.#heard((frame) => {
      const found = decodeHubMessage(frame);
      const isAnswer = found !== undefined && 'request' in found && found.request === request;
      return isAnswer ? found : undefined;
    });
    this.#socket.send(JSON.stringify(message));
    return answer;
  }

  end(): void {
    this.#socket.terminate();
  }

  #opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once('open', () => resolve());
      this.#socket.once('close', () => reject(new Error('no hub answers')));
    });
  }

  #heard<T>(pick: (frame: string) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error('the hub does not answer'));
      const timer = setTimeout(fail, PATIENCE_MS);
      this.#socket.once('close', fail);
      this.#socket.on('message', (data, isBinary) => {
        const found = isBinary ? undefined : pick(data.toString());
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
  }
}
