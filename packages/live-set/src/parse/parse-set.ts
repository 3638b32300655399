import { LiveSetError } from '../errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { FacetItem } from '../model/facet.ts';
import type { FacetName, NodeId, NodeOf } from '../model/node.ts';
import type { Platform } from '../platform.ts';
import { scan } from '../xml/scan.ts';
import type { Oddity, Tape } from '../xml/tape.ts';
import { attributeText } from '../xml/text.ts';
import { type Fingerprint, ParseContext } from './context.ts';
import { readDevice } from './device.ts';
import { mixText } from './draft.ts';
import { facetItems } from './facets/items.ts';
import { readLiveSet } from './live-set.ts';
import { masks } from './noise.ts';
import { Reader } from './reader.ts';
import type { RoleMarks } from './roles.ts';
import { describeOddVersion, rejectClip, rejectOtherDocuments } from './version.ts';
import { nameId, vocabulary } from './vocabulary.ts';

export interface ParseOptions {
  readonly platform: Platform;
  readonly limits?: Limits;
  /** Name or path of the file, where there is one: a clip that Live saved on its own has the form of a Set. */
  readonly fileName?: string;
}

/** A Set as parsed: the tree, and the bytes it came from, from which details are read on demand. */
export interface ParsedSet {
  readonly root: NodeOf<'set'>;
  readonly tape: Tape;
  readonly platform: Platform;
  /** What was read although Live would not have written it so. */
  readonly oddities: readonly Oddity[];
  /** Hashes per node: facets, and the other settings. */
  readonly fingerprints: ReadonlyMap<NodeId, Fingerprint>;
}

const LIVE_SET = nameId('LiveSet');

/**
 * Parses the XML of a Set (inflated, see `@livetree/live-set/node` for files).
 * Reads every version from Live 8 on; a newer one than any seen is read as the newest and said to be odd.
 * Linear in the size of the XML.
 * @throws LiveSetError when it is no XML, no Set, or over a limit
 */
export function parseSet(xml: Uint8Array, options: ParseOptions): ParsedSet {
  const { platform, limits = DEFAULT_LIMITS, fileName } = options;
  const mask = masks();
  const tape = scan(xml, { platform, vocabulary: vocabulary(), masks: mask, limits });
  const set = readTape(tape, platform);
  if (fileName !== undefined) rejectClip(fileName);
  return set;
}

/** From tape to tree. `roles` keeps the coverage, `collectFor` the other settings of one node. */
export function readTape(tape: Tape, platform: Platform, roles?: RoleMarks): ParsedSet {
  const reader = new Reader(tape, platform, masks(), roles);
  const parse = new ParseContext(reader, readDevice);
  const root = readRootElement(parse);
  describeOddVersion(reader, root.props.creator);
  return {
    root,
    tape,
    platform,
    fingerprints: parse.fingerprints,
    oddities: [...tape.oddities, ...reader.oddities],
  };
}

function readRootElement(parse: ParseContext): NodeOf<'set'> {
  const { reader } = parse;
  rejectOtherDocuments(reader);
  const liveSet = reader.child(0, LIVE_SET);
  if (liveSet < 0) {
    throw new LiveSetError(
      'FILE_NOT_A_SET',
      'The file has no LiveSet inside: it is not a Live Set, or a damaged one.',
    );
  }
  return readLiveSet(parse, 0, liveSet);
}

/** The items of a facet of a node, read from the same bytes; empty when the node has none. Linear in its size. */
export function readFacet(set: ParsedSet, node: NodeId, facet: FacetName): readonly FacetItem[] {
  const fingerprint = set.fingerprints.get(node);
  if (fingerprint === undefined) return [];
  return facetItems(new Reader(set.tape, set.platform, masks()), fingerprint, facet);
}

/** XML path below the node's element → hash of what lies there and no rule reads. */
export type OtherSettings = ReadonlyMap<string, number>;

/** The other settings of a node, for telling which changed. */
export function otherSettings(set: ParsedSet, node: NodeId): OtherSettings {
  const found = new Map<string, number>();
  const fingerprint = set.fingerprints.get(node);
  if (fingerprint === undefined) return found;
  const reader = new Reader(set.tape, set.platform, masks());
  for (const part of fingerprint.otherElements) {
    const [path, hash] =
      part < 0
        ? attributePart(reader, ~part)
        : [pathFrom(reader, fingerprint.element, part), set.tape.hashLow[part] as number];
    found.set(path, Math.imul(found.get(path) ?? 0, 31) ^ hash);
  }
  return found;
}

/** The elements that no rule reads, by their paths below the node's element. */
export function otherElements(set: ParsedSet, node: NodeId): OtherElements {
  const reader = new Reader(set.tape, set.platform, masks());
  const elements = new Map<string, readonly number[]>();
  const fingerprint = set.fingerprints.get(node);
  for (const part of fingerprint?.otherElements ?? []) {
    if (part < 0 || fingerprint === undefined) continue;
    const path = pathFrom(reader, fingerprint.element, part);
    elements.set(path, [...(elements.get(path) ?? []), part]);
  }
  return { reader, elements };
}

/** With what reads them. */
export interface OtherElements {
  readonly reader: Reader;
  readonly elements: ReadonlyMap<string, readonly number[]>;
}

function attributePart(reader: Reader, attribute: number): readonly [path: string, hash: number] {
  const { tape, platform } = reader;
  const sum = { low: 0, high: 0 };
  mixText(sum, attributeText(tape, attribute, platform));
  return [`@${tape.names[tape.attributeName[attribute] as number]}`, sum.low];
}

function pathFrom(reader: Reader, top: number, element: number): string {
  const tags: string[] = [];
  for (let at = element; at > top; at = reader.tape.parent[at] as number) tags.unshift(reader.tag(at));
  return tags.join('/');
}
