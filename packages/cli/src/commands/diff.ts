import { headline } from '@livetree/live-set';
import { type Command, Option } from 'commander';
import { changeTree } from '../changes/change-tree.ts';
import { messageLines } from '../changes/message.ts';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { createPaint, type Paint } from '../paint.ts';
import type { Difference } from '../past/compare.ts';
import { compareMoments } from '../past/compare.ts';
import { readMoment } from '../past/read-moment.ts';
import { printable } from '../printable.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;

interface Options {
  readonly stat?: true;
  readonly json?: true;
  readonly sentences?: true;
  readonly message?: true;
  readonly exitCode?: true;
  readonly color?: boolean;
}

export function addDiff(program: Command, output: Output): void {
  const ways = ['stat', 'json', 'sentences', 'message'];
  const way = (flags: string, description: string, name: string): Option =>
    new Option(flags, description).conflicts(ways.filter((other) => other !== name));
  program
    .command('diff')
    .argument('<before>', 'an .als file; or a Set as it was: "My Song@save-1"')
    .argument('<after>', 'a later save of it, likewise')
    .description('say what changed between two saves')
    .addOption(way('--sentences', 'one change a line, nothing else', 'sentences'))
    .addOption(way('--stat', 'only how many changes of what kind', 'stat'))
    .addOption(way('--json', 'as one JSON document', 'json'))
    .addOption(way('--message', 'as a commit message: a headline, then the changes', 'message'))
    .option('--exit-code', 'exit with 1 when the saves differ')
    .option('--color', 'colour the tree of changes (default: on terminals)')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      '\nWithout an option: a tree in which each change stands where it happened. + added, − removed, ↕ moved, ~ changed.\n' +
        '\nExamples:\n  livetree diff "Backup/My Song [2026-03-01 201500].als" "My Song.als"\n' +
        '  livetree diff "My Song@save-1" "My Song@save"     the last two saves; see livetree log\n' +
        '  livetree diff "My Song@2026-03-01" "My Song.als"\n' +
        '  git commit -am "$(livetree diff --message old.als new.als)"',
    )
    .action((before: string, after: string, options: Options) => run(before, after, options, output));
}

async function run(beforePath: string, afterPath: string, options: Options, output: Output): Promise<void> {
  const before = await readMoment(beforePath, output);
  const difference = await compareMoments(before, await readMoment(afterPath, output));
  const { told, withoutDetails } = difference;
  if (withoutDetails)
    output.say(
      'Note: of a moment between two saves only the tree is known; notes and parameters were not compared.',
    );
  await output.data(text(difference, options, paintFor(options, output)));
  // What is only written otherwise tells nothing, and is no difference.
  if (options.exitCode === true && told.length > 0) process.exitCode = EXIT.different;
}

/** `--color` and `--no-color` are meant, whatever the variables say. */
function paintFor({ color }: Options, { paint }: Output): Paint {
  if (color === undefined) return paint;
  return createPaint(color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }, false);
}

function text(difference: Difference, options: Options, paint: Paint): string {
  const { told } = difference;
  if (options.json === true) return `${JSON.stringify(document(difference))}\n`;
  if (told.length === 0) return '';
  if (options.stat === true) return lines(statLines(difference));
  if (options.sentences === true) return lines(told.map((sentence) => printable(sentence.text)));
  if (options.message === true) return lines(messageLines(told));
  return lines(pageLines(difference, paint));
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

const document = ({ told, ops, touched }: Difference) => ({
  schema: SCHEMA,
  headline: told.length === 0 ? null : headline(told),
  sentences: told,
  ops,
  touched,
});

/** Headline, the tree of edits, and apart what the performance or the computer changed. */
function pageLines({ before, after, told }: Difference, paint: Paint): readonly string[] {
  const { colors } = paint;
  const edits = told.filter(({ minor }) => !minor);
  const minor = told.filter((sentence) => sentence.minor);
  const heading = minor.length === 0 ? [] : ['', colors.dim('Of the performance or the computer:')];
  return [
    colors.bold(printable(headline(told))),
    ...changeTree(edits, before, after, paint),
    ...heading,
    ...minor.map((sentence) => colors.dim(`  ${printable(sentence.text)}`)),
  ];
}

const COUNT_COLUMNS = 6;

function statLines({ told, ops, touched }: Difference): readonly string[] {
  const kinds = new Map<string, number>();
  for (const { kind } of told) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const rows = [...kinds].sort(([, a], [, b]) => b - a);
  return [
    ...rows.map(([kind, count]) => `${String(count).padStart(COUNT_COLUMNS)}  ${kind.replaceAll('-', ' ')}`),
    `${told.length} sentences, ${ops.length} changes in the tree, details of ${touched.length} things`,
  ];
}
