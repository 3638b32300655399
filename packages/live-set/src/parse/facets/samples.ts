/** Facet `samples`: the samples of Simpler and Sampler (`MultiSamplePart`). */
import type { FacetItem } from '../../model/facet.ts';
import type { PropValue } from '../../model/node.ts';
import { number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { enter, into, leaf, type Rule, readAttributes, type Table, table } from '../rules.ts';
import { samplePath } from '../sample-ref.ts';
import { nameId } from '../vocabulary.ts';
import { warpMarkers } from './warp-markers.ts';

const PLAYER = nameId('Player');
const MULTI_SAMPLE_MAP = nameId('MultiSampleMap');
const SAMPLE_PARTS = nameId('SampleParts');
export const MULTI_SAMPLE_PART = nameId('MultiSamplePart');
const NAME = nameId('Name');
const SAMPLE_REF = nameId('SampleRef');
const FILE_REF = nameId('FileRef');
const NUMBERS = {
  RootKey: 'rootKey',
  Detune: 'detuneCents',
  SampleStart: 'sampleStart',
  SampleEnd: 'sampleEnd',
} as const;
const SAMPLE_WARP_PROPERTIES = nameId('SampleWarpProperties');
const FIELDS = new Set([NAME, ...Object.keys(NUMBERS).map(nameId)]);
const numbers = Object.entries(NUMBERS).map(([tag, field]) => ({ tag: nameId(tag), field }));

const warpProperties: Table = table({ WarpMarkers: warpMarkers });

/** Counts a sample, and hashes what its item holds into the facet; the rest is other settings. */
export const samplePart: Rule = (reader, element, draft) => {
  const { name } = reader.tape;
  draft.props['sampleCount'] = ((draft.props['sampleCount'] as number | undefined) ?? 0) + 1;
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  for (const child of reader.children(element)) {
    const id = name[child] as number;
    if (FIELDS.has(id)) {
      reader.facet(child, draft, 'samples');
      leaf(reader, child, draft);
    } else if (id === SAMPLE_WARP_PROPERTIES) {
      into(warpProperties)(reader, child, draft, undefined);
    } else if (id === SAMPLE_REF) {
      sampleFile(reader, child, draft, undefined);
    } else {
      reader.opaque(child, draft);
    }
  }
};

/** The path belongs to the item, all else of the reference to the other settings. */
const sampleFile: Rule = (reader, element, draft) => {
  const file = reader.child(element, FILE_REF);
  const from = file < 0 ? [] : (samplePath(reader, file)?.from ?? []);
  enter(reader, element, draft);
  if (file >= 0) enter(reader, file, draft);
  for (const child of [...reader.children(element), ...(file < 0 ? [] : reader.children(file))]) {
    if (child === file) continue;
    if (!from.includes(child)) {
      reader.opaque(child, draft);
      continue;
    }
    reader.facet(child, draft, 'samples');
    reader.claimAll(child);
  }
};

/** The sample parts of an instrument, in order. */
export function samplesOf(reader: Reader, device: number): readonly number[] {
  const parts = reader.path(device, PLAYER, MULTI_SAMPLE_MAP, SAMPLE_PARTS);
  if (parts < 0) return [];
  return [...reader.children(parts)].filter((part) => reader.tape.name[part] === MULTI_SAMPLE_PART);
}

/** Items `{ key, name, path?, rootKey, detuneCents, sampleStart, sampleEnd }`; start and end in sample frames. */
export function sampleItems(reader: Reader, device: number): readonly FacetItem[] {
  return samplesOf(reader, device).map((part, index) => sampleItem(reader, part, index));
}

function sampleItem(reader: Reader, part: number, index: number): FacetItem {
  const item: Record<string, PropValue> = { name: reader.childValue(part, NAME) ?? '' };
  const file = reader.path(part, SAMPLE_REF, FILE_REF);
  const found = file < 0 ? undefined : samplePath(reader, file);
  if (found !== undefined) item['path'] = found.path;
  for (const { tag, field } of numbers) {
    const value = number(reader.childValue(part, tag) ?? '');
    if (value !== undefined) item[field] = value;
  }
  return { key: `${index}`, ...item };
}
