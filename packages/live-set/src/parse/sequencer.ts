/** `MainSequencer` (clips in slots and in the arrangement) and `FreezeSequencer` (its frozen copy). */
import type { NodeId } from '../model/node.ts';
import { isClip, readClip, readClips } from './clip.ts';
import type { ParseContext } from './context.ts';
import { boolean, choice, flag } from './decode.ts';
import { Draft } from './draft.ts';
import type { Reader } from './reader.ts';
import {
  enter,
  into,
  items,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { nameId } from './vocabulary.ts';

/** The track that a sequencer belongs to. */
export interface SequencerOwner {
  readonly parse: ParseContext;
  readonly id: NodeId;
}

const CLIP_SLOT = nameId('ClipSlot');
const HAS_STOP = nameId('HasStop');

interface SlotOwner extends SequencerOwner {
  readonly scene: NodeId;
  /** Draft of the track. */
  readonly track: Draft;
}

/** The slot's content: at most one clip. */
const slotValue: Rule<SlotOwner> = (reader, element, draft, { parse, id, scene, track }) => {
  for (const clip of items(reader, element, draft, isClip))
    track.add('clips', readClip(parse, clip, id, scene));
};

const slotTable: Table<SlotOwner> = table<SlotOwner>({
  ClipSlot: into<SlotOwner>(table<SlotOwner>({ Value: slotValue })),
  HasStop: prop('hasStop', boolean),
});

/**
 * Slot `i` belongs to scene `i`. An empty slot with everything at its default is no node; once one such slot
 * was seen, others are told by their hash.
 */
const slots: Rule<SequencerOwner> = (reader, element, draft, owner) => {
  const { hashLow, hashHigh, end, name } = reader.tape;
  enter(reader, element, draft);
  let row = 0;
  let plain = -1;
  const stop = end[element] as number;
  for (let slot = element + 1; slot < stop; slot = end[slot] as number) {
    if (name[slot] !== CLIP_SLOT) {
      reader.opaque(slot, draft);
      continue;
    }
    const isKnown =
      plain >= 0 &&
      hashLow[slot] === hashLow[plain] &&
      hashHigh[slot] === hashHigh[plain] &&
      reader.roles === undefined;
    if (!isKnown && readSlot(reader, slot, draft, owner, row)) plain = slot;
    row++;
  }
  const scenes = owner.parse.scenes.length;
  if (row !== scenes)
    reader.odd('SLOT_COUNT', `Track ${owner.id} has ${row} clip slots for ${scenes} scenes.`);
};

/** @returns whether the slot is empty and as Live makes it */
function readSlot(
  reader: Reader,
  element: number,
  track: Draft,
  { parse, id }: SequencerOwner,
  row: number,
): boolean {
  const scene = parse.scenes[row];
  if (scene === undefined) {
    reader.opaque(element, track);
    return false;
  }
  const slot = new Draft(element);
  const clipsBefore = track.lists.clips?.length ?? 0;
  reader.claim(element);
  readAttributes(reader, element, slot, []);
  readChildren(reader, element, slotTable, slot, { parse, id, scene, track });
  const isDefault = slot.props['hasStop'] !== false && slot.otherSum.low === 0 && slot.otherSum.high === 0;
  if (isDefault) return (track.lists.clips?.length ?? 0) === clipsBefore;
  slot.props['scene'] = scene;
  track.add('slots', parse.finish('slot', parse.take(`${id}/${scene}/slot`), slot));
  return false;
}

const arrangement: Rule<SequencerOwner> = (_, element, draft, { parse, id }) => {
  readClips(parse, element, id, draft, 'arrangement');
};

const arranger: Rule<SequencerOwner> = into<SequencerOwner>(
  table<SequencerOwner>({
    ArrangerAutomation: into<SequencerOwner>(table<SequencerOwner>({ Events: arrangement })),
  }),
);

/** `ClipTimeable` holds the arrangement of MIDI tracks, `Sample` that of audio tracks. */
export const mainSequencer: Rule<SequencerOwner> = into<SequencerOwner>(
  table<SequencerOwner>({
    ClipSlotList: slots,
    MonitoringEnum: prop('monitoring', choice('in', 'auto', 'off')),
    ClipTimeable: arranger,
    Sample: arranger,
    Recorder: into(table({ IsArmed: prop('arm', flag) })),
  }),
);

/** A frozen copy: slots that hold nothing only repeat the number of scenes; frozen clips are other settings. */
const frozenSlots: Rule = (reader, element, draft) => {
  const { hashLow, hashHigh, end, name } = reader.tape;
  enter(reader, element, draft);
  let plain = -1;
  const stop = end[element] as number;
  for (let slot = element + 1; slot < stop; slot = end[slot] as number) {
    if (name[slot] !== CLIP_SLOT) {
      reader.opaque(slot, draft);
      continue;
    }
    const isKnown = plain >= 0 && hashLow[slot] === hashLow[plain] && hashHigh[slot] === hashHigh[plain];
    if (isKnown && reader.roles === undefined) continue;
    if (isEmptySlot(reader, slot)) {
      plain = slot;
      reader.noise(slot);
    } else {
      reader.opaque(slot, draft);
    }
  }
};

function isEmptySlot(reader: Reader, slot: number): boolean {
  const inner = reader.child(slot, CLIP_SLOT);
  const isEmpty = inner < 0 || reader.children(inner).every((value) => reader.isEmpty(value));
  return isEmpty && reader.childValue(slot, HAS_STOP) !== 'false';
}

export const freezeSequencer: Rule = into(
  table({ ClipSlotList: frozenSlots, AudioSequencer: into(table({ ClipSlotList: frozenSlots })) }),
);

/** Slots of group tracks hold nothing of their own. */
export const groupSlots: Rule = (reader, element, draft) => {
  enter(reader, element, draft);
  for (const slot of reader.children(element)) {
    enter(reader, slot, draft);
    for (const child of reader.children(slot)) reader.opaque(child, draft);
  }
};
