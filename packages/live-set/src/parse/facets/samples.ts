/** Facet `samples`: the samples of Simpler and Sampler (`MultiSamplePart`). */
import type { FacetItem } from '../../model/facet.ts';
import type { PropValue } from '../../model/node.ts';
import { number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { enter, into, leaf, type Rule, readChildren, type Table, table } from '../rules.ts';
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
const numbers = Object.entries(NUMBERS).map(([tag, field]) => ({ tag: nameId(tag), field }));

/** Counts a sample, and hashes what its item holds into the facet; the rest is other settings. */
export const samplePart: Rule = (reader, element, draft) => {
  draft.props['sampleCount'] = ((draft.props['sampleCount'] as number | undefined) ?? 0) + 1;
  enter(reader, element, draft);
  readChildren(reader, element, partTable, draft, undefined);
};

const field: Rule = (reader, element, draft) => {
  reader.facet(element, draft, 'samples');
  leaf(reader, element, draft);
};

/** The path belongs to the item, all else of the reference to the other settings. */
const sampleFile: Rule = (reader, element, draft) => {
  const file = reader.child(element, FILE_REF);
  enter(reader, element, draft);
  for (const child of reader.children(element)) if (child !== file) reader.opaque(child, draft);
  if (file < 0) return;
  const from = samplePath(reader, file)?.from ?? NONE;
  enter(reader, file, draft);
  for (const child of reader.children(file)) {
    if (!from.includes(child)) {
      reader.opaque(child, draft);
      continue;
    }
    reader.facet(child, draft, 'samples');
    reader.claimAll(child);
  }
};
const NONE: readonly number[] = [];

const partTable: Table = table({
  Name: field,
  ...Object.fromEntries(Object.keys(NUMBERS).map((tag) => [tag, field])),
  SampleWarpProperties: into(table({ WarpMarkers: warpMarkers })),
  SampleRef: sampleFile,
});

/** The sample parts of an instrument, in order. */
export function samplesOf(reader: Reader, device: number): readonly number[] {
  const parts = reader.path(device, PLAYER, MULTI_SAMPLE_MAP, SAMPLE_PARTS);
  if (parts < 0) return [];
  return reader.children(parts).filter((part) => reader.tape.name[part] === MULTI_SAMPLE_PART);
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
