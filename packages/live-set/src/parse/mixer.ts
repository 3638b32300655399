/** Mixers of tracks (`DeviceChain/Mixer`) and of chains (`MixerDevice`). */
import type { NodeId } from '../model/node.ts';
import type { ParseContext } from './context.ts';
import { boolean, choice, flag, gain, meter, not, number } from './decode.ts';
import { Draft } from './draft.ts';
import { countParameter, parameter, plainParameter } from './parameter.ts';
import type { Reader } from './reader.ts';
import {
  enter,
  into,
  leaf,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { nameId, VALUE } from './vocabulary.ts';

const INDEX = nameId('Index');
const SEND = nameId('Send');
const HOLDERS = new Set(['TrackSendHolder', 'AudioBranchSendInfo'].map(nameId));

/** What the mixer of a track or chain needs to know of its owner. */
export interface MixerOwner {
  readonly parse: ParseContext;
  readonly id: NodeId;
  /** Ids of the returns (tracks, or chains of the same rack) that sends go to, by order. */
  readonly returns: readonly NodeId[];
  /** Draft of the Set, for what the main track's mixer holds of it. */
  readonly set?: Draft;
}

const CROSSFADE = choice('A', 'none', 'B');

/** The meter is a parameter of the main track's mixer, as a code. */
const signature: Rule<MixerOwner> = (reader, element, draft, { set }) => {
  const code = Number(reader.value(reader.manual(element)) ?? Number.NaN);
  const decoded = meter(code);
  if (decoded !== undefined && set !== undefined) {
    set.props['signatureNumerator'] = decoded.numerator;
    set.props['signatureDenominator'] = decoded.denominator;
  }
  plainParameter(reader, element, draft, undefined);
};

const tempo: Rule<MixerOwner> = (reader, element, draft, { set }) => {
  const bpm = number(reader.value(reader.manual(element)) ?? '');
  if (bpm !== undefined && set !== undefined) set.props['tempoBpm'] = bpm;
  plainParameter(reader, element, draft, undefined);
};

const sendTable: Table = table({
  Send: parameter('levelDb', gain),
  Active: prop('active', boolean),
  EnabledByUser: prop('active', boolean),
  Index: leaf,
});

/** One send; `position` counts them. Chains name their target by `Index`. */
function readSend(reader: Reader, element: number, draft: Draft, owner: MixerOwner, position: number): void {
  const { parse, returns } = owner;
  const index = Number(reader.childValue(element, INDEX) ?? position);
  const target = returns[index];
  const send = new Draft(element);
  reader.claim(element);
  readAttributes(reader, element, send, []);
  readChildren(reader, element, sendTable, send, undefined);
  send.props['target'] = target ?? `?${index}`;
  draft.add('sends', parse.finish('send', parse.take(`${owner.id}>${target ?? index}`), send));
}
const sends: Rule<MixerOwner> = (reader, element, draft, owner) => {
  enter(reader, element, draft);
  let position = 0;
  for (const child of reader.children(element)) {
    if (reader.child(child, SEND) >= 0) readSend(reader, child, draft, owner, position);
    else reader.opaque(child, draft);
    if (HOLDERS.has(reader.tape.name[child] as number)) position++;
  }
};

const routable: Rule = into(
  table({
    Target: prop('audioOutput', (value) => value),
    UpperDisplayString: prop('audioOutputName', (value) => value),
  }),
);

const mixerTable: Table<MixerOwner> = table<MixerOwner>({
  On: plainParameter,
  Speaker: parameter('mute', not),
  SoloSink: prop('solo', flag),
  PanMode: prop('panMode', choice('stereo', 'split')),
  Pan: parameter('pan', number),
  Panorama: parameter('pan', number),
  SplitStereoPanL: parameter('panLeft', number),
  SplitStereoPanR: parameter('panRight', number),
  Volume: parameter('volumeDb', gain),
  CrossFadeState: parameter('crossfade', (value) => CROSSFADE(value)),
  Sends: sends,
  SendInfos: sends,
  Tempo: tempo,
  TimeSignature: signature,
  GlobalGrooveAmount: plainParameter,
  CrossFade: parameter('crossfader', number),
  RoutingHelper: into(table({ Routable: routable })),
});

/** Reads a mixer into the draft of its owner. */
export const readMixer: Rule<MixerOwner> = into(mixerTable);

/** Cue volume: the volume of the pre-hear track. The rest of that track is other settings of the main track. */
export function readCueVolume(reader: Reader, volume: number, draft: Draft): void {
  const db = gain(reader.attribute(reader.manual(volume), VALUE) ?? '');
  if (db !== undefined) draft.props['cueVolumeDb'] = db;
  countParameter(reader, volume, draft);
}
