/** A running `livetree serve`. */
import type { ChildProcess } from 'node:child_process';
import { afterAll } from 'vitest';
import { type Outcome, outcomeOf, type RunOptions, start } from './run.ts';

export interface Served {
  readonly child: ChildProcess;
  /** As printed on stdout. */
  readonly url: string;
  /** What was said on stderr so far. */
  said(): string;
  /** Resolves once stderr matches. */
  saying(what: RegExp): Promise<void>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Outcome & { readonly tookMs: number }>;
}

/** Waits until a stream's text matches; fails when the stream ends before. */
function matching(child: ChildProcess, stream: 'stdout' | 'stderr', what: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    child[stream]?.on('data', (part: Buffer) => {
      text += part.toString();
      const match = what.exec(text);
      if (match !== null) resolve(match);
    });
    child.on('close', () => reject(new Error(`ended before ${String(what)}: ${text}`)));
  });
}

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `livetree serve` and waits for its address; what is left running is ended after the tests of the file. */
export async function serve(args: readonly string[], options: RunOptions = {}): Promise<Served> {
  const child = start(['serve', '--no-open', ...args], options);
  running.add(child.once('close', () => running.delete(child)));
  const outcome = outcomeOf(child, options.deadlineMs);
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const [, url = ''] = await matching(child, 'stdout', /^(http:\/\/\S+)\n/);
  return {
    child,
    url,
    said: () => said,
    saying: async (what) => {
      if (!what.test(said)) await matching(child, 'stderr', what);
    },
    stop: async (signal) => {
      const from = performance.now();
      child.kill(signal);
      const result = await outcome;
      return { ...result, tookMs: performance.now() - from };
    },
  };
}
