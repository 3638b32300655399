/** One Set that comes from a file, or from bytes without one: has it read, and tells the hub what became of it. */
import { basename } from 'node:path';
import type { FacetName, NodeId, Tree } from '@livetree/live-set';
import type { FacetKey, FileStatus, SetId, SetInfo, Telling } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { FacetContent } from '../facet-content.ts';
import type { PackedSkeleton } from '../set-room.ts';
import type {
  ChangedReading,
  FailedReading,
  FileFacts,
  Reading,
  ReplacedReading,
  SaveMark,
  Stages,
} from '../set-source.ts';
import { mayPass } from '../set-source.ts';
import type { Logger } from './logger.ts';
import { SetWorker } from './parse-pool.ts';
import type { SavedFile } from './saves/keeper-messages.ts';
import type { Attempt, SettleTimes } from './settle.ts';
import { FileFollower } from './watch.ts';

/** Where the mirror reports to. */
export interface MirrorTarget {
  describe(info: SetInfo): void;
  load(info: SetInfo, tree: Tree, mark: SaveMark): void;
  /** @throws PatchError when the change does not fit */
  change(info: SetInfo, change: Change, mark: SaveMark): void;
  replace(info: SetInfo, tree: Tree, change: Omit<Change, 'ops'>, mark: SaveMark): void;
  tell(set: SetId, telling: Telling): void;
  putFacet(set: SetId, key: FacetKey, items: FacetContent | undefined): void;
  putSnapshot(set: SetId, packed: PackedSkeleton): void;
}

/** A file that is followed; or bytes a client sent, under the name it gave. */
export type MirrorSource =
  | { readonly path: string }
  | { readonly bytes: Uint8Array; readonly name: string; readonly receivedAt: number };

/** What a mirror has counted, for `/metrics`. */
export interface MirrorCounts {
  /** Readings that were parsed. */
  readonly parses: number;
  readonly parseMs: number;
  /** Readings that failed for good, readers that died, and other trouble. */
  readonly failures: number;
  /** Where the time of the newest save went. */
  readonly lastStages: Stages;
}

export interface MirrorOptions {
  readonly id: SetId;
  readonly source: MirrorSource;
  readonly target: MirrorTarget;
  readonly logger: Logger;
  /** Takes each save to keep it. */
  readonly onSaved?: (save: SavedFile) => void;
  readonly pollMs?: number;
  readonly times?: Partial<SettleTimes>;
  readonly workerMemoryMb?: number;
}

/** A worker that dies this often over the same bytes is not started again before they change. */
const CRASHES = 3;

export class SetMirror {
  readonly #options: MirrorOptions;
  readonly #worker: SetWorker;
  readonly #follower: FileFollower | undefined;
  readonly #counts = { parses: 0, parseMs: 0, failures: 0, lastStages: {} as Stages };
  #settleMs = 0;
  #info: SetInfo;
  #facts: FileFacts | undefined;
  #crashes = 0;

  constructor(options: MirrorOptions) {
    const { id, source, target, workerMemoryMb, onSaved } = options;
    this.#options = options;
    this.#info = { id, ...nameAndPath(source), file: { state: 'reading' }, live: { state: 'none' } };
    target.describe(this.#info);
    this.#worker = new SetWorker({
      origin: source,
      events: {
        onReading: (reading) => this.#take(reading),
        onTelling: (telling, ms) => this.#tellLog(telling, ms),
        onFacet: (key, items) => target.putFacet(id, key, items),
        onSnapshot: (packed) => target.putSnapshot(id, packed),
        onTrouble: (message) => this.#trouble(message),
        onCrash: (error) => this.#crashed(error),
        ...(onSaved !== undefined &&
          'path' in source && {
            onSaved: (saved) => onSaved({ ...saved, set: id, ...nameAndPath(source), path: source.path }),
          }),
      },
      ...(workerMemoryMb !== undefined && { memoryMb: workerMemoryMb }),
    });
    this.#follower = 'path' in source ? this.#follow(source.path) : undefined;
    if (this.#follower === undefined) void this.#read(true);
  }

  get info(): SetInfo {
    return this.#info;
  }

  get counts(): MirrorCounts {
    return this.#counts;
  }

