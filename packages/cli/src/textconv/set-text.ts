/** A Set as text for `git diff`: a property a line, and checksums for what has no line. */
import {
  type FacetItem,
  type FacetName,
  formatDecibels,
  type ListName,
  type NodeOf,
  type ParsedSet,
  readFacet,
  type Signature,
  signatureOf,
  type TreeNode,
} from '@livetree/live-set';
import { type FacetLook, ITEM_LINES, placeText } from './facet-lines.ts';
import { referenceNames } from './references.ts';
import { heading, oneLine, propLines } from './words.ts';

/** Version of the text: git keeps texts under the command that made them, so the number is part of that. */
export const TEXT_FORMAT = 2;

/**
 * In pieces, each of whole lines: a node and its details. Two saves in which nothing differs give the same text.
 * Linear in the size of the Set, but for envelopes of clips (the track of each is looked through).
 */
export function setText(set: ParsedSet): Generator<string> {
  return new SetText(set).pieces();
}

const INDENT = '  ';

/** Where a line stands. */
interface Spot {
  readonly indent: string;
  /** `Kick › ` inside a chain. */
  readonly chain: string;
  /** Before each line of a device or chain: `Kick › Simpler › `. A hunk shows three lines around a change only. */
  readonly prefix: string;
}
const TOP: Spot = { indent: '', chain: '', prefix: '' };

/** In a node after its properties; its envelopes follow the devices, whose parameters they name. */
const FIRST: readonly ListName[] = ['sends', 'devices'];
/** What is a track's own comes before the members of a group, so that git finds the right heading above a change. */
const SECOND: readonly ListName[] = [
  ...(['chains', 'returnChains', 'clips', 'slots', 'arrangement', 'takeLanes'] as const),
  ...(['tracks', 'returns', 'main', 'scenes', 'locators'] as const),
];

const FACET_WORDS = {
  parameters: 'parameters',
  notes: 'notes',
  warpMarkers: 'warp markers',
  samples: 'samples',
  envelopes: 'envelopes',
} as const satisfies Record<FacetName, string>;
const OWN_FACETS = ['parameters', 'notes', 'warpMarkers', 'samples'] as const;

class SetText {
  readonly #set: ParsedSet;
  readonly #song: Signature;
  readonly #names: ReadonlyMap<string, string>;
  /** `EQ Eight › 2 Frequency A`, by the target of its automation; filled on the way. */
  readonly #targets = new Map<string, string>();

  constructor(set: ParsedSet) {
    this.#set = set;
    this.#song = signatureOf(set.root);
    this.#names = referenceNames(set.root);
  }

  pieces(): Generator<string> {
    return this.#node(this.#set.root, TOP);
  }

  *#node(node: TreeNode, spot: Spot): Generator<string> {
    if (node.kind === 'send') {
      yield `${spot.indent}${spot.prefix}${this.#send(node)}\n`;
      return;
    }
    const inner = within(node, spot);
    const before = inner.indent + inner.prefix;
    yield block([heading(node) + this.#place(node)], spot.indent) + block(this.#own(node, inner), before);
    for (const list of FIRST) yield* this.#list(node, list, inner);
    yield block(this.#facet(node, 'envelopes', inner), before);
    for (const list of SECOND) yield* this.#list(node, list, inner);
  }

  *#list(node: TreeNode, list: ListName, spot: Spot): Generator<string> {
    for (const member of inOrder(node.lists[list] ?? [])) yield* this.#node(member, spot);
  }

  #own(node: TreeNode, spot: Spot): readonly string[] {
    const other = this.#set.fingerprints.get(node.id)?.other;
    const hasOther = other !== undefined && (other.low !== 0 || other.high !== 0);
    return [
      ...propLines(node),
      ...(hasOther ? [`other settings: checksum ${hashText(other)}`] : []),
      // Not spread into one call: a clip may have a hundred thousand notes.
      ...OWN_FACETS.map((facet) => this.#facet(node, facet, spot)).reduce((all, more) => all.concat(more)),
    ];
  }

  #facet(node: TreeNode, facet: FacetName, spot: Spot): readonly string[] {
    const sum = this.#set.fingerprints.get(node.id)?.facets[facet];
    if (sum === undefined) return [];
    const items = readFacet(this.#set, node.id, facet);
    if (facet === 'parameters') this.#learn(items, spot.prefix);
    const isMixer = facet === 'parameters' && node.kind !== 'device';
    const title = `${isMixer ? 'mixer' : FACET_WORDS[facet]}: ${items.length}, checksum ${hashText(sum)}`;
    // The mixer's parameters are properties already.
    if (isMixer) return [title];
    const look = this.#look(node);
    const linesOf = ITEM_LINES[facet];
    return [title, ...items.flatMap((item) => linesOf(item, look))];
  }

  #learn(items: readonly FacetItem[], owner: string): void {
    for (const { target, name } of items)
      if (typeof target === 'string') this.#targets.set(target, owner + oneLine(String(name)));
  }

  #look(node: TreeNode): FacetLook {
    return { signature: node.kind === 'clip' ? clipSignature(node) : this.#song, targets: this.#targets };
  }

  #send(node: NodeOf<'send'>): string {
    const { levelDb, active, target } = node.props;
    const to = `send to ${this.#names.get(target) ?? '?'}`;
    const sum = this.#set.fingerprints.get(node.id)?.facets.parameters;
    for (const item of readFacet(this.#set, node.id, 'parameters')) this.#learn([{ ...item, name: to }], '');
    const level = levelDb === undefined ? '?' : formatDecibels(levelDb);
    return `${to}: ${level}${active === false ? ', off' : ''}${sum === undefined ? '' : `, checksum ${hashText(sum)}`}`;
  }

  /** Where a clip, slot or locator lies. */
  #place(node: TreeNode): string {
    if (node.kind === 'slot') return ` in ${this.#names.get(node.props.scene) ?? '?'}`;
    if (node.kind === 'locator') return ` at ${placeText(node.props.time, this.#song)}`;
    if (node.kind !== 'clip') return '';
    const { scene, start } = node.props;
    if (scene !== undefined) return ` in ${this.#names.get(scene) ?? '?'}`;
    return start === undefined ? '' : ` at ${placeText(start, this.#song)}`;
  }
}

/** Each line with what stands before it, and its end. */
const block = (lines: readonly string[], before: string): string =>
  lines.length === 0 ? '' : `${before}${lines.join(`\n${before}`)}\n`;

function within(node: TreeNode, { indent, chain }: Spot): Spot {
  const deeper = indent + INDENT;
  if (node.kind === 'device')
    return { indent: deeper, chain, prefix: `${chain}${oneLine(node.props.name)} › ` };
  if (node.kind !== 'chain') return { indent: deeper, chain: '', prefix: '' };
  const prefix = `${oneLine(node.props.name)} › `;
  return { indent: deeper, chain: prefix, prefix };
}

function clipSignature({ props }: NodeOf<'clip'>): Signature {
  const { signatureNumerator: numerator = 4, signatureDenominator: denominator = 4 } = props;
  return { numerator, denominator };
}

/** Locators in the order of the song; all else as in Live. */
function inOrder(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes[0]?.kind === 'locator' ? [...nodes].sort((a, b) => timeOf(a) - timeOf(b)) : nodes;
}
const timeOf = (node: TreeNode): number => (node.kind === 'locator' ? node.props.time : 0);

const hashText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  hex(high) + hex(low);
const hex = (number: number): string => (number >>> 0).toString(16).padStart(8, '0');
