/** Clips: in slots, in the arrangement, in take lanes. */
import type { NodeId, TreeNode } from '../model/node.ts';
import type { ParseContext } from './context.ts';
import { boolean, color, flag, gain, integer, number, text, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { envelopes } from './facets/envelopes.ts';
import { claimNotes, MIDI_NOTE_EVENT, NOTES } from './facets/notes.ts';
import { warpMarkers } from './facets/warp-markers.ts';
import type { Reader } from './reader.ts';
import {
  enter,
  into,
  items,
  noise,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { readSampleFile } from './sample-ref.ts';
import { ID, nameId } from './vocabulary.ts';

export const MIDI_CLIP = nameId('MidiClip');
export const AUDIO_CLIP = nameId('AudioClip');
export const TIME = nameId('Time');
const NUMERATOR = nameId('Numerator');
const DENOMINATOR = nameId('Denominator');
const CURRENT_START = nameId('CurrentStart');

const loopTable: Table = table({
  LoopStart: prop('loopStart', number),
  LoopEnd: prop('loopEnd', number),
  StartRelative: prop('startOffset', number),
  LoopOn: prop('loopOn', boolean),
  OutMarker: prop('endMarker', number),
});

/** The first signature; later ones inside the clip are other settings. */
const signatures: Rule = (reader, element, draft) => {
  enter(reader, element, draft);
  let isRead = false;
  for (const child of reader.children(element)) {
    if (isRead || !isSignature(reader, child)) reader.opaque(child, draft);
    else {
      signature(reader, child, draft, undefined);
      isRead = true;
    }
  }
};

const signature: Rule = into(
  table({
    Numerator: prop('signatureNumerator', integer),
    Denominator: prop('signatureDenominator', integer),
    Time: noise,
  }),
);

const isSignature = (reader: Reader, element: number): boolean =>
  reader.child(element, NUMERATOR) >= 0 && reader.child(element, DENOMINATOR) >= 0;

/** Notes, by pitch. Counted here, listed by the facet. */
const keyTracks: Rule = (reader, element, draft) => {
  let count = 0;
  for (const keyTrack of reader.children(element)) {
    const notes = reader.child(keyTrack, NOTES);
    if (notes >= 0) count += reader.countNamed(notes, MIDI_NOTE_EVENT);
  }
  draft.props['noteCount'] = count;
  enter(reader, element, draft);
  if (!reader.isEmpty(element)) reader.facet(element, draft, 'notes');
  if (reader.roles !== undefined) claimNotes(reader, element);
};

const clipTable: Table = table({
  CurrentStart: prop('start', number),
  CurrentEnd: prop('end', number),
  Loop: into(loopTable),
  Name: prop('name', text),
  Annotation: prop('annotation', textIfAny),
  Color: prop('color', color),
  ColorIndex: prop('color', color),
  LaunchMode: prop('launchMode', integer),
  LaunchQuantisation: prop('launchQuantization', integer),
  TimeSignature: into(table({ TimeSignatures: signatures })),
  Envelopes: into(table({ Envelopes: envelopes })),
  ModulationList: into(table({ Modulations: envelopes })),
  Legato: prop('legato', flag),
  Disabled: prop('disabled', flag),
  VelocityAmount: prop('velocityAmount', number),
  Notes: into(table({ KeyTracks: keyTracks })),
  SampleRef: readSampleFile,
  WarpMarkers: warpMarkers,
  WarpMode: prop('warpMode', integer),
  IsWarped: prop('warped', boolean),
  PitchCoarse: prop('pitchCoarse', number),
  PitchFine: prop('pitchFine', number),
  SampleVolume: prop('gainDb', gain),
  // grids of the editors
  Grid: noise,
  ExpressionGrid: noise,
});

export function isClip(reader: Reader, element: number): boolean {
  const name = reader.tape.name[element] as number;
  return name === MIDI_CLIP || name === AUDIO_CLIP;
}

/**
 * One clip.
 * @param key how its id begins: the id of its track or lane
 * @param scene id of its scene, for a clip in a slot: there the slot is the identity
 */
export function readClip(parse: ParseContext, element: number, key: string, scene?: NodeId): TreeNode {
  const { reader } = parse;
  const draft = new Draft(element);
  draft.props['type'] = reader.tape.name[element] === MIDI_CLIP ? 'midi' : 'audio';
  draft.props['name'] = '';
  if (scene !== undefined) draft.props['scene'] = scene;
  reader.claim(element);
  readAttributes(reader, element, draft, KNOWN);
  readChildren(reader, element, clipTable, draft, undefined);
  if (scene !== undefined) {
    // In a slot these hold where the clip would lie in the arrangement: nothing that Live shows.
    delete draft.props['start'];
    delete draft.props['end'];
  }
  return parse.finish('clip', parse.take(clipKey(reader, element, key, scene)), draft);
}
const KNOWN = [TIME, ID];

function clipKey(reader: Reader, element: number, key: string, scene: NodeId | undefined): string {
  if (scene !== undefined) return `${key}/${scene}`;
  const id = reader.id(element);
  if (id !== undefined) return `${key}/a${id}`;
  return `${key}/a@${reader.attribute(element, TIME) ?? reader.childValue(element, CURRENT_START) ?? ''}`;
}

/** All clips among the children of an `Events` element, in order; what is no clip is other settings. */
export function readClips(
  parse: ParseContext,
  events: number,
  key: string,
  draft: Draft,
  list: 'arrangement' | 'clips',
): void {
  const { reader } = parse;
  for (const clip of items(reader, events, draft, isClip)) draft.add(list, readClip(parse, clip, key));
}
