import { type NodeOf, signatureOf } from '@livetree/live-set';
import { type Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { readMoment } from '../past/read-moment.ts';
import { titlesOf } from '../show/titles.ts';
import { treeJson } from '../show/tree-json.ts';
import { treeLines } from '../show/tree-lines.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;
/** Tracks, what lies in them, and one more: the members of a group within a group, the chains of a rack. */
const DEFAULT_DEPTH = 3;

interface Options {
  readonly depth?: number;
  readonly json?: true;
}

const HELP = `
Left out is what is at its default: faders at 0 dB, sends that are shut. Positions are bar.beat.sixteenth.
--json holds everything, in the units that its properties name; times are beats (quarter notes).

Examples:
  livetree show "My Song.als"
  livetree show --depth 9 "My Song.als" | less -R
  livetree show --json "My Song.als" | jq .root.props.tempoBpm
  livetree show "My Song@14:30"           as it was then; see livetree log`;

export function addShow(program: Command, output: Output): void {
  program
    .command('show')
    .argument('<set>', 'an .als file; or a Set as it was: "My Song@save-1"')
    .description('print a Set as a tree')
    .option(
      '-d, --depth <levels>',
      `how deep, from 1 on (default: ${DEFAULT_DEPTH}; with --json everything)`,
      levels,
    )
    .option('--json', 'as one JSON document')
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => run(file, options, output));
}

function levels(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}

async function run(file: string, { depth, json }: Options, output: Output): Promise<void> {
  const { name, root: tree } = await readMoment(file, output);
  if (json === true) {
    const root = treeJson(tree, depth ?? Number.POSITIVE_INFINITY);
    await output.data(`${JSON.stringify({ schema: SCHEMA, root })}\n`);
    return;
  }
  await output.data(`${textLines(tree, name, depth ?? DEFAULT_DEPTH, output).join('\n')}\n`);
}

function textLines(root: NodeOf<'set'>, setName: string, depth: number, output: Output): readonly string[] {
  const look = {
    paint: output.paint,
    titles: titlesOf(root),
    signature: signatureOf(root),
    setName,
    liveMajor: root.props.liveMajor,
  };
  return [...treeLines(root, depth, look)];
}
