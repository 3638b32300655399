/** Tracks of all kinds: audio, MIDI, group, return, main. */
import type { NodeId, TreeNode } from '../model/node.ts';
import type { TrackType } from '../model/props.ts';
import { deviceChain } from './chain.ts';
import { readClips } from './clip.ts';
import type { ParseContext } from './context.ts';
import { color, flag, number, text, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { envelopes } from './facets/envelopes.ts';
import { type MixerOwner, readCueVolume, readMixer } from './mixer.ts';
import { name } from './name.ts';
import type { Reader } from './reader.ts';
import {
  into,
  items,
  leaf,
  noise,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { freezeSequencer, groupSlots, mainSequencer } from './sequencer.ts';
import { nameId } from './vocabulary.ts';

const TYPES: Readonly<Record<string, TrackType>> = {
  AudioTrack: 'audio',
  MidiTrack: 'midi',
  GroupTrack: 'group',
  ReturnTrack: 'return',
  MasterTrack: 'main',
  MainTrack: 'main',
};

const DEVICE_CHAIN = nameId('DeviceChain');
const TAKE_LANE = nameId('TakeLane');
const MASTER_CHAIN = nameId('MasterChain');
const MIXER = nameId('Mixer');
const VOLUME = nameId('Volume');

/** The kind of a track element; `undefined` for anything else. */
export const trackType = (tag: string): TrackType | undefined =>
  Object.hasOwn(TYPES, tag) ? TYPES[tag] : undefined;

const isTakeLane = (reader: Reader, element: number): boolean => reader.is(element, TAKE_LANE);

type TrackContext = MixerOwner;

/** Target and what the chooser shows; the rest (MPE settings) is other settings. */
const routing = (prefix: 'audioInput' | 'audioOutput' | 'midiInput' | 'midiOutput'): Rule =>
  into(
    table({
      Target: prop(prefix, text),
      UpperDisplayString: prop(`${prefix}Name`, text),
    }),
  );

const takeLane: Rule<TrackContext> = (reader, element, draft, { parse, id }) => {
  const lane = new Draft(element);
  const laneId = parse.take(`${id}/l${reader.id(element) ?? draft.lists.takeLanes?.length ?? 0}`);
  lane.props['name'] = '';
  reader.claim(element);
  readAttributes(reader, element, lane, []);
  readChildren(reader, element, takeLaneTable, lane, { parse, id: laneId, returns: [] });
  draft.add('takeLanes', parse.finish('takeLane', laneId, lane));
};

const takeLaneTable: Table<TrackContext> = table<TrackContext>({
  Name: prop('name', text),
  Annotation: prop('annotation', textIfAny),
  Height: noise,
  ClipAutomation: into<TrackContext>(
    table<TrackContext>({
      Events: (_, element, draft, { parse, id }) => {
        readClips(parse, element, id, draft, 'clips');
      },
    }),
  ),
});

const chainTable: Table<TrackContext> = table<TrackContext>({
  AudioInputRouting: routing('audioInput'),
  AudioOutputRouting: routing('audioOutput'),
  MidiInputRouting: routing('midiInput'),
  MidiOutputRouting: routing('midiOutput'),
  AutomationLanes: noise,
  Mixer: readMixer,
  MainSequencer: mainSequencer,
  FreezeSequencer: freezeSequencer,
  DeviceChain: deviceChain,
  // Live 8 keeps the devices of the main track here
  Devices: deviceChain,
});

const trackTable: Table<TrackContext> = table<TrackContext>({
  Name: name,
  Color: prop('color', color),
  ColorIndex: prop('color', color),
  TrackGroupId: (reader, element, draft) => {
    // Returns and the main track lie in no group: there it is not read.
    if (draft.props['type'] === 'return' || draft.props['type'] === 'main') reader.opaque(element, draft);
    else leaf(reader, element, draft);
  },
  TrackDelay: into(table({ Value: prop('delay', number), IsValueSampleBased: prop('delayInSamples', flag) })),
  Freeze: prop('frozen', flag),
  AutomationEnvelopes: into(table({ Envelopes: envelopes })),
  TakeLanes: into<TrackContext>(
    table<TrackContext>({
      TakeLanes: (reader, element, draft, context) => {
        for (const lane of items(reader, element, draft, isTakeLane)) takeLane(reader, lane, draft, context);
      },
    }),
  ),
  Slots: groupSlots,
  DeviceChain: into<TrackContext>(chainTable),
  MasterChain: into<TrackContext>(chainTable),
});

/** The chain element of a track: `DeviceChain`, in Live 8's main track `MasterChain`. */
const chainOf = (reader: Reader, track: number): number => {
  const chain = reader.child(track, DEVICE_CHAIN);
  return chain >= 0 ? chain : reader.child(track, MASTER_CHAIN);
};

/**
 * Key of a track: the pointee of its volume, which lives as long as the track and is never used again from
 * Live 10 on. Track `Id`s are used again; Live 8 has nothing else.
 */
export function trackKey(reader: Reader, track: number): string {
  if (trackType(reader.tag(track)) === 'main') return 'main';
  const volume = reader.path(chainOf(reader, track), MIXER, VOLUME);
  const target = chainOf(reader, track) < 0 ? undefined : reader.automationTarget(volume);
  return target === undefined ? `t.${reader.id(track) ?? ''}` : `t${target}`;
}

/** What only the main track brings: the draft of the Set (its mixer holds tempo and meter), the pre-hear track. */
export interface MainExtras {
  readonly set: Draft;
  /** Element; −1 = none. */
  readonly preHear: number;
}

/** One track, without the members of a group. */
export function readTrack(parse: ParseContext, element: number, id: NodeId, main?: MainExtras): TreeNode {
  const { reader } = parse;
  const draft = new Draft(element);
  const type = trackType(reader.tag(element)) ?? 'audio';
  draft.props['type'] = type;
  draft.props['name'] = '';
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  const owner = { parse, id, returns: parse.returns, ...(main === undefined ? {} : { set: main.set }) };
  readChildren(reader, element, trackTable, draft, owner);
  nameTrack(draft, type);
  if (main !== undefined && main.preHear >= 0) readPreHear(parse.reader, main.preHear, draft);
  return parse.finish('track', id, draft);
}

/**
 * Live shows `3-Audio` for a track it names itself and `A-Reverb` for every return: number and letter follow
 * from the position, so they are no part of the name.
 */
function nameTrack(draft: Draft, type: TrackType): void {
  const { userName, name: shown } = draft.props as { userName?: string; name: string };
  delete draft.props['userName'];
  if (userName !== undefined) {
    draft.props['name'] = userName;
    return;
  }
  if (type === 'main') return;
  draft.props['name'] = shown.replace(type === 'return' ? /^[A-Z]-/ : /^\d+-/, '');
  draft.props['autoName'] = true;
}

/** The pre-hear track has no place in the tree but for its volume: the cue volume of the main track. */
function readPreHear(reader: Reader, element: number, main: Draft): void {
  const chain = chainOf(reader, element);
  const volume = chain < 0 ? -1 : reader.path(chain, MIXER, VOLUME);
  if (volume < 0) {
    reader.opaque(element, main);
    return;
  }
  readCueVolume(reader, volume, main);
  for (const at of [element, chain, reader.child(chain, MIXER)]) {
    reader.claim(at);
    readAttributes(reader, at, main, []);
    for (const child of reader.children(at)) {
      if (child !== chain && child !== volume && child !== reader.child(chain, MIXER))
        reader.opaque(child, main);
    }
  }
}
