import { posix } from 'node:path';
import { diffSets, headline, sentences } from '@livetree/live-set';
import type { Command } from 'commander';
import { bodyLines, messageLines, SUBJECT_COLUMNS } from '../changes/message.ts';
import { GitError, workTree } from '../git/git.ts';
import { type StagedSet, stagedSet, stagedSets } from '../git/staged.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';

const HELP = `
Prints nothing when no Set is staged. The hook of "livetree git-setup --hook" offers this text.

Examples:
  git add "My Song.als" && livetree git-message
  git commit -m "$(livetree git-message)"`;

export function addGitMessage(program: Command, output: Output): void {
  program
    .command('git-message')
    .description('print a commit message for the Sets that are staged')
    .addHelpText('after', HELP)
    .action(() => run(process.cwd(), output));
}

async function run(cwd: string, output: Output): Promise<void> {
  const root = await workTree(cwd);
  if (root === undefined) throw new GitError('This folder is in no git repository.');
  const stories: Story[] = [];
  for (const set of await stagedSets(root)) stories.push(await storyOf(root, set));
  const lines = message(stories);
  if (lines.length > 0) await output.data(`${lines.join('\n')}\n`);
}

/** What the commit does to one Set. */
interface Story {
  readonly name: string;
  /** `3 changes: Bass`, `added`. */
  readonly summary: string;
  /** A whole message about this Set alone. */
  readonly alone: readonly string[];
  readonly body: readonly string[];
}

async function storyOf(root: string, { path, oldPath, before, after }: StagedSet): Promise<Story> {
  const name = nameOf(path);
  if (before === undefined) return plain(name, 'added');
  if (after === undefined) return plain(name, 'deleted');
  const renamed = path === oldPath ? '' : renaming(oldPath, path);
  if (before === after) return plain(nameOf(oldPath), renamed || 'unchanged');
  const old = await stagedSet(root, before, oldPath);
  const young = await stagedSet(root, after, path);
  if (old === undefined || young === undefined) return plain(name, 'changed');
  const told = sentences(old, diffSets(old, young));
  if (told.length === 0) return plain(nameOf(oldPath), renamed || 'saved without changes');
  const extra = renamed === '' ? [] : [`- ${nameOf(oldPath)} ${renamed}`];
  const alone = messageLines(told);
  const gap = alone.length === 1 && extra.length > 0 ? [''] : [];
  const summary = printable(headline(told));
  return { name, summary, alone: [...alone, ...gap, ...extra], body: [...bodyLines(told), ...extra] };
}

const nameOf = (path: string): string => printable(posix.basename(path).replace(/\.als$/i, ''));

const renaming = (oldPath: string, path: string): string =>
  nameOf(oldPath) === nameOf(path) ? `moved to ${printable(posix.dirname(path))}` : `renamed ${nameOf(path)}`;

const plain = (name: string, summary: string): Story => ({
  name,
  summary,
  alone: [cut(`${name} ${summary}`)],
  body: [],
});

const cut = (text: string): string =>
  text.length <= SUBJECT_COLUMNS ? text : `${text.slice(0, SUBJECT_COLUMNS - 1)}…`;

/** One Set: as `diff --message`. Several: their names, then what changed in each. */
function message(stories: readonly Story[]): readonly string[] {
  const [only] = stories;
  if (only === undefined) return [];
  if (stories.length === 1) return only.alone;
  const subject = cut(`${stories.length} Sets: ${stories.map(({ name }) => name).join(', ')}`);
  return [subject, ...stories.flatMap(partLines)];
}

/** One change is its own summary: it is not said twice. */
const partLines = ({ name, summary, body }: Story): readonly string[] => [
  ...['', cut(`${name}: ${summary}`)],
  ...body.filter((line) => line !== `- ${summary}`),
];
