/** What Live tells without history: what plays, the playhead, the selection. Keys and values as clients get them. */
import type { NodeId } from '@livetree/live-set';
import type {
  EphemeralFields,
  EphemeralNumbers,
  EphemeralRaw,
  EphemeralTriple,
  Handle,
} from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import type { EphemeralKind, EphemeralValue } from '../ephemeral.ts';
import type { LiveRun } from './live-run.ts';

/** Read again and again while somebody looks; all others hold until they are replaced. */
const SAMPLED: ReadonlySet<string> = new Set(['playhead', 'meter', 'motion']);

/**
 * Keys: those of the Set are `transport.playing`, `transport.recording`, `playhead` (beats), `view`,
 * `selection.track`, `.scene`, `.device`, `.clip` (ids of nodes); those of a node have its id behind a blank:
 * `playing_clip ID`, `fired_clip ID` (id of the clip, or `stop`), `scene_fired ID`, `recording_clip ID`,
 * `meter ID.left`, `.right`, `.level` (0…1), `motion ID PROPERTY`.
 * What is told of things that are not in the tree is left out.
 */
export function liveEphemerals(run: LiveRun, triples: readonly EphemeralTriple[]): readonly EphemeralValue[] {
  return triples.flatMap((triple) => valuesOf(run, triple));
}

function valuesOf(run: LiveRun, [key, handle, raw]: EphemeralTriple): readonly EphemeralValue[] {
  const node = nodeFor(run, handle);
  if (node === undefined) return [];
  const kind: EphemeralKind = SAMPLED.has(key) ? 'sampled' : 'state';
  if (key === 'motion') return motion(run, handle, node, raw);
  const name = handle === SONG_HANDLE ? key : `${key} ${node}`;
  const fields = fieldsOf(key, raw);
  if (fields === undefined) return [{ key: name, node, value: plain(run, raw), kind }];
  return fields.map(([field, value]) => ({
    key: `${name}.${field}`,
    node,
    // A level of -1 is a number, not Live's word for none.
    value: isNumbers(raw) && typeof value === 'number' ? value : plain(run, value),
    kind,
  }));
}

/** The several values that a key comes as; `undefined`: it is one. */
function fieldsOf(key: string, raw: EphemeralRaw): readonly (readonly [string, EphemeralRaw])[] | undefined {
  const names = FIELDS[key] ?? [];
  if (isNumbers(raw)) return raw.map((value, at) => [names[at] ?? String(at), value]);
  if (isFields(raw)) return Object.entries(raw);
  return raw === null && names.length > 0 ? names.map((name) => [name, null]) : undefined;
}

/** Keys that come as several values. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  transport: ['playing', 'recording'],
  selection: ['track', 'scene', 'device', 'clip'],
  meter: ['left', 'right', 'level'],
};

/** A parameter is a detail of its device. */
function nodeFor(run: LiveRun, handle: Handle): NodeId | undefined {
  const node = run.raw.get(handle);
  const owner = node?.kind === 'parameter' ? node.parent?.owner : node?.handle;
  return owner !== undefined && run.outline.isShown(owner) ? run.outline.idOf(owner) : undefined;
}

function motion(run: LiveRun, handle: Handle, node: NodeId, raw: EphemeralRaw): readonly EphemeralValue[] {
  const isParameter = run.raw.get(handle)?.kind === 'parameter';
  const part = isFields(raw) ? raw : undefined;
  const what = isParameter ? String(handle) : String(part?.['prop'] ?? 'value');
  const told = part === undefined ? raw : (part['value'] ?? null);
  const value = typeof told === 'number' ? told : plain(run, told);
  return [{ key: `motion ${node} ${what}`, node, value, kind: 'sampled' }];
}

const isNumbers = (raw: EphemeralRaw): raw is EphemeralNumbers => Array.isArray(raw);

const isFields = (raw: EphemeralRaw): raw is EphemeralFields =>
  typeof raw === 'object' && raw !== null && !isNumbers(raw) && !isHandle(raw) && !('float' in raw);

const isHandle = (raw: object): raw is { readonly handle: Handle } =>
  'handle' in raw && typeof raw.handle === 'number';

const NONE = -1;
const STOP = -2;

/** A thing becomes the id of its node; none ends the key. */
function plain(run: LiveRun, raw: EphemeralRaw): EphemeralValue['value'] {
  if (raw === NONE || raw === null) return null;
  if (raw === STOP) return 'stop';
  if (typeof raw !== 'object') return raw;
  if (!isHandle(raw)) return null;
  return nodeFor(run, raw.handle) ?? null;
}
