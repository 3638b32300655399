/** Scenes: `Scenes/Scene` from Live 11 on, before `SceneNames/Scene`. */
import type { NodeId, TreeNode } from '../model/node.ts';
import type { ParseContext } from './context.ts';
import { color, integer, meter, number, text, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { leaf, prop, type Rule, readAttributes, readChildren, type Table, table } from './rules.ts';
import { nameId, VALUE } from './vocabulary.ts';

const IS_TEMPO_ENABLED = nameId('IsTempoEnabled');
const IS_TIME_SIGNATURE_ENABLED = nameId('IsTimeSignatureEnabled');

/** Tempo and meter count only while their switch is on; while off, the values are other settings. */
const switchedBy =
  (name: number, rule: Rule): Rule =>
  (reader, element, draft, context) => {
    const parent = reader.tape.parent[element] as number;
    if (reader.childValue(parent, name) === 'true') rule(reader, element, draft, context);
    else reader.opaque(element, draft);
  };

const signature: Rule = (reader, element, draft) => {
  const decoded = meter(integer(reader.value(element) ?? '') ?? -1);
  if (decoded === undefined) {
    reader.opaque(element, draft);
    return;
  }
  draft.props['signatureNumerator'] = decoded.numerator;
  draft.props['signatureDenominator'] = decoded.denominator;
  leaf(reader, element, draft);
};

/** The switches show in whether the properties are there; they have no value of their own. */
const switchRule: Rule = (reader, element, draft) => {
  const value = reader.value(element);
  if (value === 'true' || value === 'false') leaf(reader, element, draft);
  else reader.opaque(element, draft);
};

const sceneTable: Table = table({
  Name: prop('name', text),
  Annotation: prop('annotation', textIfAny),
  Color: prop('color', color),
  ColorIndex: prop('color', color),
  Tempo: switchedBy(IS_TEMPO_ENABLED, prop('tempoBpm', number)),
  IsTempoEnabled: switchRule,
  TimeSignatureId: switchedBy(IS_TIME_SIGNATURE_ENABLED, signature),
  IsTimeSignatureEnabled: switchRule,
});

/** Key of a scene: its `Id`; up to Live 9 there is none, and the row stands in. */
export const sceneKey = (id: string | undefined, row: number): string =>
  id === undefined ? `s@${row}` : `s${id}`;

/** One scene. */
export function readScene(parse: ParseContext, element: number, id: NodeId): TreeNode {
  const { reader } = parse;
  const draft = new Draft(element);
  // Up to Live 10 the name is an attribute.
  draft.props['name'] = reader.value(element) ?? '';
  reader.claim(element);
  readAttributes(reader, element, draft, KNOWN);
  readChildren(reader, element, sceneTable, draft, undefined);
  draft.props['name'] = givenName(String(draft.props['name']));
  return parse.finish('scene', id, draft);
}

/** Up to Live 10 a scene without a name holds its number after a blank, and keeps it in later versions. */
const givenName = (name: string): string => (/^ \d+$/.test(name) ? '' : name);
const KNOWN = [VALUE];
