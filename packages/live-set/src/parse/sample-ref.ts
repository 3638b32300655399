/** References to sample files. */
import type { Draft } from './draft.ts';
import type { Reader } from './reader.ts';
import { type Rule, readAttributes } from './rules.ts';
import { nameId } from './vocabulary.ts';

const FILE_REF = nameId('FileRef');
const NAME = nameId('Name');
const PATH = nameId('Path');
const RELATIVE_PATH = nameId('RelativePath');
const DIR = nameId('Dir');

/** Name and path of the file a `SampleRef` points to: `sample` and `samplePath`. */
export const readSampleFile: Rule = (reader, element, draft) => {
  const file = reader.child(element, FILE_REF);
  const found = file < 0 ? undefined : samplePath(reader, file);
  if (found === undefined) {
    reader.opaque(element, draft);
    return;
  }
  draft.props['sample'] = found.path.slice(found.path.lastIndexOf('/') + 1);
  draft.props['samplePath'] = found.path;
  reader.claim(element);
  readAttributes(reader, element, draft, []);
  for (const child of reader.children(element)) {
    if (child === file) readFileRef(reader, file, draft, found.from);
    else reader.opaque(child, draft);
  }
};

interface SamplePath {
  readonly path: string;
  /** The elements it was read from. */
  readonly from: readonly number[];
}

/** `Path` from Live 11 on; before, a list of folders relative to the project, and the file name. */
export function samplePath(reader: Reader, file: number): SamplePath | undefined {
  const full = reader.child(file, PATH);
  const relative = reader.child(file, RELATIVE_PATH);
  for (const element of [full, relative]) {
    const path = reader.value(element);
    if (path !== undefined && path !== '') return { path, from: [element] };
  }
  const name = reader.child(file, NAME);
  const fileName = reader.value(name);
  if (fileName === undefined || fileName === '') return undefined;
  if (relative < 0) return { path: fileName, from: [name] };
  const folders = reader.children(relative).map((folder) => reader.attribute(folder, DIR) || '..');
  return { path: [...folders, fileName].join('/'), from: [relative, name] };
}

function readFileRef(reader: Reader, file: number, draft: Draft, from: readonly number[]): void {
  reader.claim(file);
  readAttributes(reader, file, draft, []);
  for (const child of reader.children(file)) {
    if (from.includes(child)) reader.claimAll(child);
    else reader.opaque(child, draft);
  }
}
