/** Devices, plug-ins, Max devices and racks. */
import type { NodeId, TreeNode } from '../model/node.ts';
import { deviceName } from '../tables/device-names.ts';
import { readChain } from './chain.ts';
import type { DeviceOwner } from './context.ts';
import { integer, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { countParameter, parametersWithin } from './parameter.ts';
import type { Reader } from './reader.ts';
import {
  enter,
  items,
  leaf,
  opaque,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { samplePath } from './sample-ref.ts';
import { nameId } from './vocabulary.ts';

const ON = nameId('On');
export const RETURN_BRANCHES = nameId('ReturnBranches');
export const PLUGIN_FLOAT_PARAMETER = nameId('PluginFloatParameter');
export const PLUGIN_ENUM_PARAMETER = nameId('PluginEnumParameter');
export const PARAMETER_NAME = nameId('ParameterName');
export const PARAMETER_ID = nameId('ParameterId');
export const PARAMETER_VALUE = nameId('ParameterValue');
const VISUAL_INDEX = nameId('VisualIndex');

/** Rack, plug-in, Max device or Live's own; by how Live builds its tags, so that new ones of a kind are known too. */
export function deviceType(reader: Reader, element: number): 'rack' | 'plugin' | 'max' | 'native' {
  const tag = reader.tag(element);
  if (tag.endsWith('GroupDevice')) return 'rack';
  if (tag.endsWith('PluginDevice')) return 'plugin';
  return tag.startsWith('MxDevice') ? 'max' : 'native';
}

const on: Rule = (reader, element, draft) => {
  const value = reader.value(reader.manual(element));
  if (value === undefined) {
    reader.opaque(element, draft);
    return;
  }
  draft.props['on'] = value === 'true';
  countParameter(reader, element, draft);
};

/** Whether an element is a chain, also of a kind that no version known has. */
export const isChain = (reader: Reader, element: number): boolean => reader.tag(element).endsWith('Branch');

/** Chains; the returns of a rack are read first, for the sends of the others go to them. */
const chains: Rule<RackContext> = (reader, element, draft, context) => {
  for (const chain of items(reader, element, draft, isChain)) draft.add('chains', readChain(context, chain));
};
interface RackContext extends DeviceOwner {
  readonly returns: readonly NodeId[];
}

/** Already read, before the chains; a second list (Live writes none) is other settings. */
const alreadyRead: Rule<unknown> = (reader, element, draft) => {
  if (reader.child(draft.element, RETURN_BRANCHES) !== element) reader.opaque(element, draft);
};

/**
 * A parameter that a plug-in exposes. Live keeps one spare without id for "the parameter touched last", which
 * changes without meaning.
 */
const pluginParameter: Rule = (reader, element, draft) => {
  if (reader.childValue(element, PARAMETER_ID) === '-1') {
    reader.noise(element);
    return;
  }
  enter(reader, element, draft);
  const { tape } = reader;
  for (const child of reader.children(element)) {
    const name = tape.name[child] as number;
    if (name === PARAMETER_VALUE && reader.manual(child) >= 0) countParameter(reader, child, draft);
    else if (name === PARAMETER_NAME || name === PARAMETER_ID || name === VISUAL_INDEX) {
      reader.facet(child, draft, 'parameters');
      leaf(reader, child, draft);
    } else reader.opaque(child, draft);
  }
};

const pluginParameters: Rule = (reader, element, draft) => {
  enter(reader, element, draft);
  const { tape } = reader;
  for (const child of reader.children(element)) {
    const name = tape.name[child] as number;
    if (name === PLUGIN_FLOAT_PARAMETER || name === PLUGIN_ENUM_PARAMETER)
      pluginParameter(reader, child, draft, undefined);
    else parametersWithin(reader, child, draft, undefined);
  }
};

/** The names of macros are part of the parameters they name. */
const macroName: Rule = (reader, element, draft) => {
  reader.facet(element, draft, 'parameters');
  leaf(reader, element, draft);
};
const MOST_MACROS = 16;
const macroNames = Object.fromEntries(
  Array.from({ length: MOST_MACROS }, (_, index) => [`MacroDisplayNames.${index}`, macroName] as const),
);

const deviceTable: Table<RackContext> = table<RackContext>({
  On: on,
  UserName: prop('userName', textIfAny),
  Annotation: prop('annotation', textIfAny),
  LastPresetRef: opaque,
  SourceContext: opaque,
  LockedScripts: opaque,
  PluginDesc: opaque,
  Preset: opaque,
  PatchSlot: opaque,
  BlobSlot: opaque,
  Branches: chains,
  ReturnBranches: alreadyRead,
  NumVisibleMacroControls: prop('macroCount', integer),
  ParameterList: pluginParameters,
  ...macroNames,
});

/** One device with all that hangs on it. */
export function readDevice(owner: DeviceOwner, element: number): TreeNode {
  const { parse } = owner;
  const { reader } = parse;
  const draft = new Draft(element);
  const id = parse.take(deviceKey(reader, element, owner.id));
  draft.props['class'] = reader.tag(element);
  draft.props['type'] = deviceType(reader, element);
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  const returns = readReturnChains(reader, element, draft, { parse, id });
  // Native devices keep their parameters anywhere.
  readChildren(reader, element, deviceTable, draft, { parse, id, returns }, parametersWithin);
  describe(reader, element, draft);
  return parse.finish('device', id, draft);
}

function readReturnChains(
  reader: Reader,
  element: number,
  draft: Draft,
  owner: DeviceOwner,
): readonly NodeId[] {
  const list = reader.child(element, RETURN_BRANCHES);
  if (list < 0) return [];
  for (const chain of items(reader, list, draft, isChain))
    draft.add('returnChains', readChain({ ...owner, returns: [] }, chain));
  return (draft.lists.returnChains ?? []).map((chain) => chain.id);
}

/** The pointee of the on/off switch lives as long as the device; Live 8 has none. */
function deviceKey(reader: Reader, element: number, parent: NodeId): string {
  const target = reader.automationTarget(reader.child(element, ON));
  return target === undefined
    ? `${parent}/d${reader.tag(element)}.${reader.id(element) ?? ''}`
    : `d${target}`;
}

const PLUGIN_DESC = nameId('PluginDesc');
const PLUG_NAME = nameId('PlugName');
const NAME = nameId('Name');
const MANUFACTURER = nameId('Manufacturer');
const FORMATS: Readonly<Record<string, string>> = {
  VstPluginInfo: 'VST2',
  Vst3PluginInfo: 'VST3',
  AuPluginInfo: 'AU',
};

/** Name as the title bar shows it, and what plug-in or patch it is. */
function describe(reader: Reader, element: number, draft: Draft): void {
  const { props } = draft;
  let name = deviceName(reader.tag(element));
  if (props['type'] === 'plugin') name = describePlugin(reader, element, draft) ?? name;
  if (props['type'] === 'max') name = describeMax(reader, element, draft) ?? name;
  props['name'] = props['userName'] ?? name;
}

function describePlugin(reader: Reader, element: number, draft: Draft): string | undefined {
  const description = reader.child(element, PLUGIN_DESC);
  if (description < 0 || reader.isEmpty(description)) return undefined;
  const info = description + 1;
  const format = FORMATS[reader.tag(info)];
  if (format !== undefined) draft.props['pluginFormat'] = format;
  const vendor = reader.childValue(info, MANUFACTURER);
  if (vendor) draft.props['pluginVendor'] = vendor;
  return reader.childValue(info, PLUG_NAME) || reader.childValue(info, NAME) || undefined;
}

const PATCH_SLOT = nameId('PatchSlot');
const VALUE_ELEMENT = nameId('Value');
const FILE_REF = nameId('FileRef');

function describeMax(reader: Reader, element: number, draft: Draft): string | undefined {
  const slot = reader.path(element, PATCH_SLOT, VALUE_ELEMENT);
  if (slot < 0 || reader.isEmpty(slot)) return undefined;
  const file = reader.child(slot + 1, FILE_REF);
  const found = file < 0 ? undefined : samplePath(reader, file);
  if (found === undefined) return undefined;
  draft.props['patch'] = found.path;
  const fileName = found.path.slice(found.path.lastIndexOf('/') + 1);
  return fileName.replace(/\.amxd$/i, '');
}
