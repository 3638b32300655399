/** Details from what Live says, as items of the same shape as those from a file. */
import type { FacetItem, FacetName, PropValue } from '@livetree/live-set';
import type { Handle, RawProps, RawValue } from '@livetree/protocol';
import { rowsOf } from './project-props.ts';
import type { RawNode, RawSet } from './raw-set.ts';
import { flagOf, itemsOf, numberOf, textOf } from './raw-value.ts';

/** Other properties in place of those of an object: as they were before. */
export type PropsOf = (node: RawNode) => RawProps;
const asTheyAre: PropsOf = (node) => node.props;

/** @returns `undefined` while Live has not told the content */
export function liveFacet(
  raw: RawSet,
  handle: Handle,
  facet: FacetName,
  propsOf = asTheyAre,
): readonly FacetItem[] | undefined {
  const node = raw.get(handle);
  if (node === undefined) return undefined;
  const props = propsOf(node);
  if (facet === 'parameters') return parameterItems(raw, node, propsOf);
  if (facet === 'notes') return isMidi(node) ? noteItems(props['notes']) : [];
  if (facet === 'warpMarkers') return isAudio(node) ? markerItems(props['warp_markers']) : [];
  return [];
}

const isMidi = ({ kind, props }: RawNode): boolean =>
  kind === 'clip' && flagOf(props['is_midi_clip']) === true;
const isAudio = ({ kind, props }: RawNode): boolean =>
  kind === 'clip' && flagOf(props['is_midi_clip']) !== true;

function parameterItems(raw: RawSet, node: RawNode, propsOf: PropsOf): readonly FacetItem[] | undefined {
  if (node.kind !== 'device') return [];
  if (!node.lists.has('parameters')) return undefined;
  return raw.members(node.handle, 'parameters').flatMap((parameter, at) => {
    const item = parameterItem(parameter.handle, propsOf(parameter));
    if (!parameter.isFilled) return [];
    // The first one is the switch of the device, which is a property of its node, too.
    return at === 0 ? [{ ...item, key: 'On' }] : [item];
  });
}

/**
 * Item `{ key, name, value, raw, min?, max?, automated?, inactive? }`. `value` is Live's own text of the value
 * or the word of a chooser where Live told one, else the raw value, in Live's own scale.
 */
export function parameterItem(handle: Handle, props: RawProps): FacetItem {
  const raw = rawValue(props['value']);
  const min = numberOf(props['min']);
  const max = numberOf(props['max']);
  const name = textOf(props['name']) ?? '';
  const original = textOf(props['original_name']);
  return {
    key: String(handle),
    name,
    value: shownValue(props, raw),
    raw,
    ...(original !== undefined && original !== name && { originalName: original }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...((numberOf(props['automation_state']) ?? 0) > 0 && { automated: true }),
    ...((numberOf(props['state']) ?? 0) > 0 && { inactive: true }),
  };
}

const rawValue = (value: RawValue | undefined): PropValue =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : 0;

function shownValue(props: RawProps, raw: PropValue): PropValue {
  const text = textOf(props['text']);
  if (text !== undefined) return text;
  const word = flagOf(props['is_quantized']) === true && typeof raw === 'number' && wordAt(props, raw);
  return word || raw;
}

function wordAt(props: RawProps, raw: number): string | undefined {
  const words = itemsOf(props['value_items']);
  return textOf(words?.[Math.round(raw - (numberOf(props['min']) ?? 0))]);
}

const NOTE_FIELDS = [
  ['time', 1],
  ['duration', 2],
  ['velocity', 3],
  ['releaseVelocity', 7],
  ['velocityDeviation', 6],
  ['probability', 5],
] as const;

/** Items as of a file: `{ key, pitch, time, duration, velocity, …, enabled }`, by time, then pitch. */
function noteItems(value: RawValue | undefined): readonly FacetItem[] | undefined {
  const items = rowsOf(value)?.map((row): FacetItem & { readonly time: number; readonly pitch: number } => {
    const fields = NOTE_FIELDS.map(([name, column]) => [name, numberOf(row[column]) ?? 0] as const);
    const pitch = numberOf(row[0]) ?? 0;
    const time = numberOf(row[1]) ?? 0;
    const id = numberOf(row[8]);
    const key = id === undefined ? `${pitch}@${time}` : String(id);
    return { key, pitch, time, ...Object.fromEntries(fields), enabled: flagOf(row[4]) !== true };
  });
  return items?.sort((a, b) => a.time - b.time || a.pitch - b.pitch);
}

/** Items as of a file: `{ key, seconds, beats }`. */
const markerItems = (value: RawValue | undefined): readonly FacetItem[] | undefined =>
  rowsOf(value)?.map((row, at) => ({
    key: String(at),
    seconds: numberOf(row[1]) ?? 0,
    beats: numberOf(row[0]) ?? 0,
  }));
