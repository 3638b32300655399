import { type Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { type Computer, thisComputer } from '../setup/computer.ts';
import { type FoundLive, findLibrary, findLives } from '../setup/find-live.ts';
import { type InstallOutcome, installScript, uninstallScript } from '../setup/install-script.ts';
import { canRunScript } from '../setup/live-version.ts';
import { scriptSource } from '../setup/script-source.ts';

export interface InstallOptions {
  readonly path?: string;
  readonly port?: number;
  readonly dryRun?: true;
}

const HELP = `
Copies the script that runs inside Live into "Remote Scripts" of your User Library, which is found by Live's own note
(also a moved one, or one in OneDrive). Nothing that is not ours is touched: a folder "LiveTree" of somebody else, or
one that was changed by hand, is left alone. Running it again changes nothing; a newer LiveTree brings its newer script.
LIVETREE_USER_LIBRARY names the User Library as --path does, for all commands.

Examples:
  livetree install
  livetree install --dry-run
  livetree install --path "/Volumes/Music/User Library"
  livetree install --port 9000        where LiveTree runs with: livetree serve --port 9000
  livetree uninstall`;

export function addInstall(program: Command, output: Output): void {
  program
    .command('install')
    .description('put the script into Live, for changes in real time')
    .option('--dry-run', 'only say what would be done')
    .option('--path <folder>', 'the User Library (default: the one Live uses)')
    .option('--port <port>', 'the port on which LiveTree is served', portNumber)
    .addHelpText('after', HELP)
    .action((options: InstallOptions) => runInstall(options, output, thisComputer()));
}

export function addUninstall(program: Command, output: Output): void {
  program
    .command('uninstall')
    .description('take the script out of Live again')
    .option('--dry-run', 'only say what would be done')
    .option('--path <folder>', 'the User Library (default: the one Live uses)')
    .action((options: InstallOptions) => runUninstall(options, output, thisComputer()));
}

function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65_535) return number;
  throw new InvalidArgumentError('Give a whole number from 1 to 65535.');
}

/** @throws SetupError where the script cannot be put; then nothing was changed */
export async function runInstall(
  { path, port, dryRun }: InstallOptions,
  output: Output,
  computer: Computer,
): Promise<void> {
  const lives = path === undefined ? findLives(computer) : [];
  const library = findLibrary(computer, lives, path);
  const source = scriptSource();
  const isDry = dryRun === true;
  const outcome = installScript({
    computer,
    library,
    source,
    isDry,
    now: Date.now(),
    ...(port !== undefined && { port }),
  });
  const lines = [
    ...foundLines(lives, library),
    ...didLines(outcome, source.version, isDry),
    ...(isDry ? [] : nextLines(computer, port, outcome.did === 'nothing')),
  ];
  await output.data(`${lines.map(printable).join('\n')}\n`);
}

/** @throws SetupError where the script is not ours to take away; then nothing was changed */
export async function runUninstall(
  { path, dryRun }: InstallOptions,
  output: Output,
  computer: Computer,
): Promise<void> {
  const library = findLibrary(computer, findLives(computer), path);
  const isDry = dryRun === true;
  const { did, folder } = uninstallScript(computer, library, isDry);
  const verb = isDry ? 'Would remove' : 'Removed';
  const lines =
    did === 'nothing'
      ? [`There is no LiveTree script in "${library}".`]
      : [
          `${verb} the LiveTree script, with its settings, from`,
          `  ${folder}`,
          'Live forgets it at its next start.',
        ];
  await output.data(`${lines.map(printable).join('\n')}\n`);
}

function foundLines(lives: readonly FoundLive[], library: string): readonly string[] {
  const usable = lives.filter(({ version }) => canRunScript(version));
  const named = usable.map(({ version }) => `Live ${version.text}`).join(', ');
  const elsewhere = usable.filter((live) => live.library !== undefined && live.library !== library);
  return [
    ...(usable.length > 0 ? [`Found: ${named}`] : []),
    `User Library: ${library}`,
    ...elsewhere.map(
      (live) =>
        `Live ${live.version.text} has another User Library: for it, run livetree install --path "${live.library}"`,
    ),
  ];
}

function didLines(
  { did, folder, before }: InstallOutcome,
  version: string,
  isDry: boolean,
): readonly string[] {
  switch (did) {
    case 'copied':
      return [`${isDry ? 'Would copy' : 'Copied'} the LiveTree script ${version} to`, `  ${folder}`];
    case 'replaced':
      return [`${isDry ? 'Would replace' : 'Replaced'} script ${before} by ${version} in`, `  ${folder}`];
    case 'repaired':
      return [
        `${isDry ? 'Would put back' : 'Put back'} what was missing of script ${version} in`,
        `  ${folder}`,
      ];
    case 'adopted':
      return [
        `Script ${version} was copied there by hand; from now on it is kept up to date:`,
        `  ${folder}`,
      ];
    case 'settings':
      return [`${isDry ? 'Would set' : 'Set'} the port in the settings of the script in`, `  ${folder}`];
    case 'nothing':
      return [`Script ${version} is there already:`, `  ${folder}`];
    default:
      return did satisfies never;
  }
}

function nextLines({ platform }: Computer, port: number | undefined, isOld: boolean): readonly string[] {
  const keys = platform === 'darwin' ? '⌘ ,' : 'Ctrl ,';
  return [
    '',
    isOld ? 'In Live, if that is not done yet:' : 'Now in Live:',
    '  1. Quit Live, and start it again.',
    `  2. Open Settings (${keys}) → Link, Tempo & MIDI, and choose LiveTree as a Control Surface.`,
    '     Input and Output beside it stay "None".',
    `  3. Start LiveTree: livetree serve${port === undefined ? '' : ` --port ${port}`}`,
    '     Live’s status bar says "LiveTree: connected", and the page shows the Set that is open.',
    '',
    'If something is missing: livetree doctor',
  ];
}
