/** Facet `warpMarkers`: which second of the sample lies on which beat. */
import type { FacetItem } from '../../model/facet.ts';
import { number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { ROLE } from '../roles.ts';
import type { Rule } from '../rules.ts';
import { nameId } from '../vocabulary.ts';

const WARP_MARKER = nameId('WarpMarker');
const SEC_TIME = nameId('SecTime');
const BEAT_TIME = nameId('BeatTime');

/** Counts the markers of a clip, or adds those of one more sample of an instrument. */
export const warpMarkers: Rule = (reader, element, draft) => {
  const before = (draft.props['warpMarkerCount'] as number | undefined) ?? 0;
  draft.props['warpMarkerCount'] = before + reader.countNamed(element, WARP_MARKER);
  reader.facet(element, draft, 'warpMarkers');
  if (reader.roles === undefined) return;
  reader.claim(element);
  for (const marker of markersOf(reader, element)) {
    reader.claim(marker);
    reader.claimAttribute(marker, SEC_TIME);
    reader.claimAttribute(marker, BEAT_TIME);
  }
  reader.roles.subtree(element, ROLE.opaque);
};

const markersOf = (reader: Reader, list: number): readonly number[] =>
  reader.children(list).filter((child) => reader.is(child, WARP_MARKER));

function place(reader: Reader, marker: number): { seconds?: number; beats?: number } {
  const seconds = number(reader.attribute(marker, SEC_TIME) ?? '');
  const beats = number(reader.attribute(marker, BEAT_TIME) ?? '');
  return { ...(seconds === undefined ? {} : { seconds }), ...(beats === undefined ? {} : { beats }) };
}

/** Items `{ key, seconds, beats }`, in the order of the file. Up to Live 9 the key is the position. */
export function warpMarkerItems(reader: Reader, element: number, prefix = ''): readonly FacetItem[] {
  return markersOf(reader, element).map((marker, index) => ({
    key: `${prefix}${reader.id(marker) ?? index}`,
    ...place(reader, marker),
  }));
}
