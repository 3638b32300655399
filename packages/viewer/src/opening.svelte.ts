/** Opening a Set that somebody dropped, chose, or gave the path of. */
import type { CommandOutcome, Connection } from '@livetree/client';
import type { SetId } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import { type Problem, plainPath, problemOf, refuseFile } from './open-problem.ts';

/** What is being opened, and how much of it LiveTree has. */
export interface Busy {
  readonly name: string;
  /** 0 … 1. */
  readonly share: number;
}

export class Opening {
  readonly #connection: Connection;
  readonly #opened: (set: SetId) => void;
  busy = $state.raw<Busy | undefined>();
  problem = $state.raw<Problem | undefined>();
  /** How many were opened. */
  count = $state(0);

  /** @param opened called with a Set that LiveTree has taken, to be shown */
  constructor(connection: Connection, opened: (set: SetId) => void) {
    this.#connection = connection;
    this.#opened = opened;
  }

  async path(text: string): Promise<void> {
    const path = plainPath(text);
    if (path === '') return;
    await this.#run(path, () => this.#connection.openPath(path));
  }

  async file(file: File): Promise<void> {
    this.problem = refuseFile(file);
    if (this.problem !== undefined) return;
    const { name } = file;
    const onProgress = (share: number): void => {
      this.busy = { name, share };
    };
    await this.#run(name, async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return this.#connection.openBytes({ name, bytes, onProgress });
    });
  }

  /** The first Set among several files, else the first file, so that its problem is told. */
  async files(files: readonly File[]): Promise<void> {
    const file = files.find(({ name }) => /\.als$/i.test(name)) ?? files[0];
    if (file !== undefined) await this.file(file);
  }

  async #run(name: string, ask: () => Promise<CommandOutcome>): Promise<void> {
    if (this.busy !== undefined) return;
    this.problem = undefined;
    this.busy = { name, share: 0 };
    try {
      this.#take(await ask());
    } catch {
      this.problem = { sentence: `“${name}” could not be read.`, remedy: 'Is it still where it was?' };
    } finally {
      this.busy = undefined;
    }
  }

  #take(outcome: CommandOutcome): void {
    if (!outcome.ok) this.problem = problemOf(outcome);
    else if (typeof outcome.value === 'string') {
      this.count += 1;
      this.#opened(asSetId(outcome.value));
    }
  }
}
