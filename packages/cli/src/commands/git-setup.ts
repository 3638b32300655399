import { type Command, Option } from 'commander';
import { type ConfigScope, DRIVER, setConfig, unsetConfig, wantedConfig } from '../git/config.ts';
import { GitError, workTree } from '../git/git.ts';
import { addHook, removeHook } from '../git/hook-file.ts';
import { ownCommand } from '../git/own-command.ts';
import { PROJECT_FILES } from '../git/project-files.ts';
import { addLines, driverOf, removeLines } from '../git/project-lines.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';

interface Options {
  readonly global?: true;
  readonly write?: true;
  readonly hook?: true;
  readonly undo?: true;
  readonly dryRun?: true;
}

const HELP = `
Lets git diff, git log -p and git show print Sets as text: run it once in a repository, or with --global for all.
Which files are Sets stands in .gitattributes of the repository: --write adds that line, and to .gitignore what Live
makes again by itself. Nothing that is there is changed or removed, and running it again changes nothing.
--hook offers what changed in the staged Sets as the message of a commit; a message of your own, and a hook that is
there already, stay as they are. --undo takes all of that away again, and nothing else.

Examples:
  livetree git-setup --write --hook      in the folder of a Live project that is under git
  livetree git-setup --global            for all repositories of this user
  git log -p --follow "My Song.als"      then: every save of the song, as text
  livetree git-setup --undo`;

export function addGitSetup(program: Command, output: Output): void {
  program
    .command('git-setup')
    .description('let git show what changed in Sets')
    .addOption(new Option('--global', 'for all repositories of this user').conflicts(['write', 'hook']))
    .option('--write', 'add the lines of a Live project to .gitattributes and .gitignore')
    .option('--hook', 'offer the changes of staged Sets as commit message')
    .addOption(new Option('--undo', 'take away what this command has set up').conflicts(['write', 'hook']))
    .option('--dry-run', 'only say what would be done')
    .addHelpText('after', HELP)
    .action((options: Options) => run(process.cwd(), options, output));
}

async function run(cwd: string, options: Options, output: Output): Promise<void> {
  const root = await workTree(cwd);
  if (root === undefined && options.global !== true)
    throw new GitError('This folder is in no git repository. Run "git init" first, or use --global.');
  const place = { cwd: root ?? cwd, scope: scopeOf(options), isDry: options.dryRun === true };
  const lines = options.undo === true ? await undo(place) : await setUp(place, options);
  await output.data(`${lines.map(printableLine).join('\n')}\n`);
}

interface Place {
  readonly cwd: string;
  readonly scope: ConfigScope;
  /** Only say. */
  readonly isDry: boolean;
}

const scopeOf = ({ global }: Options): ConfigScope => (global === true ? '--global' : '--local');
const printableLine = (line: string): string => printable(line);
const ofWhom = ({ scope }: Place): string => (scope === '--global' ? 'this user' : 'this repository');

async function setUp(place: Place, options: Options): Promise<readonly string[]> {
  const said = [...(await sayConfig(place))];
  if (options.write === true)
    for (const file of PROJECT_FILES) said.push(await addLines(place.cwd, file, place.isDry));
  else said.push(...(await linesToAdd(place)));
  if (options.hook === true) said.push(await addHook(place.cwd, ownCommand(), place.isDry));
  if (options.write === true && !place.isDry) said.push(...(await checkDriver(place.cwd)));
  return said;
}

async function sayConfig(place: Place): Promise<readonly string[]> {
  const changed = await setConfig(place.cwd, place.scope, wantedConfig(ownCommand()), place.isDry);
  if (changed.length === 0) return [`The configuration of ${ofWhom(place)} is set already.`];
  const verb = place.isDry ? 'Would set' : 'Set';
  return [
    `${verb} in the configuration of ${ofWhom(place)}:`,
    ...changed.map(({ key, value }) => `  ${key} = ${value}`),
  ];
}

/** What the user may add, unless it is there. */
async function linesToAdd({ cwd, scope }: Place): Promise<readonly string[]> {
  if (scope === '--local' && (await driverOf(cwd)) === DRIVER) return ['Sets (*.als) are shown as text.'];
  return [
    'Still to do: these lines (in the repository, "livetree git-setup --write" adds them).',
    ...PROJECT_FILES.flatMap(({ name, lines }) => [`${name}:`, ...lines.map((line) => `  ${line}`)]),
  ];
}

/** A line further down, or of a folder, may say otherwise. */
async function checkDriver(cwd: string): Promise<readonly string[]> {
  const driver = await driverOf(cwd);
  if (driver === DRIVER) return ['Sets (*.als) are shown as text: try "git log -p".'];
  return [
    `Another line of .gitattributes gives Sets diff=${driver ?? '?'}: put "*.als diff=${DRIVER}" after it.`,
  ];
}

async function undo(place: Place): Promise<readonly string[]> {
  const keys = wantedConfig(ownCommand());
  const removed = await unsetConfig(place.cwd, place.scope, keys, place.isDry);
  const verb = place.isDry ? 'Would remove' : 'Removed';
  const said = removed.map((key) => `${verb} ${key} from the configuration of ${ofWhom(place)}.`);
  if (place.scope === '--local') {
    for (const file of PROJECT_FILES) said.push(...(await removeLines(place.cwd, file, place.isDry)));
    said.push(...(await removeHook(place.cwd, place.isDry)));
  }
  return said.length === 0 ? ['Nothing of LiveTree is set up here.'] : said;
}
