import { trackNumbers, trackTitle, type TreeNode } from '@livetree/live-set';
import { type Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { readSet } from '../read-set.ts';
import { nodeText } from '../node-text.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;
const DEFAULT_DEPTH = 3;

interface Options {
  readonly depth: number;
  readonly json?: true;
}

export function addShow(program: Command, output: Output): void {
  program
    .command('show')
    .argument('<file>', 'an .als file')
    .description('print a Set as a tree')
    .option('-d, --depth <levels>', 'how deep', levels, DEFAULT_DEPTH)
    .option('--json', 'the whole tree as one JSON document')
    .addHelpText('after', '\nExamples:\n  livetree show "My Song.als"\n  livetree show --depth 9 "My Song.als" | less -R\n  livetree show --json "My Song.als" | jq .root.props.tempoBpm')
    .action((file: string, options: Options) => run(file, options, output));
}

function levels(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}

async function run(file: string, options: Options, output: Output): Promise<void> {
  const set = await readSet(file, output);
  if (options.json === true) {
    await output.data(`${JSON.stringify({ schema: SCHEMA, root: set.root })}\n`);
    return;
  }
  const numbers = trackNumbers(set.root);
  const title = (node: TreeNode): string | undefined =>
    node.kind === 'track' ? trackTitle(node, numbers.get(node.id) ?? 0) : undefined;
  const lines = [nodeText(set.root, output.colors), ...treeLines(set.root, options.depth, title, output, '')];
  await output.data(`${lines.join('\n')}\n`);
}

/** A heading for each list, its nodes below it, to the given depth. */
function* treeLines(
  node: TreeNode,
  depth: number,
  title: (node: TreeNode) => string | undefined,
  output: Output,
  indent: string,
): Generator<string> {
  if (depth === 0) return;
  const lists = Object.entries(node.lists) as [keyof TreeNode['lists'], readonly TreeNode[]][];
  const entries = lists.flatMap(([list, children]) => children.map((child) => ({ list, child })));
  for (const [index, { child }] of entries.entries()) {
    const isLast = index === entries.length - 1;
    yield output.colors.dim(`${indent}${isLast ? '└─ ' : '├─ '}`) + nodeText(child, output.colors, title(child));
    yield* treeLines(child, depth - 1, title, output, `${indent}${isLast ? '   ' : '│  '}`);
  }
}
