/** Data goes to stdout, talk to stderr. */
import pc from 'picocolors';

export interface Output {
  /** Data. Resolves when the receiver can take more. */
  data(part: string | Uint8Array): Promise<void>;
  /** A sentence for people. */
  say(text: string): void;
  /** A line that is written over, on terminals only; `undefined` clears it. */
  progress(text: string | undefined): void;
  readonly colors: ReturnType<typeof pc.createColors>;
}

const CLEAR_LINE = '\r\u001b[K';

export function createOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  let hasProgress = false;
  const progress = (text: string | undefined): void => {
    if (stderr.isTTY !== true || (text === undefined && !hasProgress)) return;
    hasProgress = text !== undefined;
    stderr.write(CLEAR_LINE + (text ?? ''));
  };
  return {
    data: (part) =>
      new Promise((resolve, reject) => {
        stdout.write(part, (error) => (error ? reject(error) : resolve()));
      }),
    say: (text) => {
      progress(undefined);
      stderr.write(`${text}\n`);
    },
    progress,
    colors: pc.createColors(stdout.isTTY === true && pc.isColorSupported),
  };
}

/** Shows a line while work goes on that takes over a second. */
export async function withProgress<T>(output: Output, text: string, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => output.progress(text), 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    output.progress(undefined);
  }
}
