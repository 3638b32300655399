/** Live (simulated), the Remote Script, the hub and a client, all real, over real sockets. */
import { realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Connection, TreeChange } from '@livetree/client';
import { connect } from '@livetree/client';
import { startHub } from '@livetree/hub';
import type { NodeOf } from '@livetree/live-set';
import { WebSocket } from 'ws';
import type { Described } from '../simulator.ts';
import { Simulator } from '../simulator.ts';
import { type Plain, treeOfTruth, withoutIds } from '../truth.ts';
import { comparable } from './comparable.ts';
import { differences } from './differences.ts';
import { type FileBeside, fileBeside, NO_FILE, ofBoth, withFileBeside } from './file-beside.ts';
import { HubProcess, type HubProcessOptions } from './hub-process.ts';
import { Relay, type RelayOptions } from './relay.ts';

export interface StageOptions {
  /** Path of a Set; else the simulator's own small one. */
  readonly set?: string | undefined;
  readonly profile?: string;
  readonly seed?: number;
  /** Switches of the simulator (live-simulator/README.md). */
  readonly faults?: string;
  readonly speed?: string;
  /** `false`: neither audit nor sweep runs, and no subtree is asked for again. */
  readonly mends?: boolean;
  /** The hub as a process of its own; else it runs inside this one, and keeps nothing. */
  readonly process?: HubProcessOptions;
  /** Folder of the Remote Script; else that of the repository. */
  readonly script?: string;
  /** Files that the simulator writes may not grow beyond so many KB. */
  readonly fileKb?: number;
  readonly relay?: RelayOptions;
  /** The hub, inside this process, keeps its history here. */
  readonly historyDir?: string | undefined;
}

/** A hub, here or in another process. */
interface Served {
  readonly port: number;
  readonly url: string;
  /** Lets a client give commands. */
  readonly token?: string;
  close(): Promise<void>;
}

/** Counters of the hub that tell of something that had to be mended; `resyncs` holds the later snapshots. */
export const FAULTS = [
  'discards',
  'resyncs',
  'audit_failures',
  'mismatches',
  'missing_frames',
  'unknown_names',
  'bad_messages',
  'mended',
] as const;

const DEADLINE_MS = 180_000;
/** s until Live counts as never quiet: a big Set on a busy machine takes minutes. */
const PATIENCE_S = 600;

/** Asks again and again until it is so. @throws Error after three minutes */
export async function until(
  what: string,
  ask: () => boolean | Promise<boolean>,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(5);
  }
}

export class Stage {
  readonly options: StageOptions;
  hub: Served;
  readonly relay: Relay;
  simulator: Simulator;
  readonly viewer: Connection;
  /** Patches that the client got. */
  readonly changes: (TreeChange & { readonly at: number })[] = [];
  #barriers = 0;
  /** What the file alone knows, as of the last save. */
  #beside: FileBeside | undefined = NO_FILE;
  /** Things, at the last comparison, that undo had made anew and of which the file's knowledge was lost. */
  notKnownAgain = 0;

  private constructor(options: StageOptions, hub: Served, relay: Relay) {
    this.options = options;
    this.hub = hub;
    this.relay = relay;
    relay.target = hub.port;
    this.simulator = new Simulator(relay.port, argsOf(options), options);
    this.viewer = connect(`ws://127.0.0.1:${hub.port}/sync`, { WebSocket });
    this.viewer.onPatch((change) =>
      this.changes.push({ ...change, at: performance.timeOrigin + performance.now() }),
    );
  }

  /** Resolves when the Set of Live has been read and the client has it. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const { mends = true, relay = {} } = options;
    const hub = await (options.process ? HubProcess.start(options.process) : hubIn(options));
    const still = { keepsBack: isResync, says: [{ type: 'configure', payload: { sweepMs: 0 } }] } as const;
    const stage = new Stage(options, hub, await Relay.open(mends ? relay : still));
    await stage.isRead();
    await stage.simulator.ask({ do: 'quiet', timeout: PATIENCE_S });
    // A Live that tells no path has no file beside it.
    const hasFile = options.set?.endsWith('.als') === true && stage.viewer.set?.path !== undefined;
    if (hasFile && options.set !== undefined) await stage.noteFile(options.set);
    const root = await stage.hubTree();
    await until('the client has it', () => isDeepStrictEqual(stage.viewer.tree, root));
    stage.changes.length = 0;
    return stage;
  }

  /** The hub gets to do nothing any more, and after a while another one comes up at the same port. */
  async killHub(whileGone: () => Promise<void> = async () => {}): Promise<void> {
    const { port } = this.hub;
    await this.hub.close();
    await whileGone();
    this.hub = await HubProcess.start({ historyDir: '', ...this.options.process, port });
    await until('the client is there again', () => this.viewer.status.state === 'following');
    await this.isRead();
  }

  /**
   * Another hub at the same port, with what the last one has kept.
   * @param whileGone what happens while there is none
   */
  async restartHub(paths: readonly string[] = [], whileGone: () => void = () => {}): Promise<void> {
    const { port } = this.hub;
    await this.hub.close();
    whileGone();
    this.hub = await startHub({ ...historyOf(this.options), port, paths });
    await until('the client is there again', () => this.viewer.status.state === 'following');
  }

  /**
   * Live is killed, and started again with its file.
   * @param before what happens in the new Live before the hub can hear of it
   */
  async restartLive(set: string, before: () => Promise<void> = async () => {}): Promise<void> {
    await this.simulator.close();
    await until('the hub knows that it is gone', () => this.viewer.set?.live.state !== 'live');
    this.relay.target = NOBODY;
    this.simulator = new Simulator(this.relay.port, argsOf({ ...this.options, set }), this.options);
    await before();
    this.relay.target = this.hub.port;
    await this.isRead();
  }

