/** A second hub on this computer talks to the first: is it there, and would it open this Set? */
import { randomUUID } from 'node:crypto';
import type { PropValue } from '@livetree/live-set';
import type { ClientMessage, CommandName, HubMessage, Result } from '@livetree/protocol';
import { decodeHubMessage, PROTOCOL_VERSION } from '@livetree/protocol';
import { WebSocket } from 'ws';
import { urlHost } from '../access.ts';
import { HubError } from '../errors.ts';
import type { HubState } from '../state.ts';
import { speaksOurProtocol } from '../state.ts';
import { defaultStateDir, readState } from './state-file.ts';

type ClientCommand = Extract<ClientMessage, { readonly type: 'command' }>;

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
  const answer = await ask('open_path', { path }, folder);
  if (answer === undefined) return undefined;
  const { result, state } = answer;
  if (result.type === 'result' && !result.ok) throw new HubError('PATH_REFUSED', result.message);
  return state.url;
}

/**
 * Gives the hub of this user a command.
 * @param folder of the state file
 * @returns `undefined` when no hub of our protocol runs
 */
export async function giveCommand(
  name: CommandName,
  args: ClientCommand['args'],
  folder = defaultStateDir(),
): Promise<Result | undefined> {
  const result = (await ask(name, args, folder))?.result;
  return result?.type === 'result' ? result : undefined;
}

/**
 * Has the hub that runs already do something.
 * @param folder of the state file
 * @returns what it answers, or `undefined` when no hub of our protocol runs
 * @throws Error when that hub refuses; the message says why
 */
export async function askHub(
  name: CommandName,
  args: ClientCommand['args'],
  folder = defaultStateDir(),
): Promise<PropValue | undefined> {
  const result = await giveCommand(name, args, folder);
  if (result !== undefined && !result.ok) throw new Error(result.message);
  return result?.value;
}

async function ask(name: CommandName, args: ClientCommand['args'], folder: string) {
  const state = await readState(folder);
  if (state === undefined || !speaksOurProtocol(state)) return undefined;
  const talk = await Talk.begin(state).catch(() => undefined);
  if (talk === undefined) return undefined;
  try {
    const request = randomUUID();
    return { state, result: await talk.ask({ type: 'command', request, name, args }, request) };
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
