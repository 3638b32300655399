import { readFileSync } from 'node:fs';
import { LiveSetError } from '@livetree/live-set';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { Command, CommanderError } from 'commander';
import { addDiff } from './commands/diff.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addStats } from './commands/stats.ts';
import { addXml } from './commands/xml.ts';
import { EXIT } from './exit-codes.ts';
import type { Output } from './output.ts';
import { printable } from './printable.ts';

const EPILOGUE = `
Examples:
  livetree serve "My Song.als"          the Set in your browser, with every save
  livetree show "My Song.als"           the Set as a tree
  livetree stats --json "My Song.als"   what it holds, counted
  livetree diff "old.als" "new.als"     what changed between two saves
  livetree xml "My Song.als"            the plain XML inside

Data goes to stdout, messages to stderr. NO_COLOR turns colours off, FORCE_COLOR on.
Exit codes: ${EXIT.ok} done (also after Ctrl-C in serve), ${EXIT.different} different (diff --exit-code), ${EXIT.usage} wrong arguments, ${EXIT.file} file unreadable or not a Set,
${EXIT.hub} the server could not start, ${EXIT.bug} an error of LiveTree itself, ${EXIT.output} the output cannot be written.
LiveTree only reads: it never writes to a Set.`;

const AFTER_ERROR = 'Run with --help for what there is.';

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { readonly version: string } = JSON.parse(text);
  return version;
}

/** The command line, without the process around it. */
export function createProgram(output: Output): Command {
  const program = new Command('livetree')
    .description('An Ableton Live Set as one tree: in the terminal, in a browser.')
    .version(
      `livetree ${ownVersion()} (protocol ${PROTOCOL_VERSION}, Node ${process.versions.node})`,
      '-V, --version',
    )
    .configureOutput({ writeErr: (text) => output.say(text.trimEnd()) })
    .showHelpAfterError(AFTER_ERROR)
    .addHelpText('after', EPILOGUE)
    .exitOverride();
  addServe(program, output);
  addShow(program, output);
  addStats(program, output);
  addDiff(program, output);
  addXml(program, output);
  return program;
}

/** Runs the command line; returns the exit code. */
export async function runProgram(argv: readonly string[], output: Output): Promise<number> {
  try {
    await createProgram(output).parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    return report(error, output);
  }
}

function report(error: unknown, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof LiveSetError) {
    output.say(printable(error.message));
    return EXIT.file;
  }
  const code = writeErrorCode(error);
  if (code === 'EPIPE') return EXIT.ok;
  if (code !== undefined) {
    output.say(`The output cannot be written (${code}).`);
    return EXIT.output;
  }
  const trace = error instanceof Error ? error.stack : String(error);
  output.say(`An error of LiveTree itself, please report it: ${trace}`);
  return EXIT.bug;
}

/** The system's code when a write failed. */
const writeErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && error.syscall === 'write' && 'code' in error
    ? String(error.code)
    : undefined;
