import { diffSets, headline, type Sentence, type SetDiff, sentences } from '@livetree/live-set';
import { type Command, Option } from 'commander';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { readSet } from '../read-set.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;
/** Longest first line of a commit message. */
const SUBJECT_COLUMNS = 72;

interface Options {
  readonly stat?: true;
  readonly json?: true;
  readonly sentences?: true;
  readonly message?: true;
  readonly exitCode?: true;
}

export function addDiff(program: Command, output: Output): void {
  const ways = ['stat', 'json', 'sentences', 'message'];
  const way = (flags: string, description: string, name: string): Option =>
    new Option(flags, description).conflicts(ways.filter((other) => other !== name));
  program
    .command('diff')
    .argument('<before>', 'an .als file')
    .argument('<after>', 'a later save of it')
    .description('say what changed between two saves')
    .addOption(way('--sentences', 'one change a line, nothing else', 'sentences'))
    .addOption(way('--stat', 'only how many changes of what kind', 'stat'))
    .addOption(way('--json', 'as one JSON document', 'json'))
    .addOption(way('--message', 'as a commit message: a headline, then the changes', 'message'))
    .option('--exit-code', 'exit with 1 when the saves differ')
    .addHelpText(
      'after',
      '\nExamples:\n  livetree diff "Backup/My Song [2026-03-01 201500].als" "My Song.als"\n' +
        '  git commit -am "$(livetree diff --message old.als new.als)"',
    )
    .action((before: string, after: string, options: Options) => run(before, after, options, output));
}

async function run(beforePath: string, afterPath: string, options: Options, output: Output): Promise<void> {
  const before = await readSet(beforePath, output);
  const diff = diffSets(before, await readSet(afterPath, output));
  const told = sentences(before, diff);
  await output.data(text(told, diff, options, output));
  // What is only written otherwise tells nothing, and is no difference.
  if (options.exitCode === true && told.length > 0) process.exitCode = EXIT.different;
}

function text(told: readonly Sentence[], diff: SetDiff, options: Options, output: Output): string {
  if (options.json === true) return `${JSON.stringify(document(told, diff))}\n`;
  if (told.length === 0) return '';
  if (options.stat === true) return lines(statLines(told, diff));
  if (options.sentences === true) return lines(told.map((sentence) => printable(sentence.text)));
  if (options.message === true) return lines(messageLines(told));
  return lines(pageLines(told, output));
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

const document = (told: readonly Sentence[], { ops, touched }: SetDiff) => ({
  schema: SCHEMA,
  headline: told.length === 0 ? null : headline(told),
  sentences: told,
  ops,
  touched,
});

function messageLines(told: readonly Sentence[]): readonly string[] {
  const edits = told.filter(({ minor }) => !minor);
  const body = (edits.length === 0 ? told : edits).map((sentence) => `- ${printable(sentence.text)}`);
  const subject = printable(headline(told, { most: SUBJECT_COLUMNS }));
  return body.length === 1 && body[0] === `- ${subject}` ? [subject] : [subject, '', ...body];
}

/** Headline, edits, and apart what the performance or the computer changed. */
function pageLines(told: readonly Sentence[], { paint }: Output): readonly string[] {
  const { colors } = paint;
  const shown = ({ text: sentence }: Sentence): string => `  ${printable(sentence)}`;
  const edits = told.filter(({ minor }) => !minor);
  const minor = told.filter((sentence) => sentence.minor);
  const heading = minor.length === 0 ? [] : ['', colors.dim('Of the performance or the computer:')];
  return [
    colors.bold(printable(headline(told))),
    ...edits.map(shown),
    ...heading,
    ...minor.map((sentence) => colors.dim(shown(sentence))),
  ];
}

const COUNT_COLUMNS = 6;

function statLines(told: readonly Sentence[], { ops, touched }: SetDiff): readonly string[] {
  const kinds = new Map<string, number>();
  for (const { kind } of told) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const rows = [...kinds].sort(([, a], [, b]) => b - a);
  return [
    ...rows.map(([kind, count]) => `${String(count).padStart(COUNT_COLUMNS)}  ${kind.replaceAll('-', ' ')}`),
    `${told.length} sentences, ${ops.length} changes in the tree, details of ${touched.length} things`,
  ];
}
