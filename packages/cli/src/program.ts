import { Command, CommanderError } from 'commander';
import { LiveSetError } from '@livetree/live-set';
import { HUB_VERSION } from '@livetree/hub';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addStats } from './commands/stats.ts';
import { addXml } from './commands/xml.ts';
import { EXIT } from './exit-codes.ts';
import type { Output } from './output.ts';

const EPILOGUE = `
Examples:
  livetree serve "My Song.als"          the Set in your browser, with every save
  livetree show "My Song.als"           the Set as a tree
  livetree stats --json "My Song.als"   what it holds, counted
  livetree xml "My Song.als"            the plain XML inside

Data goes to stdout, messages to stderr. NO_COLOR turns colours off.
Exit codes: 0 done, 2 wrong arguments, 3 file unreadable or not a Set, 4 the server could not start.
LiveTree only reads: it never writes to a Set.`;

/** The command line, without the process around it. */
export function createProgram(output: Output): Command {
  const program = new Command('livetree')
    .description('An Ableton Live Set as one tree: in the terminal, in a browser.')
    .version(`livetree ${HUB_VERSION} (protocol ${PROTOCOL_VERSION}, Node ${process.versions.node})`, '-V, --version')
    .configureOutput({ writeErr: (text) => output.say(text.trimEnd()) })
    .showHelpAfterError('Run with --help for what there is.')
    .addHelpText('after', EPILOGUE)
    .exitOverride();
  addServe(program, output);
  addShow(program, output);
  addStats(program, output);
  addXml(program, output);
  for (const command of program.commands) command.exitOverride().showHelpAfterError('Run with --help for what there is.');
  return program;
}

/** Runs the command line; returns the exit code for errors that people can mend. */
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
    const { place } = error;
    output.say(place === undefined ? error.message : `${error.message} (line ${place.line}, column ${place.column}, byte ${place.offset})`);
    return EXIT.file;
  }
  if (isBrokenPipe(error)) return EXIT.ok;
  output.say(`An error of LiveTree itself, please report it: ${error instanceof Error ? error.stack : String(error)}`);
  return EXIT.bug;
}

const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';
