/** Facet `warpMarkers`: which second of the sample lies on which beat. */
import type { FacetItem } from '../../model/facet.ts';
import type { Reader } from '../reader.ts';
import { ROLE } from '../roles.ts';
import type { Rule } from '../rules.ts';
import { nameId } from '../vocabulary.ts';

const SEC_TIME = nameId('SecTime');
const BEAT_TIME = nameId('BeatTime');

/** Counts the markers of a clip, or adds those of one more sample of an instrument. */
export const warpMarkers: Rule = (reader, element, draft) => {
  const before = (draft.props['warpMarkerCount'] as number | undefined) ?? 0;
  draft.props['warpMarkerCount'] = before + reader.countChildren(element);
  reader.facet(element, draft, 'warpMarkers');
  if (reader.roles === undefined) return;
  reader.claim(element);
  for (const marker of reader.children(element)) {
    reader.claim(marker);
    reader.claimAttribute(marker, SEC_TIME);
    reader.claimAttribute(marker, BEAT_TIME);
  }
  reader.roles.subtree(element, ROLE.opaque);
};

/** Items `{ key, seconds, beats }`, in the order of the file. Up to Live 9 the key is the position. */
export function warpMarkerItems(reader: Reader, element: number, prefix = ''): readonly FacetItem[] {
  return [...reader.children(element)].map((marker, index) => ({
    key: `${prefix}${reader.id(marker) ?? index}`,
    seconds: Number(reader.attribute(marker, SEC_TIME)),
    beats: Number(reader.attribute(marker, BEAT_TIME)),
  }));
}
