/** The changes between two saves as a tree, in which each stands where it happened. */
import {
  type Located,
  type NodeOf,
  Places,
  type Sentence,
  type SentenceKind,
  type Step,
} from '@livetree/live-set';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';

interface Leaf extends Located {
  readonly sentence: Sentence;
}

/** A thing in which something changed. */
interface Branch {
  readonly step: Step;
  readonly branches: Map<string, Branch>;
  readonly leaves: Leaf[];
}

/** One line for each change, and for each thing in which several did. */
export function changeTree(
  told: readonly Sentence[],
  before: NodeOf<'set'>,
  after: NodeOf<'set'>,
  paint: Paint,
): readonly string[] {
  const places = new Places(before, after);
  const root = branch({ id: after.id, label: '', order: 0 });
  for (const sentence of told) {
    const leaf = { sentence, ...places.locate(sentence) };
    grow(root, leaf.way).leaves.push(leaf);
  }
  return [...linesBelow(root, '', paint)];
}

const branch = (step: Step): Branch => ({ step, branches: new Map(), leaves: [] });

function grow(root: Branch, way: readonly Step[]): Branch {
  let at = root;
  for (const step of way) {
    const next = at.branches.get(step.id) ?? branch(step);
    at.branches.set(step.id, next);
    at = next;
  }
  return at;
}

function* linesBelow({ branches, leaves }: Branch, indent: string, paint: Paint): Generator<string> {
  const members: readonly (Branch | Leaf)[] = [...branches.values(), ...leaves].sort(byOrder);
  for (const [index, member] of members.entries()) {
    const isLast = index === members.length - 1;
    const limb = paint.colors.dim(`${indent}${isLast ? '└─ ' : '├─ '}`);
    yield* memberLines(member, limb, `${indent}${isLast ? '   ' : '│  '}`, paint);
  }
}

const orderOf = (member: Branch | Leaf): number => ('step' in member ? member.step.order : member.order);
const byOrder = (a: Branch | Leaf, b: Branch | Leaf): number => orderOf(a) - orderOf(b);

function* memberLines(member: Branch | Leaf, limb: string, below: string, paint: Paint): Generator<string> {
  const { way, end } = straight(member);
  const labels = way.map((label) => paint.colors.bold(printable(label))).join(' › ');
  if ('sentence' in end) {
    yield `${limb}${sign(end.sentence.kind, paint)} ${labels}${labels === '' ? '' : end.joint}${printable(end.text)}`;
    return;
  }
  yield limb + labels;
  yield* linesBelow(end, below, paint);
}

/** As long as there is only one thing, its name stands on the same line. */
function straight(member: Branch | Leaf): { readonly way: readonly string[]; readonly end: Branch | Leaf } {
  const way: string[] = [];
  let end = member;
  while ('step' in end) {
    if (end.step.label !== '') way.push(end.step.label);
    const inside: readonly (Branch | Leaf)[] = [...end.branches.values(), ...end.leaves];
    const [only] = inside;
    if (only === undefined || inside.length > 1) break;
    end = only;
  }
  return { way, end };
}

function sign(kind: SentenceKind, { colors }: Paint): string {
  if (/-(added|duplicated)$/.test(kind)) return colors.green('+');
  if (/-(deleted|removed)$/.test(kind)) return colors.red('−');
  return /-moved$/.test(kind) ? colors.cyan('↕') : colors.yellow('~');
}
