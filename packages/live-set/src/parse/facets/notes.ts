/** Facet `notes`: the notes of a MIDI clip, by time, then pitch. */
import type { FacetItem } from '../../model/facet.ts';
import type { PropValue } from '../../model/node.ts';
import { integer, number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { ROLE } from '../roles.ts';
import { nameId } from '../vocabulary.ts';

export const KEY_TRACKS = nameId('KeyTracks');
export const NOTES = nameId('Notes');
export const MIDI_NOTE_EVENT = nameId('MidiNoteEvent');
const MIDI_KEY = nameId('MidiKey');
const NOTE_ID = nameId('NoteId');

/**
 * Attribute → field. `time` and `duration` in beats; velocities 0–127; `probability` 0–1.
 * From Live 12.2 on defaults are left out of the file: they are filled in, so that both compare equal.
 */
const FIELDS = {
  Time: { field: 'time' },
  Duration: { field: 'duration' },
  Velocity: { field: 'velocity' },
  OffVelocity: { field: 'releaseVelocity' },
  VelocityDeviation: { field: 'velocityDeviation', byDefault: 0 },
  Probability: { field: 'probability', byDefault: 1 },
} as const;
const fields = Object.entries(FIELDS).map(([name, entry]) => ({ name: nameId(name), ...entry }));
const IS_ENABLED = nameId('IsEnabled');
const KNOWN = new Set([...fields.map(({ name }) => name), IS_ENABLED]);

/**
 * Items `{ key, pitch, time, duration, velocity, releaseVelocity, velocityDeviation, probability, enabled }`.
 * Live 8–9 have no note ids: there the key is pitch and time.
 */
export function noteItems(reader: Reader, keyTracks: number): readonly FacetItem[] {
  const items: (FacetItem & { readonly time?: number; readonly pitch: number })[] = [];
  for (const keyTrack of reader.children(keyTracks)) {
    const pitch = integer(reader.childValue(keyTrack, MIDI_KEY) ?? '') ?? -1;
    const notes = reader.child(keyTrack, NOTES);
    if (notes < 0) continue;
    for (const note of reader.children(notes)) {
      if (reader.is(note, MIDI_NOTE_EVENT)) items.push(noteItem(reader, note, pitch));
    }
  }
  return items.sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.pitch - b.pitch);
}

function noteItem(reader: Reader, note: number, pitch: number): FacetItem & { readonly pitch: number } {
  const item: Record<string, PropValue> = {};
  for (const { name, field, ...rest } of fields) {
    const text = reader.attribute(note, name);
    const value = text === undefined ? ('byDefault' in rest ? rest.byDefault : undefined) : number(text);
    if (value !== undefined) item[field] = value;
  }
  item['enabled'] = (reader.attribute(note, IS_ENABLED) ?? 'true') === 'true';
  const id = reader.attribute(note, NOTE_ID);
  return { key: id ?? `${pitch}@${item['time']}`, pitch, ...item };
}

/** For the coverage report: what {@link noteItems} reads. */
export function claimNotes(reader: Reader, keyTracks: number): void {
  const { roles, tape } = reader;
  if (roles === undefined) return;
  reader.claim(keyTracks);
  for (const keyTrack of reader.children(keyTracks)) {
    const notes = reader.child(keyTrack, NOTES);
    if (notes < 0) continue;
    reader.claim(keyTrack);
    reader.claim(reader.child(keyTrack, MIDI_KEY));
    reader.claim(notes);
    for (const note of reader.children(notes)) {
      if (!reader.is(note, MIDI_NOTE_EVENT)) continue;
      roles.element(note, ROLE.modelled);
      const stop = tape.firstAttribute[note + 1] as number;
      for (let at = tape.firstAttribute[note] as number; at < stop; at++) {
        if (KNOWN.has(tape.attributeName[at] as number)) roles.attribute(at, ROLE.modelled);
      }
    }
  }
  roles.subtree(keyTracks, ROLE.opaque);
}
