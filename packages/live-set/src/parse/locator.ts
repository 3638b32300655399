/** Locators: `Locators/Locators/Locator`. */
import type { TreeNode } from '../model/node.ts';
import type { ParseContext } from './context.ts';
import { flag, number, text, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { prop, readAttributes, readChildren, type Table, table } from './rules.ts';
import { nameId } from './vocabulary.ts';

const TIME = nameId('Time');

const locatorTable: Table = table({
  Time: prop('time', number),
  Name: prop('name', text),
  Annotation: prop('annotation', textIfAny),
  IsSongStart: prop('songStart', flag),
});

/** One locator; up to Live 9 it has no `Id`, and the time stands in. */
export function readLocator(parse: ParseContext, element: number): TreeNode {
  const { reader } = parse;
  const draft = new Draft(element);
  draft.props['name'] = '';
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  readChildren(reader, element, locatorTable, draft, undefined);
  const key = reader.id(element) ?? `@${reader.childValue(element, TIME) ?? ''}`;
  return parse.finish('locator', parse.take(`l${key}`), draft);
}
