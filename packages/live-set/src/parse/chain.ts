/** Chains of racks: `InstrumentBranch`, `AudioEffectBranch`, `MidiEffectBranch`, `DrumBranch`, `ReturnBranch`. */
import type { NodeId, TreeNode } from '../model/node.ts';
import type { DeviceOwner } from './context.ts';
import { color, flag, integer } from './decode.ts';
import { Draft } from './draft.ts';
import { readMixer } from './mixer.ts';
import { name } from './name.ts';
import type { Reader } from './reader.ts';
import {
  ABSENT,
  enter,
  into,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { nameId } from './vocabulary.ts';

interface ChainContext extends DeviceOwner {
  readonly returns: readonly NodeId[];
}

const DEVICES = nameId('Devices');
const MIXER_DEVICE = nameId('MixerDevice');
const ON = nameId('On');

const devices: Rule<DeviceOwner> = (reader, element, draft, owner) => {
  enter(reader, element, draft);
  for (const child of reader.children(element)) draft.add('devices', owner.parse.readDevice(owner, child));
};

/** The device chain of a track or chain: `Devices` below one or two wrappers. */
const devicesTable: Table<DeviceOwner> = table<DeviceOwner>({ Devices: devices });
const innerChain: Rule<DeviceOwner> = into<DeviceOwner>(devicesTable);
/** `DeviceChain`, in racks `AudioToAudioDeviceChain` and the like: what holds devices, whatever its name. */
const wrapper: Rule<DeviceOwner> = (reader, element, draft, owner) => {
  if (reader.child(element, DEVICES) >= 0) innerChain(reader, element, draft, owner);
  else reader.opaque(element, draft);
};
export const deviceChain: Rule<DeviceOwner> = (reader, element, draft, owner) => {
  enter(reader, element, draft);
  readChildren(reader, element, devicesTable, draft, owner, wrapper);
};

/** The file counts the notes of drum chains downwards from 128. */
const receivingNote = (value: string): number | typeof ABSENT | undefined => {
  const code = integer(value);
  if (code === undefined) return undefined;
  if (code === 0) return ABSENT;
  return code >= 1 && code <= 128 ? 128 - code : undefined;
};
const chokeGroup = (value: string): number | typeof ABSENT | undefined => {
  const group = integer(value);
  return group === 0 ? ABSENT : group;
};

const chainTable: Table<ChainContext> = table<ChainContext>({
  Name: name,
  Color: prop('color', color),
  ColorIndex: prop('color', color),
  IsSoloed: prop('solo', flag),
  DeviceChain: deviceChain,
  MixerDevice: (reader, element, draft, context) => {
    readMixer(reader, element, draft, context);
  },
  BranchInfo: into(
    table({
      ReceivingNote: prop('receivingNote', receivingNote),
      SendingNote: prop('sendingNote', integer),
      ChokeGroup: prop('chokeGroup', chokeGroup),
    }),
  ),
});

/** One chain with its mixer and devices. `returns`: ids of the return chains of its rack. */
export function readChain(
  rack: DeviceOwner & { readonly returns: readonly NodeId[] },
  element: number,
): TreeNode {
  const { parse } = rack;
  const { reader } = parse;
  const draft = new Draft(element);
  const id = parse.take(chainKey(reader, element, rack.id));
  draft.props['name'] = '';
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  readChildren(reader, element, chainTable, draft, { parse, id, returns: rack.returns });
  return parse.finish('chain', id, draft);
}

/** The pointee of the mixer's switch lives as long as the chain; Live 8 has none. */
function chainKey(reader: Reader, element: number, rack: NodeId): string {
  const target = reader.automationTarget(reader.path(element, MIXER_DEVICE, ON));
  if (target !== undefined) return `c${target}`;
  const isReturn = reader.tag(element) === 'ReturnBranch';
  return `${rack}/${isReturn ? 'r' : 'c'}${reader.id(element) ?? ''}`;
}
