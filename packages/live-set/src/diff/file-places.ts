/**
 * Differences that only say where files lie: another computer, a moved project, files collected into the project
 * (docs/als-format.md, "Samples" and "Noise").
 */
import type { Reader } from '../parse/reader.ts';
import { VALUE } from '../parse/vocabulary.ts';
import { attributeText } from '../xml/text.ts';

/** Ends a path of other settings under which nothing but places of files differs. */
export const FILE_PLACES = ' (places of files)';

/** Inside a reference to a file: where it lies. The name of the file counts. */
const OF_A_FILE: ReadonlySet<string> = new Set([
  'Path',
  'RelativePath',
  'RelativePathType',
  'HasRelativePath',
  'PathHint',
  'Dir',
  'Data',
  'LivePackName',
  'LivePackId',
]);
/** What refers to a file. */
const REFERENCES: ReadonlySet<string> = new Set(['FileRef', 'VstPluginInfo']);
/** Where a file was found in the browser. */
const IN_BROWSER = 'BrowserContentPath';

/** Whether two elements differ in nothing but the places of files. Cost: what differs. */
export function differsInPlaces(a: Reader, one: number, b: Reader, other: number): boolean {
  if (isEqual(a, one, b, other)) return true;
  const tag = a.tag(one);
  if (tag !== b.tag(other)) return false;
  if (tag === IN_BROWSER) return true;
  if (isPlace(a, one) && isPlace(b, other)) return nameOf(a, one) === nameOf(b, other);
  if (attributesOf(a, one) !== attributesOf(b, other)) return false;
  const [mine, theirs] = [contentOf(a, one), contentOf(b, other)];
  // Where all that lies in them is equal, the text between the tags is not: the state of a plug-in.
  return (
    mine.length === theirs.length &&
    mine.every((child, at) => differsInPlaces(a, child, b, theirs[at] as number)) &&
    !mine.every((child, at) => isEqual(a, child, b, theirs[at] as number))
  );
}

const isEqual = (a: Reader, one: number, b: Reader, other: number): boolean =>
  a.tape.hashLow[one] === b.tape.hashLow[other] && a.tape.hashHigh[one] === b.tape.hashHigh[other];

function isPlace(reader: Reader, element: number): boolean {
  const parent = reader.tape.parent[element] as number;
  return parent >= 0 && REFERENCES.has(reader.tag(parent)) && OF_A_FILE.has(reader.tag(element));
}

/** The name of the file, where the element has it: only `Path` always does. */
function nameOf(reader: Reader, element: number): string {
  const path = reader.tag(element) === 'Path' ? (reader.attribute(element, VALUE) ?? '') : '';
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

const contentOf = (reader: Reader, element: number): readonly number[] =>
  reader.children(element).filter((child) => reader.masks.elements[reader.tape.name[child] as number] !== 1);

function attributesOf(reader: Reader, element: number): string {
  const { tape, masks, platform } = reader;
  const texts: string[] = [];
  const stop = tape.firstAttribute[element + 1] as number;
  for (let at = tape.firstAttribute[element] as number; at < stop; at++) {
    const name = tape.attributeName[at] as number;
    if (masks.attributes[name] !== 1) texts.push(`${tape.names[name]}=${attributeText(tape, at, platform)}`);
  }
  return texts.join('\n');
}
