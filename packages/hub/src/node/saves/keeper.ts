/** Keeps the saves of all Sets, in a thread of its own: the hub's thread only hands them on. */
import { Worker } from 'node:worker_threads';
import type { Logger } from '../logger.ts';
import { StopFlag } from '../stop-flag.ts';
import type {
  FromKeeper,
  KeeperStart,
  PastAnswer,
  PastQuestion,
  SavedFile,
  ToKeeper,
} from './keeper-messages.ts';

export interface KeeperOptions {
  /** Where history is kept. */
  readonly folder: string;
  readonly logger: Logger;
}

/** ms the thread has to end by itself: it still keeps what it was given. */
const STOP_MS = 10_000;

const GONE: PastAnswer = { ok: false, status: 503, reason: 'The keeper of the history has stopped.' };

export class SaveKeeper {
  readonly #options: KeeperOptions;
  readonly #stop = new StopFlag();
  readonly #waiting = new Map<number, (answer: PastAnswer) => void>();
  /** Started by the first thing it has to do: the Set itself is served before. */
  #running: { readonly worker: Worker; readonly ended: Promise<void> } | undefined;
  #tickets = 0;
  #isGone = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  #start() {
    const { folder, logger } = this.#options;
    const workerData: KeeperStart = { folder, stop: this.#stop.shared };
    const worker = new Worker(new URL('./keeper-thread.js', import.meta.url), {
      name: 'history',
      workerData,
    });
    worker.unref();
    worker.on('message', (message: FromKeeper) => this.#take(message));
    worker.on('error', (error) => logger.error(`Saves are no longer kept: ${error.message}`));
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        this.#leave();
        resolve();
      });
    });
    return { worker, ended };
  }

  /** The bytes belong to the keeper from now on. */
  keep(save: SavedFile): void {
    if (!this.#isGone) this.#post({ do: 'keep', save }, [save.bytes.buffer]);
  }

  /** Answered in turn with the work of the keeper: after at most one save was read. */
  ask(question: PastQuestion): Promise<PastAnswer> {
    if (this.#isGone) return Promise.resolve(GONE);
    const ticket = this.#tickets++;
    return new Promise((resolve) => {
      this.#waiting.set(ticket, resolve);
      this.#post({ do: 'ask', ticket, question });
    });
  }

  /** What it was given is kept; earlier saves that were not read yet are read another time. */
  async close(): Promise<void> {
    const running = this.#running;
    if (this.#isGone || running === undefined) {
      this.#isGone = true;
      return;
    }
    running.worker.ref();
    const timer = setTimeout(() => void running.worker.terminate(), STOP_MS);
    this.#stop.raise();
    this.#post({ do: 'stop' });
    await running.ended;
    clearTimeout(timer);
  }

  #post(message: ToKeeper, transfer: readonly ArrayBuffer[] = []): void {
    this.#running ??= this.#start();
    this.#running.worker.postMessage(message, transfer);
  }

  #take(message: FromKeeper): void {
    if (message.is === 'trouble') {
      this.#options.logger.error(message.message);
      return;
    }
    this.#waiting.get(message.ticket)?.(message.answer);
    this.#waiting.delete(message.ticket);
  }

  #leave(): void {
    this.#isGone = true;
    for (const resolve of this.#waiting.values()) resolve(GONE);
    this.#waiting.clear();
  }
}
