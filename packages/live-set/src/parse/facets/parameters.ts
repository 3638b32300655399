/** Facet `parameters`: the parameters of a device, or of the mixer of a track, chain or send. */
import type { FacetItem } from '../../model/facet.ts';
import type { PropValue } from '../../model/node.ts';
import { describeParameter, type ParameterInfo, parameterWords } from '../../tables/device-parameters.ts';
import { CONVERSIONS } from '../../units.ts';
import type { Fingerprint } from '../context.ts';
import { number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { nameId, VALUE } from '../vocabulary.ts';

const SKIPPED = new Set(
  [
    'Branches',
    'ReturnBranches',
    'LastPresetRef',
    'SourceContext',
    'LockedScripts',
    'PluginDesc',
    'Preset',
    'PatchSlot',
    'BlobSlot',
  ].map(nameId),
);
const PARAMETER_NAME = nameId('ParameterName');
const PARAMETER_ID = nameId('ParameterId');
const NAME = nameId('Name');
const CONTROLLER_RANGE = nameId('MidiControllerRange');
const MIN = nameId('Min');
const MAX = nameId('Max');
const DEVICE_CHAIN = nameId('DeviceChain');
const MASTER_CHAIN = nameId('MasterChain');
const MIXER = nameId('Mixer');
const MIXER_DEVICE = nameId('MixerDevice');
const PRE_HEAR_TRACK = nameId('PreHearTrack');
const VOLUME = nameId('Volume');
const SEND = nameId('Send');
const CREATOR = nameId('Creator');
const SENDS = nameId('Sends');
const SEND_INFOS = nameId('SendInfos');

export interface FoundParameter {
  readonly element: number;
  /** Tags from the device (or mixer) down. */
  readonly path: string;
}

/** All parameters of a node, in the order of the file. */
export function parameterElements(reader: Reader, { element, kind }: Fingerprint): readonly FoundParameter[] {
  const found: FoundParameter[] = [];
  switch (kind) {
    case 'device':
      within(reader, element, '', found);
      break;
    case 'track':
      within(reader, mixerOf(reader, element), '', found);
      addCueVolume(reader, element, found);
      break;
    case 'chain':
      within(reader, reader.child(element, MIXER_DEVICE), '', found);
      break;
    case 'send':
      addSend(reader, element, found);
      break;
    default:
      break;
  }
  return found;
}

function addSend(reader: Reader, holder: number, found: FoundParameter[]): void {
  const send = reader.child(holder, SEND);
  if (send >= 0 && reader.manual(send) >= 0) found.push({ element: send, path: 'Send' });
}

function mixerOf(reader: Reader, track: number): number {
  const chain = reader.child(track, DEVICE_CHAIN);
  return reader.path(chain >= 0 ? chain : reader.child(track, MASTER_CHAIN), MIXER);
}

/** The main track shows the volume of the pre-hear track as its cue volume. */
function addCueVolume(reader: Reader, track: number, found: FoundParameter[]): void {
  const tag = reader.tag(track);
  if (tag !== 'MainTrack' && tag !== 'MasterTrack') return;
  const preHear = reader.child(reader.tape.parent[track] as number, PRE_HEAR_TRACK);
  const volume = preHear < 0 ? -1 : reader.path(mixerOf(reader, preHear), VOLUME);
  if (volume >= 0) found.push({ element: volume, path: CUE_VOLUME });
}

/** Mirrors `parametersWithin` of the parser: same elements, same order. */
function within(reader: Reader, element: number, path: string, found: FoundParameter[]): void {
  if (element < 0) return;
  const { name } = reader.tape;
  const repeated = new Map<string, number>();
  for (const child of reader.children(element)) {
    const id = name[child] as number;
    const isNoise = reader.masks.elements[id] === 1 || SKIPPED.has(id) || id === SENDS || id === SEND_INFOS;
    if (isNoise || reader.isEmpty(child) || reader.childValue(child, PARAMETER_ID) === '-1') continue;
    const tag = reader.tag(child);
    const count = repeated.get(tag) ?? 0;
    repeated.set(tag, count + 1);
    const childPath = `${path}${path === '' ? '' : '/'}${tag}${count === 0 ? '' : `[${count}]`}`;
    if (reader.manual(child) >= 0) found.push({ element: child, path: childPath });
    else within(reader, child, childPath, found);
  }
}

/**
 * Item `{ key, name, guessed?, value, unit?, raw, rangeMin?, rangeMax?, target? }`. `guessed`: no table knows
 * the name, it is the element's in words. `value` is in `unit` where an exact
 * conversion is known, else the raw one; `raw` as the file has it; `range…` is the range of a MIDI or macro
 * mapping, not of the parameter; `target` is the pointee by which it is automated.
 */
export function parameterItem(
  reader: Reader,
  fingerprint: Fingerprint,
  { element, path }: FoundParameter,
): FacetItem & { readonly name: string } {
  const text = reader.attribute(Math.max(reader.manual(element), 0), VALUE) ?? '';
  const raw = rawValue(text);
  const [tag, tablePath] = tableKey(reader, fingerprint, element, path);
  const info = describeParameter(tag, tablePath, liveMajor(reader));
  const name = ownName(reader, element) ?? macroName(reader, element, path) ?? info?.name;
  const target = reader.automationTarget(element);
  return {
    key: keyOf(reader, element, path),
    ...(name === undefined ? { name: parameterWords(tablePath), guessed: true } : { name }),
    ...shownValue(raw, info),
    raw,
    ...mappingRange(reader, element),
    ...(target === undefined ? {} : { target }),
  };
}

function mappingRange(reader: Reader, element: number): { rangeMin?: number; rangeMax?: number } {
  const range = reader.child(element, CONTROLLER_RANGE);
  if (range < 0) return {};
  const [rangeMin, rangeMax] = [MIN, MAX].map((name) => number(reader.childValue(range, name) ?? ''));
  return rangeMin === undefined || rangeMax === undefined ? {} : { rangeMin, rangeMax };
}

const rawValue = (text: string): PropValue =>
  text === 'true'
    ? true
    : text === 'false'
      ? false
      : text !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : text;

function shownValue(raw: PropValue, info: ParameterInfo | undefined): { value: PropValue; unit?: string } {
  if (typeof raw !== 'number' || info === undefined) return { value: raw };
  const word = info.values?.[raw];
  if (word !== undefined) return { value: word };
  const value = info.convert === undefined ? raw : CONVERSIONS[info.convert].toUnit(raw);
  if (!Number.isFinite(value)) return { value: raw };
  return info.unit === undefined ? { value } : { value, unit: info.unit };
}

/** Under which tag and path the table of parameters knows a parameter. */
function tableKey(
  reader: Reader,
  { kind, element: node }: Fingerprint,
  element: number,
  path: string,
): readonly [tag: string, path: string] {
  if (path === CUE_VOLUME) return ['PreHearTrack', 'Volume'];
  if (kind === 'device') return [reader.tag(node), withoutIndexes(path)];
  const mixer =
    kind === 'chain' || reader.tag(reader.tape.parent[element] as number) === 'AudioBranchSendInfo';
  if (kind !== 'send') return [mixer ? 'MixerDevice' : 'Mixer', withoutIndexes(path)];
  return mixer
    ? ['MixerDevice', 'SendInfos/AudioBranchSendInfo/Send']
    : ['Mixer', 'Sends/TrackSendHolder/Send'];
}
const CUE_VOLUME = 'CueVolume';

const withoutIndexes = (path: string): string => path.replaceAll(/\[\d+\]/g, '');

/** Version of Live that wrote the file; some scales changed between versions. */
function liveMajor(reader: Reader): number | undefined {
  const major = /Live (\d+)/.exec(reader.attribute(0, CREATOR) ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}

/** Plug-ins number their parameters themselves; elsewhere the path is the key. */
function keyOf(reader: Reader, element: number, path: string): string {
  const id = reader.childValue(reader.tape.parent[element] as number, PARAMETER_ID);
  return id === undefined ? path : `#${id}`;
}

/** Plug-ins and Max devices name their parameters in the file. */
function ownName(reader: Reader, element: number): string | undefined {
  const parent = reader.tape.parent[element] as number;
  const name = reader.childValue(parent, PARAMETER_NAME);
  if (name) return name;
  return reader.tag(parent).startsWith('MxD') ? reader.childValue(parent, NAME) || undefined : undefined;
}

/** A macro has the name its rack gives it. */
function macroName(reader: Reader, element: number, path: string): string | undefined {
  const macro = /^MacroControls\.(\d+)$/.exec(path);
  if (macro === null) return undefined;
  const rack = reader.tape.parent[element] as number;
  const wanted = `MacroDisplayNames.${macro[1]}`;
  for (const child of reader.children(rack))
    if (reader.tag(child) === wanted) return reader.value(child) || undefined;
  return undefined;
}

/** What to call a parameter element, wherever it stands; for envelopes that point to it. */
export function parameterTitle(reader: Reader, element: number): string {
  const tags: string[] = [];
  let at = element;
  for (; at > 0 && !isOwner(reader, at); at = reader.tape.parent[at] as number) tags.unshift(reader.tag(at));
  const tag = reader.tag(at);
  const isMixer = tag === 'Mixer' || tag === 'MixerDevice';
  const path = tags.join('/');
  const isCue =
    isMixer && reader.tag(reader.tape.parent[reader.tape.parent[at] as number] as number) === 'PreHearTrack';
  const info = isCue
    ? describeParameter('PreHearTrack', path)
    : describeParameter(tag, path, liveMajor(reader));
  return ownName(reader, element) ?? macroName(reader, element, path) ?? info?.name ?? parameterWords(path);
}

const DEVICES = nameId('Devices');
function isOwner(reader: Reader, element: number): boolean {
  const name = reader.tape.name[element] as number;
  if (name === MIXER || name === MIXER_DEVICE) return true;
  const parent = reader.tape.parent[element] as number;
  return parent >= 0 && reader.tape.name[parent] === DEVICES;
}
