/** One Set that comes from its file: follows the file, has it read, and tells the hub what became of it. */
import { basename } from 'node:path';
import type { FacetItem, FacetName, NodeId, NodeOf } from '@livetree/live-set';
import type { FacetKey, FileStatus, SetId, SetInfo } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { PackedSkeleton } from '../set-room.ts';
import type { FailedReading, FileFacts, Reading } from '../set-source.ts';
import { mayPass } from '../set-source.ts';
import type { Logger } from './logger.ts';
import { SetWorker } from './parse-pool.ts';
import type { Attempt, SettleTimes } from './settle.ts';
import { FileFollower } from './watch.ts';

/** Where the mirror reports to. */
export interface MirrorTarget {
  describe(info: SetInfo): void;
  load(info: SetInfo, root: NodeOf<'set'>): void;
  /** @throws PatchError when the change does not fit */
  change(info: SetInfo, change: Change): void;
  putFacet(set: SetId, key: FacetKey, items: readonly FacetItem[] | undefined): void;
  putSnapshot(set: SetId, packed: PackedSkeleton): void;
}

export interface MirrorOptions {
  readonly id: SetId;
  readonly path: string;
  readonly target: MirrorTarget;
  readonly logger: Logger;
  readonly pollMs?: number;
  readonly times?: Partial<SettleTimes>;
  readonly workerMemoryMb?: number;
}

/** A worker that dies this often over the same bytes is not started again before they change. */
const CRASHES = 3;

export class FileMirror {
  readonly #options: MirrorOptions;
  readonly #worker: SetWorker;
  readonly #follower: FileFollower;
  #info: SetInfo;
  #facts: FileFacts | undefined;
  #crashes = 0;

  constructor(options: MirrorOptions) {
    const { id, path, target, workerMemoryMb, pollMs, times } = options;
    this.#options = options;
    this.#info = { id, name: setName(path), path, file: { state: 'reading' }, live: { state: 'none' } };
    target.describe(this.#info);
    this.#worker = new SetWorker({
      path,
      events: {
        onReading: (reading) => this.#take(reading),
        onFacet: (key, items) => target.putFacet(id, key, items),
        onSnapshot: (packed) => target.putSnapshot(id, packed),
        onCrash: (error) => this.#crashed(error),
      },
      ...(workerMemoryMb !== undefined && { memoryMb: workerMemoryMb }),
    });
    this.#follower = new FileFollower({
      path,
      read: (isLast) => this.#read(isLast),
      onMissing: () => this.#tell({ state: 'missing', problem: this.#missingSentence() }),
      onError: (error) =>
        options.logger.warn(`${this.#info.name}: watching the file failed: ${error.message}`),
      ...(pollMs !== undefined && { pollMs }),
      ...(times !== undefined && { times }),
    });
  }

  get info(): SetInfo {
    return this.#info;
  }

  askFacet(node: NodeId, facet: FacetName): void {
    this.#worker.askFacet(node, facet);
  }

  askSnapshot(): void {
    this.#worker.askSnapshot();
  }

  async close(): Promise<void> {
    const closing = this.#follower.close();
    await this.#worker.forget();
    await closing;
  }

  async #read(isLast: boolean): Promise<Attempt> {
    let reading: Reading;
    try {
      reading = await this.#worker.read();
    } catch {
      return 'done';
    }
    if (reading.kind !== 'failed') return 'done';
    if (!isLast && mayPass(reading)) return 'again';
    this.#tellFailed(reading);
    return 'done';
  }

  #take(reading: Reading): void {
    if (reading.kind === 'failed') return;
    if (reading.facts.sha256 !== this.#facts?.sha256) this.#crashes = 0;
    this.#facts = reading.facts;
    switch (reading.kind) {
      case 'first':
        this.#describe(fileStatus(reading.facts), reading.root.props.creator);
        this.#options.target.load(this.#info, reading.root);
        return;
      case 'changed':
        this.#describe(fileStatus(reading.facts), reading.creator);
        this.#change({ ...reading, origin: 'file', time: reading.facts.savedAt });
        return;
      case 'same':
        this.#tell(fileStatus(reading.facts));
        return;
      default: {
        const never: never = reading;
        throw new Error(`unhandled reading ${JSON.stringify(never)}`);
      }
    }
  }

  #change({ ops, touched, origin, time }: Change): void {
    const { target, logger } = this.#options;
    try {
      target.change(this.#info, { ops, touched, origin, time });
    } catch (error) {
      logger.error(`${this.#info.name}: a change did not fit, the Set is read anew: ${String(error)}`);
      void this.#worker.forget().then(() => this.#follower.poke());
    }
  }

  #crashed(error: Error): void {
    this.#crashes += 1;
    this.#options.logger.error(`${this.#info.name}: the reader stopped: ${error.message}`);
    const isLast = this.#crashes >= CRASHES;
    const next = isLast ? 'It is tried again when the file changes.' : 'It is being started again.';
    this.#tell({ state: 'broken', problem: `The reader of this Set stopped unexpectedly. ${next}` });
    if (!isLast) this.#follower.poke();
  }

  #tellFailed(reading: FailedReading): void {
    this.#tell({ state: 'broken', problem: reading.message });
  }

  /** Sets the state of the file and tells it, unless nothing is new. */
  #tell(status: FileStatus): void {
    const before = JSON.stringify(this.#info);
    this.#describe(withSavedAt(status, this.#facts), this.#info.creator);
    if (JSON.stringify(this.#info) !== before) this.#options.target.describe(this.#info);
  }

  #describe(file: FileStatus, creator: string | undefined): void {
    if (file.state !== this.#info.file.state) this.#log(file);
    this.#info = { ...this.#info, file, ...(creator !== undefined && { creator }) };
  }

  #log({ state, problem }: FileStatus): void {
    const line = `${this.#info.name}: the file is ${state}${problem === undefined ? '' : `: ${problem}`}`;
    if (state === 'ok') this.#options.logger.info(line);
    else this.#options.logger.warn(line);
  }

  #missingSentence(): string {
    return this.#facts === undefined
      ? 'There is no file at this path yet.'
      : 'The file is gone. What you see is how it was last saved.';
  }
}

const setName = (path: string): string => basename(path).replace(/\.als$/i, '');

const fileStatus = ({ savedAt, oddities }: FileFacts): FileStatus => ({
  state: 'ok',
  savedAt,
  ...(oddities.length > 0 && { oddities }),
});

/** The tree shown is still the one of the last readable save. */
const withSavedAt = (status: FileStatus, facts: FileFacts | undefined): FileStatus =>
  facts === undefined ? status : { savedAt: facts.savedAt, ...status };
