import { EXIT } from './exit-codes.ts';
import { readerLeft } from './interrupt.ts';
import { createOutput } from './output.ts';
import { runProgram } from './program.ts';

/** The command of this process: reads its arguments, writes to its streams, sets its exit code. */
export async function main(): Promise<void> {
  // The reader of a pipe may leave at any time (head, less): that is no error. Any other error reaches who wrote.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = EXIT.output;
    // Not at once where threads are at work: their work has an end of its own.
    else if (!readerLeft()) process.exit(EXIT.ok);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => {});

  process.exitCode = await runProgram(
    process.argv.slice(2),
    createOutput(process.stdout, process.stderr, process.env),
  );
}
