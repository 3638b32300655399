/** Facets of nodes, read on demand. */
import type { FacetItem } from '../../model/facet.ts';
import type { FacetName } from '../../model/node.ts';
import type { Fingerprint } from '../context.ts';
import type { Reader } from '../reader.ts';
import { nameId } from '../vocabulary.ts';
import { envelopeItems, eventColumns, type NameTarget } from './envelopes.ts';
import { KEY_TRACKS, NOTES, noteItems } from './notes.ts';
import { parameterElements, parameterItem, parameterTitle } from './parameters.ts';
import { sampleItems, samplesOf } from './samples.ts';
import { warpMarkerItems } from './warp-markers.ts';

const ENVELOPES = nameId('Envelopes');
const AUTOMATION_ENVELOPES = nameId('AutomationEnvelopes');
const MODULATION_LIST = nameId('ModulationList');
const MODULATIONS = nameId('Modulations');
const ARRANGER_AUTOMATION = nameId('ArrangerAutomation');
const EVENTS = nameId('Events');
const WARP_MARKERS = nameId('WarpMarkers');
const SAMPLE_WARP_PROPERTIES = nameId('SampleWarpProperties');
const AUTOMATION_TARGET = nameId('AutomationTarget');
const MODULATION_TARGET = nameId('ModulationTarget');

/**
 * The items of one facet of the node that was read from `fingerprint.element`. Each key once: where another program
 * than Live used one twice, the second has a suffix.
 */
export function facetItems(reader: Reader, fingerprint: Fingerprint, facet: FacetName): readonly FacetItem[] {
  const taken = new Set<string>();
  return readItems(reader, fingerprint, facet).map((item) => {
    let key = item.key;
    for (let copy = 2; taken.has(key); copy++) key = `${item.key}~${copy}`;
    taken.add(key);
    return key === item.key ? item : { ...item, key };
  });
}

function readItems(reader: Reader, fingerprint: Fingerprint, facet: FacetName): readonly FacetItem[] {
  switch (facet) {
    case 'notes':
      return notes(reader, fingerprint.element);
    case 'warpMarkers':
      return warpMarkers(reader, fingerprint);
    case 'parameters':
      return parameterElements(reader, fingerprint).map((found) => parameterItem(reader, fingerprint, found));
    case 'envelopes':
      return envelopes(reader, fingerprint);
    case 'samples':
      return sampleItems(reader, fingerprint.element);
    default: {
      const never: never = facet;
      return never;
    }
  }
}

function notes(reader: Reader, clip: number): readonly FacetItem[] {
  const keyTracks = reader.path(clip, NOTES, KEY_TRACKS);
  return keyTracks < 0 ? [] : noteItems(reader, keyTracks);
}

function warpMarkers(reader: Reader, { kind, element }: Fingerprint): readonly FacetItem[] {
  if (kind === 'clip') {
    const list = reader.child(element, WARP_MARKERS);
    return list < 0 ? [] : warpMarkerItems(reader, list);
  }
  return samplesOf(reader, element).flatMap((part, index) => {
    const list = reader.path(part, SAMPLE_WARP_PROPERTIES, WARP_MARKERS);
    return list < 0 ? [] : warpMarkerItems(reader, list, `${index}/`);
  });
}

/** From Live 10 on a track has a list; before, each parameter of a device or mixer has its own events. */
function envelopes(reader: Reader, fingerprint: Fingerprint): readonly FacetItem[] {
  const { element, kind } = fingerprint;
  const lists = [
    reader.path(element, kind === 'clip' ? ENVELOPES : AUTOMATION_ENVELOPES, ENVELOPES),
    reader.path(element, MODULATION_LIST, MODULATIONS),
  ].filter((list) => list >= 0 && !reader.isEmpty(list));
  const nameTarget = lists.length === 0 ? () => undefined : targetNames(reader, element);
  const listed = lists.flatMap((list) => envelopeItems(reader, list, nameTarget));
  return kind === 'clip' ? listed : [...listed, ...automationInParameters(reader, fingerprint)];
}

function automationInParameters(reader: Reader, fingerprint: Fingerprint): readonly FacetItem[] {
  return parameterElements(reader, fingerprint).flatMap((found) => {
    const events = reader.path(found.element, ARRANGER_AUTOMATION, EVENTS);
    if (events < 0 || reader.events(events).length < 2) return [];
    const { key, name } = parameterItem(reader, fingerprint, found);
    return [{ key, target: key, parameter: String(name), ...eventColumns(reader, events) }];
  });
}

/** Names of the parameters of the track that an element lies in, by the ids of their pointees. */
function targetNames(reader: Reader, element: number): NameTarget {
  const { tape } = reader;
  const names = new Map<string, number>();
  const track = trackOf(reader, element);
  for (let at = track; at < (tape.end[track] as number); at++) {
    const name = tape.name[at] as number;
    if (name === AUTOMATION_TARGET || name === MODULATION_TARGET) {
      names.set(reader.id(at) ?? '', tape.parent[at] as number);
    }
  }
  return (pointee) => {
    const parameter = names.get(pointee);
    return parameter === undefined ? undefined : parameterTitle(reader, parameter);
  };
}

function trackOf(reader: Reader, element: number): number {
  let at = element;
  while (at > 0 && !/Track$/.test(reader.tag(at))) at = reader.tape.parent[at] as number;
  return at;
}
