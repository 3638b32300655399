import { readFileSync } from 'node:fs';
import { LiveSetError } from '@livetree/live-set';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { Command, CommanderError } from 'commander';
import { SetupError } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { GitError } from './git/git.ts';
import type { Output } from './output.ts';
import { ownFile } from './own-files.ts';
import { PastProblem } from './past/past-error.ts';
import { printable } from './printable.ts';

const EPILOGUE = `
Without a command, serve is meant: "livetree" alone waits for Live and shows each Set that Live opens.

Examples:
  livetree                              your Sets in the browser, as Live opens them
  livetree demo                         a Set being edited in a simulated Live
  livetree serve "My Song.als"          the Set in your browser, with every save
  livetree install                      the script for Live, for changes in real time
  livetree doctor                       what is missing, and what to do
  livetree show "My Song.als"           the Set as a tree
  livetree stats --json "My Song.als"   what it holds, counted
  livetree diff "old.als" "new.als"     what changed between two saves
  livetree watch "My Song.als"          what changes, with each save
  livetree status                       what changed in Live since the save
  livetree realtime off                 saved files only: Live is not listened to
  livetree log "My Song.als"            earlier saves, and what was done in Live
  livetree git-setup --write --hook     let git show what changed in Sets
  livetree xml "My Song.als"            the plain XML inside

Data goes to stdout, messages to stderr. NO_COLOR turns colours off, FORCE_COLOR on.
Exit codes: ${EXIT.ok} done (also after Ctrl-C in serve and watch), ${EXIT.different} different (diff --exit-code) or broken (doctor), ${EXIT.usage} wrong arguments, ${EXIT.file} file unreadable or not a Set,
${EXIT.hub} the server could not start, ${EXIT.setup} install, uninstall or autostart refused, ${EXIT.bug} an error of LiveTree itself, ${EXIT.output} the output cannot be written.
LiveTree only reads: it never writes to a Set (the demo plays with a copy). git-setup writes to the configuration of git and, when asked, to
.gitattributes, .gitignore and the hook of a repository; install and autostart write their own files.`;

const AFTER_ERROR = 'Run with --help for what there is.';

function ownVersion(): string {
  const text = readFileSync(ownFile('package.json'), 'utf8');
  const { version }: { readonly version: string } = JSON.parse(text);
  return version;
}

type Add = (program: Command, output: Output) => void;

/** Each command with what it needs is loaded only when it is asked for, or when all are to be listed. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  serve: async () => (await import('./commands/serve.ts')).addServe,
  demo: async () => (await import('./commands/demo.ts')).addDemo,
  realtime: async () => (await import('./commands/realtime.ts')).addRealtime,
  show: async () => (await import('./commands/show.ts')).addShow,
  stats: async () => (await import('./commands/stats.ts')).addStats,
  diff: async () => (await import('./commands/diff.ts')).addDiff,
  watch: async () => (await import('./commands/watch.ts')).addWatch,
  status: async () => (await import('./commands/status.ts')).addStatus,
  log: async () => (await import('./commands/log.ts')).addLog,
  export: async () => (await import('./commands/export.ts')).addExport,
  history: async () => (await import('./commands/history.ts')).addHistory,
  textconv: async () => (await import('./commands/textconv.ts')).addTextconv,
  'git-setup': async () => (await import('./commands/git-setup.ts')).addGitSetup,
  'git-message': async () => (await import('./commands/git-message.ts')).addGitMessage,
  install: async () => (await import('./commands/install.ts')).addInstall,
  uninstall: async () => (await import('./commands/install.ts')).addUninstall,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
  autostart: async () => (await import('./commands/autostart.ts')).addAutostart,
  xml: async () => (await import('./commands/xml.ts')).addXml,
};

/** The command line, without the process around it. */
async function createProgram(output: Output, asked: string | undefined): Promise<Command> {
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
  const one = asked === undefined ? undefined : COMMANDS[asked];
  for (const load of one === undefined ? Object.values(COMMANDS) : [one]) (await load())(program, output);
  return program;
}

/** Asked of the tool itself, not of a command. */
const ABOUT = /^(-h|--help|-V|--version)$/;

/** What is meant: without a command, with options or Sets alone, it is `serve`. */
function withCommand(argv: readonly string[]): readonly string[] {
  const [first = '--'] = argv;
  const isServe = (first.startsWith('-') && !ABOUT.test(first)) || /\.als$/i.test(first);
  return isServe ? ['serve', ...argv] : argv;
}

/** Runs the command line; returns the exit code. */
export async function runProgram(args: readonly string[], output: Output): Promise<number> {
  try {
    const argv = withCommand(args);
    const program = await createProgram(output, argv[0]);
    await program.parseAsync([...argv], { from: 'user' });
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
  if (error instanceof SetupError) {
    output.say(printable(error.message));
    return EXIT.setup;
  }
  if (error instanceof PastProblem) {
    // Some offer a list, a line for each.
    output.say(error.message.split('\n').map(printable).join('\n'));
    return error.isUsage ? EXIT.usage : EXIT.file;
  }
  if (error instanceof GitError) {
    output.say(printable(error.message));
    return EXIT.usage;
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
