/** A running `livetree` of which every word is kept. */
import type { ChildProcess } from 'node:child_process';
import { afterAll } from 'vitest';
import { type Outcome, outcomeOf, type RunOptions, start } from './run.ts';

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  readonly #texts = { stdout: '', stderr: '' };
  readonly #waiting = new Set<() => void>();

  constructor(args: readonly string[], options: RunOptions = {}) {
    this.child = start(args, options);
    running.add(this.child.once('close', () => running.delete(this.child)));
    this.ended = outcomeOf(this.child, options.deadlineMs ?? 60_000);
    for (const stream of ['stdout', 'stderr'] as const)
      this.child[stream]?.on('data', (part: Buffer) => {
        this.#texts[stream] += part.toString();
        for (const look of this.#waiting) look();
      });
  }

  get out(): string {
    return this.#texts.stdout;
  }
  get err(): string {
    return this.#texts.stderr;
  }

  /** Resolves once what was printed (or said) so far matches; fails when it ends before. */
  until(stream: 'stdout' | 'stderr', what: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!what.test(this.#texts[stream])) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
      void this.ended.then(({ stdout, stderr }) => {
        if (this.#waiting.delete(look))
          reject(new Error(`ended before ${String(what)}: ${stdout}\n${stderr}`));
      });
    });
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Outcome & { readonly tookMs: number }> {
    const from = performance.now();
    this.child.kill(signal);
    return { ...(await this.ended), tookMs: performance.now() - from };
  }
}
