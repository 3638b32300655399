/** One worker thread for each Set: it reads, parses and compares, so that the hub's own thread stays free. */
import { Worker } from 'node:worker_threads';
import type { FacetItem, FacetName, NodeId, NodeOf, Op } from '@livetree/live-set';
import type { FacetKey } from '@livetree/protocol';
import { HubError } from '../errors.ts';
import type { PackedSkeleton } from '../set-room.ts';
import type { Reading } from '../set-source.ts';
import type { FromWorker, ToWorker, WireReading } from './parse-messages.ts';

/**
 * What a source reports, at the moment it comes and in order: a facet or snapshot is made of the last reading
 * reported before it.
 */
export interface SourceEvents {
  readonly onReading: (reading: Reading) => void;
  readonly onFacet: (key: FacetKey, items: readonly FacetItem[] | undefined) => void;
  readonly onSnapshot: (packed: PackedSkeleton) => void;
  /** The worker died. The next {@link SetWorker.read} starts a new one, whose first reading is `first`. */
  readonly onCrash: (error: Error) => void;
}

interface Waiting {
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: Error) => void;
}

export interface SetWorkerOptions {
  readonly path: string;
  readonly events: SourceEvents;
  /** Heap of the thread, MB; the system's own default when absent. */
  readonly memoryMb?: number;
}

export class SetWorker {
  readonly #options: SetWorkerOptions;
  #worker: Worker | undefined;
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
      this.#worker ??= this.#start();
      this.#post({ do: 'read', path: this.#options.path });
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
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.removeAllListeners();
    await worker?.terminate();
    this.#fail(new HubError('WORKER_FAILED', 'The reader of this Set was stopped.'));
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const { memoryMb } = this.#options;
    const limits = memoryMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMb } };
    const worker = new Worker(new URL('./parse-worker.js', import.meta.url), { ...limits, name: 'set' });
    let cause: Error | undefined;
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', (code) => this.#crashed(worker, cause ?? new Error(`it ended with code ${code}`)));
    worker.unref();
    return worker;
  }

  #take(message: FromWorker): void {
    switch (message.is) {
      case 'reading':
        this.#takeReading(decodeReading(message.reading));
        return;
      case 'facet':
        this.#options.events.onFacet({ node: message.node, facet: message.facet }, message.items);
        return;
      case 'snapshot':
        this.#options.events.onSnapshot(message);
        return;
      default: {
        const never: never = message;
        throw new Error(`unhandled message ${JSON.stringify(never)}`);
      }
    }
  }

  #takeReading(reading: Reading): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#options.events.onReading(reading);
    waiting?.resolve(reading);
  }

  #crashed(worker: Worker, cause: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#options.events.onCrash(cause);
    this.#fail(new HubError('WORKER_FAILED', `The reader of this Set stopped: ${cause.message}.`));
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}

function decodeReading(reading: WireReading): Reading {
  switch (reading.kind) {
    case 'first': {
      const { rootJson, ...rest } = reading;
      return { ...rest, root: JSON.parse(rootJson) as NodeOf<'set'> };
    }
    case 'changed': {
      const { opsJson, ...rest } = reading;
      return { ...rest, ops: JSON.parse(opsJson) as readonly Op[] };
    }
    default:
      return reading;
  }
}