  isRead(): Promise<void> {
    return until('Live is read', () => {
      const live = this.viewer.set?.live;
      const isWhole = live?.state === 'live' && live.leads === true && live.progress === undefined;
      return isWhole && this.viewer.tree !== undefined;
    });
  }

  /** Whether the client shows the Set of this file, as Live has it; it turns to it. */
  shows(path: string): boolean {
    const set = this.viewer.sets.find((each) => each.path === realpathSync(path));
    if (set === undefined) return false;
    if (this.viewer.set?.id !== set.id) this.viewer.choose(set.id);
    const { state, leads, progress } = set.live;
    return state === 'live' && leads === true && progress === undefined && this.viewer.tree !== undefined;
  }

  async close(): Promise<void> {
    this.viewer.close();
    await this.simulator.close();
    await this.relay.close();
    await this.hub.close();
  }

  /** A quiet point: all that changed is stated, what has no listener was swept, all is acknowledged. */
  async truth(): Promise<Described> {
    this.#barriers += 1;
    if (this.options.mends !== false) await this.relay.barrier(`look ${this.#barriers}`);
    return this.truthNow();
  }

  /** All that changed is stated, but for what only a sweep finds. */
  async truthNow(): Promise<Described> {
    const quiet = await this.simulator.ask({ do: 'quiet', truth: true, timeout: PATIENCE_S });
    return (quiet.result as { readonly truth: Described }).truth;
  }

  /** Live was compared with the file: what the file alone knows is shown. */
  async isCompared(): Promise<boolean> {
    const id = encodeURIComponent(this.viewer.set?.id ?? '');
    const answer = await fetch(`${this.hub.url}api/sets/${id}/unsaved`);
    const unsaved = (await answer.json()) as { readonly state?: string } | null;
    return unsaved?.state === 'compared';
  }

  /** Live has opened this file, and nothing was edited yet. */
  async noteFile(path: string): Promise<void> {
    await until('the file is read, too', () => this.isCompared());
    this.noteSave(path, await this.truthNow());
  }

  /** From now on what the file alone knows is compared with nothing. */
  forgetFile(): void {
    this.#beside = undefined;
  }

  /** @param saved the truth of the moment at which the file was saved */
  noteSave(path: string, saved: Described): void {
    this.#beside = fileBeside(path, saved, this.#profile);
  }

  get #profile(): string {
    return this.options.profile ?? '12.3.6';
  }

  /** From 12.2 on Live tells of take lanes. */
  get #hasLanes(): boolean {
    const [major = 0, minor = 0] = this.#profile.split('.').map(Number);
    return major > 12 || (major === 12 && minor >= 2);
  }

  /** The hub's tree against Live's truth, and the client's against the hub's: compared once. */
  async compare(): Promise<readonly string[]> {
    return this.compareWith(await this.truth());
  }

  /** The same of what Live tells alone: a hub that came late has to guess what the file knows of which thing. */
  async compareLive(): Promise<readonly string[]> {
    return this.compareWith(await this.truth(), false);
  }

  /** The same, with a truth that was just asked for. */
  async compareWith(described: Described, isFileKnown = true): Promise<readonly string[]> {
    const beside = isFileKnown ? this.#beside : undefined;
    const held = { sweeps: this.options.mends ?? true, profile: this.#profile };
    const served = await this.hubTree();
    const [truth, root] =
      beside === undefined
        ? [ofBoth(treeOfTruth(described, this.#profile)), ofBoth(served)]
        : [withFileBeside(described, beside, { profile: this.#profile, hasLanes: this.#hasLanes }), served];
    const [mine, theirs] = [truth, root].map((tree) => comparable(withoutIds(tree), held));
    const { found, notKnownAgain } = differences(mine as Plain, theirs as Plain);
    this.notKnownAgain = notKnownAgain;
    await until('the client has what the hub has', () => isDeepStrictEqual(this.viewer.tree, served));
    return found;
  }

  async hubTree(): Promise<NodeOf<'set'>> {
    const id = this.viewer.set?.id ?? '';
    const answer = await fetch(`${this.hub.url}api/sets/${encodeURIComponent(id)}/tree`);
    return ((await answer.json()) as { readonly root: NodeOf<'set'> }).root;
  }

  async counters(): Promise<Readonly<Record<string, number>>> {
    const text = await (await fetch(`${this.hub.url}metrics`)).text();
    return Object.fromEntries(
      [...text.matchAll(/^livetree_script_(\w+)_total (\d+)$/gm)].map(([, name = '', value]) => [
        name,
        Number(value),
      ]),
    );
  }

  /** What had to be mended since the hub started; empty when all went well. */
  async mended(): Promise<Readonly<Record<string, number>>> {
    const all = await this.counters();
    const found = FAULTS.map((name) => [name, all[name] ?? Number.NaN] as const);
    return Object.fromEntries(found.filter(([, count]) => count !== 0));
  }
}

/** A port where nothing listens. */
export const NOBODY = 9;

const historyOf = ({ historyDir }: StageOptions) => (historyDir === undefined ? {} : { historyDir });
const hubIn = (options: StageOptions) => startHub({ ...historyOf(options), port: 0 });

const isResync = ({ type }: { readonly type: string }): boolean => type === 'resync';

function argsOf({
  set,
  profile = '12.3.6',
  seed = 1,
  faults = 'default',
  speed = 'max',
}: StageOptions): string[] {
  const args = ['--profile', profile, '--seed', String(seed), '--speed', speed, '--faults', faults];
  return set === undefined ? args : [...args, '--set', set];
}
