/** A tree as lines of text. */
import { LIST_NAMES, type ListName, type NodeOf, paletteColor, type TreeNode } from '@livetree/live-set';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { type Context, isDefault, nodeText } from './node-text.ts';
import { sceneName } from './titles.ts';
import { counted } from './values.ts';

/** The members of a node in the order in which every view of a Set shows them; locators as they follow in the song. */
const membersOf = ({ lists }: TreeNode): readonly TreeNode[] =>
  LIST_NAMES.flatMap((list) =>
    list === 'locators' ? [...(lists[list] ?? [])].sort(byTime) : (lists[list] ?? []),
  );

const byTime = (a: TreeNode, b: TreeNode): number => timeOf(a) - timeOf(b);
const timeOf = (node: TreeNode): number => (node.kind === 'locator' ? node.props.time : 0);

export interface TreeLook extends Context {
  readonly paint: Paint;
  readonly liveMajor: number | undefined;
}

/** A row: a node, or a run of scenes of which there is nothing to say but that they are there. */
type Row = { readonly node: TreeNode } | { readonly scenes: string };

/** One line for each node down to `depth` levels below the root; deeper ones are counted on the last line shown. */
export function* treeLines(root: NodeOf<'set'>, depth: number, look: TreeLook): Generator<string> {
  yield line(root, look, depth === 0);
  yield* linesBelow(root, depth, look, '');
}

function* linesBelow(node: TreeNode, depth: number, look: TreeLook, indent: string): Generator<string> {
  if (depth === 0) return;
  const rows = rowsOf(node, look);
  const { colors } = look.paint;
  for (const [index, row] of rows.entries()) {
    const isLast = index === rows.length - 1;
    const branch = colors.dim(`${indent}${isLast ? '└─ ' : '├─ '}`);
    if ('scenes' in row) yield branch + colors.cyan(padded('Scenes')) + colors.dim(row.scenes);
    else {
      yield branch + line(row.node, look, depth === 1);
      yield* linesBelow(row.node, depth - 1, look, `${indent}${isLast ? '   ' : '│  '}`);
    }
  }
}

function line(node: TreeNode, look: TreeLook, isCut: boolean): string {
  const { label, name, details } = nodeText(node, look);
  const { colors } = look.paint;
  const parts = [...details, isCut ? inside(node) : ''].filter((part) => part !== '');
  if (name === '') return colors.cyan(printable(label));
  const tail = parts.length === 0 ? '' : colors.dim(`  ${printable(parts.join(' · '))}`);
  return colors.cyan(padded(label)) + swatch(node, look) + colors.bold(printable(name)) + tail;
}

/** Longest label: "Audio clip". */
const LABEL_COLUMNS = 11;
const padded = (label: string): string => label.padEnd(LABEL_COLUMNS);

function swatch(node: TreeNode, { paint, liveMajor }: TreeLook): string {
  if (node.kind !== 'track' || node.props.color === undefined) return '';
  return paint.swatch(paletteColor(node.props.color, liveMajor));
}

/** What is counted where it is not shown. */
const THINGS: readonly (readonly [ListName, string])[] = [
  ['tracks', 'track'],
  ['returns', 'return'],
  ['scenes', 'scene'],
  ['locators', 'locator'],
  ['devices', 'device'],
  ['chains', 'chain'],
  ['returnChains', 'return chain'],
  ['clips', 'clip'],
  ['arrangement', 'arrangement clip'],
  ['takeLanes', 'take lane'],
];

/** `(3 devices, 2 clips)`: what lies below a line that is not opened further. */
function inside({ lists }: TreeNode): string {
  const counts = THINGS.map(([list, thing]) => counted(lists[list]?.length, thing));
  const shown = counts.filter((count) => count !== '').join(', ');
  return shown === '' ? '' : `(${shown})`;
}

/** A run of at least so many becomes one line. */
const SCENE_RUN = 3;

function rowsOf(node: TreeNode, { titles }: TreeLook): readonly Row[] {
  const members = membersOf(node).filter((member) => !isDefault(member));
  const rows: Row[] = [];
  for (let at = 0; at < members.length; ) {
    const run = plainScenes(members, at);
    const [first, last] = [members[at], members[at + run - 1]];
    if (run >= SCENE_RUN && first !== undefined && last !== undefined) {
      rows.push({ scenes: `${titles.get(first.id)}–${titles.get(last.id)}  ${run} without name` });
      at += run;
    } else {
      if (first !== undefined) rows.push({ node: first });
      at += 1;
    }
  }
  return rows;
}

/** How many scenes from here on have neither name, tempo nor meter. */
function plainScenes(members: readonly TreeNode[], from: number): number {
  let count = 0;
  while (isPlainScene(members[from + count])) count += 1;
  return count;
}

function isPlainScene(node: TreeNode | undefined): boolean {
  if (node?.kind !== 'scene') return false;
  const { annotation, tempoBpm, signatureNumerator } = node.props;
  return (
    sceneName(node) === '' &&
    annotation === undefined &&
    tempoBpm === undefined &&
    signatureNumerator === undefined
  );
}
