/** The simulated Live with a saved Set, the real script, a hub with a state folder, a client with its token. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Connection, connect } from '@livetree/client';
import { type Hub, type HubOptions, startHub } from '@livetree/hub';
import { WebSocket } from 'ws';
import { type Described, Simulator } from './simulator.ts';
import { differences } from './soak/differences.ts';
import { type FileBeside, fileBeside, NO_FILE, withFileBeside } from './soak/file-beside.ts';
import { until } from './soak/stage.ts';
import { withoutIds } from './truth.ts';

/** That the simulator has unless told otherwise. */
const PROFILE = '12.3.6';

const SET = resolve(import.meta.dirname, '../fixtures/small-l12.als');

export interface LiveStageOptions {
  /** `false`: the Set was never saved. */
  readonly saved?: boolean;
  readonly hub?: HubOptions;
}

export class LiveStage {
  readonly folder: string;
  readonly set: string;
  hub: Hub;
  viewer: Connection;
  readonly simulator: Simulator;
  readonly #hubOptions: HubOptions;
  /** What the file alone knows; known when Live has been read for the first time. */
  #beside: FileBeside | undefined;

  private constructor(folder: string, hub: Hub, isSaved: boolean, hubOptions: HubOptions) {
    this.folder = folder;
    this.set = join(folder, 'Little Set.als');
    this.hub = hub;
    this.#hubOptions = hubOptions;
    const set = isSaved ? ['--set', this.set] : [];
    this.simulator = new Simulator(hub.port, [...set, '--seed', '3', '--speed', '10']);
    this.viewer = this.client();
  }

  static async open({ saved = true, hub: options = {} }: LiveStageOptions = {}): Promise<LiveStage> {
    const folder = mkdtempSync(join(tmpdir(), 'livetree-live-'));
    copyFileSync(SET, join(folder, 'Little Set.als'));
    const hubOptions = { stateDir: folder, ...options };
    return new LiveStage(folder, await startHub({ port: 0, ...hubOptions }), saved, hubOptions);
  }

  /** One more client. */
  client(): Connection {
    const { port, token } = this.hub;
    return connect(`ws://127.0.0.1:${port}/sync?token=${token}`, { WebSocket });
  }

  /** The hub ends, and after a while another one is there at the same port. */
  async restartHub(whileGone: () => Promise<void> = async () => {}): Promise<void> {
    const { port } = this.hub;
    this.viewer.close();
    await this.hub.close();
    await whileGone();
    this.hub = await startHub({ ...this.#hubOptions, port });
    this.viewer = this.client();
  }

  async isLive(): Promise<void> {
    await until('Live is shown', () => {
      const { state, leads, progress } = this.viewer.set?.live ?? {};
      return state === 'live' && leads === true && progress === undefined && this.viewer.tree !== undefined;
    });
    this.#beside ??= fileBeside(this.set, await this.#truth(), PROFILE);
  }

  async #truth(): Promise<Described> {
    const { result } = await this.simulator.ask({ do: 'quiet', truth: true, timeout: 60 });
    return (result as { readonly truth: Described }).truth;
  }

  /** Listeners that the script holds in Live. */
  async listeners(): Promise<number> {
    const { result } = await this.simulator.ask({ do: 'counters' });
    return (result as { readonly listeners: number }).listeners;
  }

  /** Live's own walk, and the tree of the client, to be compared. */
  async #trees() {
    const truth = withFileBeside(await this.#truth(), this.#beside ?? NO_FILE, {
      profile: PROFILE,
      hasLanes: true,
    });
    const { tree } = this.viewer;
    return { truth: withoutIds(truth), shown: tree && withoutIds(tree) };
  }

  /** Where what is shown is not what Live has; what only the file knows lies beside it. */
  async differences(): Promise<readonly string[]> {
    const { truth, shown } = await this.#trees();
    return shown === undefined ? ['nothing is shown'] : differences(truth, shown).found;
  }

  /** One line to the script's port for commands, and its answer. */
  async command(line: string): Promise<unknown> {
    const port = Number(/Commands are taken on port (\d+)/.exec(this.simulator.log)?.[1]);
    const socket = createConnection(port, '127.0.0.1');
    let text = '';
    const answer = new Promise<void>((done, fail) => {
      socket.on('error', fail);
      socket.on('data', (bytes) => {
        text += bytes.toString();
        if (text.includes('\n')) done();
      });
    });
    socket.write(`${line}\n`);
    await answer.finally(() => socket.destroy());
    return JSON.parse(text);
  }

  async close(): Promise<void> {
    this.viewer.close();
    await this.simulator.close();
    await this.hub.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
