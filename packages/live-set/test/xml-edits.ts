/** Edits of the XML of a Set, as Live would make them. */
import type { ParsedSet } from '../src/parse/parse-set.ts';
import { parse } from './corpus.ts';

/** Text to put in at an offset. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

function inserted(bytes: Uint8Array, insertions: readonly Insertion[]): ParsedSet {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { at, text } of [...insertions].sort((a, b) => a.at - b.at)) {
    pieces.push(bytes.subarray(from, at), Buffer.from(text));
    from = at;
  }
  return parse(Buffer.concat([...pieces, bytes.subarray(from)]));
}

const tagOf = ({ tape }: ParsedSet, element: number): string => tape.names[tape.name[element]!]!;

function childrenOf({ tape }: ParsedSet, element: number): readonly number[] {
  const children: number[] = [];
  for (let at = element + 1; at < tape.end[element]!; at = tape.end[at]!) children.push(at);
  return children;
}

function sourceOf({ tape }: ParsedSet, element: number): string {
  return Buffer.from(tape.bytes.subarray(tape.start[element]!, tape.stop[element]!)).toString();
}

const isPlain = (set: ParsedSet, slot: number): boolean =>
  !/<(Midi|Audio)Clip[ >]|<HasStop Value="false"/.test(sourceOf(set, slot));

/** Lists with one entry per scene: the slots of tracks, of their frozen copies, of groups. */
function slotLists(set: ParsedSet): readonly number[] {
  const scenes = set.root.lists.scenes?.length ?? 0;
  const found: number[] = [];
  for (let at = 0; at < set.tape.size; at++) {
    const isList = tagOf(set, at) === 'ClipSlotList' || tagOf(set, at) === 'Slots';
    if (isList && childrenOf(set, at).length === scenes) found.push(at);
  }
  return found;
}

/**
 * Puts a scene without Id (Live 8, 9) and with empty slots before the scene of that row. Scenes without a name
 * are numbered anew, as Live does.
 */
export function insertScene(set: ParsedSet, row: number, name: string): ParsedSet {
  const list = Array.from({ length: set.tape.size }, (_, at) => at).find(
    (at) => tagOf(set, at) === 'SceneNames',
  )!;
  const scene = childrenOf(set, list)[row]!;
  const blank = `<Scene Value="${name || ' 1'}"><Annotation Value="" /><ColorIndex Value="0" /></Scene>`;
  const insertions = [{ at: set.tape.start[scene]!, text: blank }];
  for (const slots of slotLists(set)) {
    const empty = childrenOf(set, slots).find((slot) => isPlain(set, slot));
    if (empty === undefined) throw new Error('no empty slot to copy');
    insertions.push({ at: set.tape.start[childrenOf(set, slots)[row]!]!, text: sourceOf(set, empty) });
  }
  const xml = Buffer.from(inserted(set.tape.bytes, insertions).tape.bytes).toString();
  let number = 0;
  return parse(
    xml.replace(/<Scene Value="([^"]*)"/g, (tag, value: string) => {
      number++;
      return /^ \d+$/.test(value) ? `<Scene Value=" ${number}"` : tag;
    }),
  );
}
