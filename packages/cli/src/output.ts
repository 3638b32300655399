/** Data goes to stdout, talk to stderr. */
import { createPaint, type Paint, type TerminalEnv } from './paint.ts';

export interface Output {
  /**
   * Data. Resolves when the receiver has taken it.
   * @throws the system's error when it cannot be written: EPIPE when the receiver left
   */
  data(part: string | Uint8Array): Promise<void>;
  /** A sentence for people. */
  say(text: string): void;
  /** A line that is written over, on terminals only; `undefined` clears it. */
  progress(text: string | undefined): void;
  /** Colours of the data. */
  readonly paint: Paint;
}

const CLEAR_LINE = '\r\u001b[K';
const COLUMNS = 80;

export function createOutput(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: TerminalEnv,
): Output {
  let hasProgress = false;
  const progress = (text: string | undefined): void => {
    if (stderr.isTTY !== true || (text === undefined && !hasProgress)) return;
    hasProgress = text !== undefined;
    stderr.write(CLEAR_LINE + (text ?? '').slice(0, (stderr.columns || COLUMNS) - 1));
  };
  return {
    data(part) {
      progress(undefined);
      return new Promise((resolve, reject) => {
        stdout.write(part, (error) => (error ? reject(error) : resolve()));
      });
    },
    say(text) {
      progress(undefined);
      stderr.write(`${text}\n`);
    },
    progress,
    paint: createPaint(env, stdout.isTTY === true),
  };
}

/** After this time people want to know that something goes on. */
const PATIENCE_MS = 1000;

/**
 * Shows a line while work goes on that takes over a second.
 * @param isLong known beforehand: work that keeps the thread busy would keep the line from appearing later
 */
export async function withProgress<T>(
  output: Output,
  text: string,
  isLong: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (isLong) output.progress(text);
  const timer = isLong ? undefined : setTimeout(() => output.progress(text), PATIENCE_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    output.progress(undefined);
  }
}