  #follow(path: string): FileFollower {
    const { pollMs, times, logger } = this.#options;
    return new FileFollower({
      path,
      read: (isLast, settleMs) => {
        this.#settleMs = settleMs;
        return this.#read(isLast);
      },
      onMissing: () => this.#tell({ state: 'missing', problem: this.#missingSentence() }),
      onError: (error) => logger.warn(`${this.#info.name}: watching the file failed: ${error.message}`),
      ...(pollMs !== undefined && { pollMs }),
      ...(times !== undefined && { times }),
    });
  }

  /** Looks at the file now; nothing to look at where there is none. */
  poke(): void {
    this.#follower?.poke();
  }

  askFacet(node: NodeId, facet: FacetName): void {
    this.#worker.askFacet(node, facet);
  }

  askSnapshot(): void {
    this.#worker.askSnapshot();
  }

  async close(): Promise<void> {
    const closing = this.#follower?.close();
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
    this.#note(reading.facts.stages);
    const start = performance.now();
    this.#report(reading);
    if (reading.facts.stages.parse === undefined) return;
    this.#counts.lastStages = { ...this.#counts.lastStages, commit: performance.now() - start };
  }

  #note(stages: Stages): void {
    if (stages.parse === undefined) return;
    this.#counts.parses += 1;
    this.#counts.parseMs += stages.parse;
    this.#counts.lastStages = { settle: this.#settleMs, ...stages };
  }

  #tellLog(telling: Telling, ms: number): void {
    this.#counts.lastStages = { ...this.#counts.lastStages, tell: ms };
    this.#options.target.tell(this.#options.id, telling);
  }

  #report(reading: Exclude<Reading, FailedReading>): void {
    switch (reading.kind) {
      case 'first':
        this.#describe(fileStatus(reading.facts), reading.creator);
        this.#options.target.load(this.#info, reading.tree, reading.facts);
        return;
      case 'replaced':
        this.#describe(fileStatus(reading.facts), reading.creator);
        this.#options.target.replace(this.#info, reading.tree, changeOf(reading), reading.facts);
        return;
      case 'changed':
        this.#describe(fileStatus(reading.facts), reading.creator);
        this.#change({ ops: reading.ops, opsJson: reading.opsJson, ...changeOf(reading) }, reading.facts);
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

  #change(change: Change, mark: SaveMark): void {
    const { target, logger } = this.#options;
    try {
      target.change(this.#info, change, mark);
    } catch (error) {
      logger.error(`${this.#info.name}: a change did not fit, the Set is read anew: ${String(error)}`);
      void this.#worker.forget().then(() => this.#startAgain());
    }
  }

  #crashed(error: Error): void {
    this.#crashes += 1;
    this.#options.logger.error(`${this.#info.name}: the reader stopped: ${error.message}`);
    const isLast = this.#crashes >= CRASHES;
    const next = isLast ? 'It is tried again when the file changes.' : 'It is being started again.';
    this.#tell({ state: 'broken', problem: `The reader of this Set stopped unexpectedly. ${next}` });
    this.#counts.failures += 1;
    if (!isLast) this.#startAgain();
  }

  #startAgain(): void {
    if (this.#follower === undefined) void this.#read(true);
    else this.#follower.poke();
  }

  #trouble(message: string): void {
    this.#counts.failures += 1;
    this.#options.logger.error(`${this.#info.name}: ${message}`);
  }

  #tellFailed(reading: FailedReading): void {
    this.#counts.failures += 1;
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
      ? 'There is no file at this path yet. It is shown as soon as there is one.'
      : 'The file is gone. What you see is how it was last saved.';
  }
}

const setName = (path: string): string => basename(path).replace(/\.als$/i, '');

const nameAndPath = (source: MirrorSource): Pick<SetInfo, 'name' | 'path'> =>
  'path' in source ? { name: setName(source.path), path: source.path } : { name: setName(source.name) };

const changeOf = ({ touched, facts }: ChangedReading | ReplacedReading): Omit<Change, 'ops'> => ({
  touched,
  origin: 'file',
  time: facts.savedAt,
});

const fileStatus = ({ savedAt, oddities }: FileFacts): FileStatus => ({
  state: 'ok',
  savedAt,
  ...(oddities.length > 0 && { oddities }),
});

/** The tree shown is still the one of the last readable save. */
const withSavedAt = (status: FileStatus, facts: FileFacts | undefined): FileStatus =>
  facts === undefined ? status : { ...status, savedAt: status.savedAt ?? facts.savedAt };
