/** Reads a Set as it is in a file, or as it was: `My Song.als`, `My Song@save-1`, `@14:30`. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NodeOf, ParsedSet } from '@livetree/live-set';
import type { Moment, SetId } from '@livetree/protocol';
import type { Output } from '../output.ts';
import { readSet } from '../read-set.ts';
import type { Past } from './source.ts';

export interface ReadMoment {
  /** For headings: of the Set, with the moment. */
  readonly name: string;
  readonly root: NodeOf<'set'>;
  /** With all details; absent for a moment between two saves. */
  readonly set?: ParsedSet;
}

/** A file that is there is meant, whatever its name. @throws LiveSetError, PastProblem */
export async function readMoment(text: string, output: Output): Promise<ReadMoment> {
  const named = (await isThere(text)) ? undefined : splitMoment(text);
  if (named === undefined) {
    const set = await readSet(text, output);
    return { name: basename(text).replace(/\.als$/i, ''), root: set.root, set };
  }
  const [{ openHistory }, { findSet }] = await Promise.all([import('./source.ts'), import('./find-set.ts')]);
  const past = await openHistory(output);
  try {
    const { id, name } = await findSet(named.set, past);
    return { name: `${name} (${named.moment})`, ...(await readPast(past, id, named.moment)) };
  } finally {
    past.close();
  }
}

const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined;

/** @returns `undefined`: the text names a file */
export function splitMoment(text: string): { readonly set: string; readonly moment: string } | undefined {
  const at = text.lastIndexOf('@');
  const moment = text.slice(at + 1);
  if (at < 0 || /\.als$/i.test(moment) || /[/\\]/.test(moment)) return undefined;
  return { set: text.slice(0, at), moment };
}

async function readPast(past: Past, set: SetId, at: string): Promise<Omit<ReadMoment, 'name'>> {
  const moment = await past.json<Moment>({ ask: 'moment', set, at });
  // Asked for by what it is: what "save" means may change in between.
  const question = { set, at: moment.type === 'save' ? `id-${moment.id}` : String(moment.revision) };
  if (moment.type === 'act') {
    const { root } = await past.json<{ readonly root: NodeOf<'set'> }>({ ask: 'tree', ...question });
    return { root };
  }
  const [{ gunzipSync }, { nodePlatform }, { parseSet }] = await Promise.all([
    import('node:zlib'),
    import('@livetree/live-set/node'),
    import('../parser.ts'),
  ]);
  const xml = gunzipSync(await past.bytes({ ask: 'file', ...question }));
  const parsed = parseSet(xml, { platform: nodePlatform });
  return { root: parsed.root, set: parsed };
}
