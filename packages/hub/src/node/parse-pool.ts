/** One worker thread for each Set: it reads, parses and compares, so that the hub's own thread stays free. */
import { Worker } from 'node:worker_threads';
import type { FacetName, NodeId, NodeOf, Op } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { FacetKey, Telling } from '@livetree/protocol';
import { HubError } from '../errors.ts';
import type { FacetContent } from '../facet-content.ts';
import { facetContent } from '../facet-content.ts';
import type { PackedSkeleton } from '../set-room.ts';
import type { Reading } from '../set-source.ts';
import { Inbox } from './inbox.ts';
import type { FromWorker, SavedBytes, ToWorker, WireReading } from './parse-messages.ts';
import { StopFlag } from './stop-flag.ts';

/**
 * What a source reports, at the moment it comes and in order: a facet or snapshot is made of the last reading
 * reported before it.
 */
export interface SourceEvents {
  readonly onReading: (reading: Reading) => void;
  /** What the log says of the change reported last, and the ms it took to find the words. */
  readonly onTelling: (telling: Telling, ms: number) => void;
  readonly onFacet: (key: FacetKey, items: FacetContent | undefined) => void;
  readonly onSnapshot: (packed: PackedSkeleton) => void;
  /** A save that was read, after its telling; only where they are kept. The bytes may be handed on. */
  readonly onSaved?: (saved: SavedBytes) => void;
  /** Something went wrong that harms no tree; a sentence for the log. */
  readonly onTrouble: (message: string) => void;
  /** The worker died. The next {@link SetWorker.read} starts a new one, whose first reading is `first`. */
  readonly onCrash: (error: Error) => void;
}

interface Waiting {
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: Error) => void;
}

/** Where the Set comes from: a file, read anew each time, or bytes that never change. */
export type SetOrigin =
  | { readonly path: string }
  | { readonly bytes: Uint8Array; readonly name: string; readonly receivedAt: number };

export interface SetWorkerOptions {
  readonly origin: SetOrigin;
  readonly events: SourceEvents;
  /** Heap of the thread, MB; the system's own default when absent. */
  readonly memoryMb?: number;
}

/** A thread and the flag that it looks at. */
interface Running {
  readonly worker: Worker;
  readonly stop: StopFlag;
}

/** ms a thread has to end by itself; one stage of reading the largest Set there may be takes less. */
const STOP_MS = 10_000;

export class SetWorker {
  readonly #options: SetWorkerOptions;
  /** What the worker says, taken a little in each turn. */
  readonly #inbox = new Inbox<FromWorker>((message) => this.#take(message));
  #running: Running | undefined;
  /** The tree that is being received. */
  #tree: Tree | undefined;
  #waiting: Waiting | undefined;

  constructor(options: SetWorkerOptions) {
    this.#options = options;
  }

  /**
   * Reads the file. One at a time.
   * @returns the reading, after it was reported
   * @throws HubError WORKER_FAILED when the worker dies over it
   */
  read(): Promise<Reading> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#running ??= this.#start();
      this.#post(this.#question());
    });
  }

  /** Asks for a facet; the answer is reported. A question that dies with the worker is never answered. */
  askFacet(node: NodeId, facet: FacetName): void {
    this.#post({ do: 'facet', node, facet });
  }

  /** Asks for the packed skeleton; the answer is reported. */
  askSnapshot(): void {
    this.#post({ do: 'snapshot' });
  }

  /** Ends the thread and forgets what it held; the next reading is `first` again. */
  async forget(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#inbox.clear();
    this.#tree = undefined;
    if (running !== undefined) await ended(running);
    this.#fail(new HubError('WORKER_FAILED', 'The reader of this Set was stopped.'));
  }

  #post(message: ToWorker): void {
    this.#running?.worker.postMessage(message);
  }

  #question(): ToWorker {
    const { origin } = this.#options;
    return 'path' in origin
      ? { do: 'read', path: origin.path, keeps: this.#options.events.onSaved !== undefined }
      : { do: 'read_bytes', bytes: origin.bytes, name: origin.name, savedAt: origin.receivedAt };
  }

  #start(): Running {
    const { memoryMb } = this.#options;
    const limits = memoryMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMb } };
    const stop = new StopFlag();
    const worker = new Worker(new URL('./parse-worker.js', import.meta.url), {
      ...limits,
      name: 'set',
      workerData: stop.shared,
    });
    let cause: Error | undefined;
    worker.on('message', (message: FromWorker) => this.#inbox.push(message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', (code) => this.#crashed(worker, cause ?? new Error(`it ended with code ${code}`)));
    worker.unref();
    return { worker, stop };
  }

  #take(message: FromWorker): void {
    switch (message.is) {
      case 'trunk':
        this.#tree = new Tree(JSON.parse(message.rootJson) as NodeOf<'set'>);
        return;
      case 'piece':
        this.#tree?.apply(JSON.parse(message.opsJson) as readonly Op[]);
        return;
      case 'reading':
        this.#takeReading(this.#decode(message.reading, message.postedAt));
        return;
      case 'telling':
        this.#options.events.onTelling(message.telling, message.ms);
        return;
      case 'trouble':
        this.#options.events.onTrouble(message.message);
        return;
      case 'facet':
        this.#takeFacet(message);
        return;
      case 'snapshot':
        this.#options.events.onSnapshot(message);
        return;
      case 'saved':
        this.#options.events.onSaved?.(message.saved);
        return;
      default: {
        const never: never = message;
        throw new Error(`unhandled message ${JSON.stringify(never)}`);
      }
    }
  }

  #takeFacet({ node, facet, items }: FromWorker & { readonly is: 'facet' }): void {
    const content = items !== undefined && 'json' in items ? facetContent(items.json) : items;
    this.#options.events.onFacet({ node, facet }, content);
  }

  #decode(reading: WireReading, postedAt: number): Reading {
    if (reading.kind === 'failed') return reading;
    const transfer = Math.max(0, performance.timeOrigin + performance.now() - postedAt);
    const facts = { ...reading.facts, stages: { ...reading.facts.stages, transfer } };
    if (reading.kind === 'same') return { ...reading, facts };
    if (reading.kind === 'first' || reading.kind === 'replaced')
      return { ...reading, facts, tree: this.#takeTree() };
    return { ...reading, facts, ops: JSON.parse(reading.opsJson) as readonly Op[] };
  }

  #takeTree(): Tree {
    const tree = this.#tree;
    if (tree === undefined) throw new Error('a reading came without its tree');
    this.#tree = undefined;
    return tree;
  }

  #takeReading(reading: Reading): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#options.events.onReading(reading);
    waiting?.resolve(reading);
  }

  #crashed(worker: Worker, cause: Error): void {
    if (this.#running?.worker !== worker) return;
    this.#running = undefined;
    this.#inbox.clear();
    this.#tree = undefined;
    this.#options.events.onCrash(cause);
    this.#fail(new HubError('WORKER_FAILED', `The reader of this Set stopped: ${cause.message}.`));
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}

/** Asks the thread to end and waits for it; only one that hangs is ended from outside. */
function ended({ worker, stop }: Running): Promise<void> {
  worker.removeAllListeners();
  worker.ref();
  return new Promise((resolve) => {
    const timer = setTimeout(() => void worker.terminate(), STOP_MS);
    timer.unref();
    worker.on('error', () => {});
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    stop.raise();
    worker.postMessage({ do: 'stop' } satisfies ToWorker);
  });
}
