/** What Live plays at this moment, from the latest values beside the tree. Pure. */
import type { EphemeralValue } from '@livetree/client';
import { asNodeId, type NodeId } from '@livetree/live-set';

/** Of a clip or scene: launched and waiting for its turn · playing · playing, and about to stop · being recorded. */
export type Play = 'fired' | 'playing' | 'stopping' | 'recording';

export interface PlaySigns {
  /** By clip or scene. */
  readonly rows: ReadonlyMap<NodeId, Play>;
  readonly transport: 'playing' | 'recording' | undefined;
}
export const NOTHING_PLAYS: PlaySigns = { rows: new Map(), transport: undefined };

type Values = ReadonlyMap<string, EphemeralValue>;

/** Of two signs of one row the stronger one is shown. */
const STRENGTH: Readonly<Record<Play, number>> = { fired: 0, playing: 1, stopping: 2, recording: 3 };

/** While Live stands still no clip plays, but what was launched still waits. */
export function playSigns(values: Values): PlaySigns {
  const rows = new Map<NodeId, Play>();
  const stands = values.get('transport.playing')?.value === false;
  for (const { key, node, value } of values.values()) {
    const sign = signOf(key, node, value, values);
    if (sign === undefined || (stands && sign.play !== 'fired')) continue;
    const before = rows.get(sign.row);
    if (before === undefined || STRENGTH[sign.play] > STRENGTH[before]) rows.set(sign.row, sign.play);
  }
  return { rows, transport: transportOf(values) };
}

interface RowSign {
  readonly row: NodeId;
  readonly play: Play;
}

/** Keys of a thing have its id behind a blank; `fired_clip` of a track is a clip, or `stop`. */
function signOf(
  key: string,
  node: NodeId,
  value: EphemeralValue['value'],
  values: Values,
): RowSign | undefined {
  switch (key.split(' ', 1)[0]) {
    case 'playing_clip':
      return onClip(value, 'playing');
    case 'fired_clip':
      return value === 'stop'
        ? onClip(values.get(`playing_clip ${node}`)?.value, 'stopping')
        : onClip(value, 'fired');
    case 'scene_fired':
      return value === true ? { row: node, play: 'fired' } : undefined;
    case 'recording_clip':
      return value === true ? { row: node, play: 'recording' } : undefined;
    default:
      return undefined;
  }
}

const onClip = (value: EphemeralValue['value'] | undefined, play: Play): RowSign | undefined =>
  typeof value === 'string' ? { row: asNodeId(value), play } : undefined;

function transportOf(values: Values): PlaySigns['transport'] {
  if (values.get('transport.playing')?.value !== true) return undefined;
  return values.get('transport.recording')?.value === true ? 'recording' : 'playing';
}

/** Whether both show the same: then nothing need be drawn anew. */
export const isSamePlay = (a: PlaySigns, b: PlaySigns): boolean =>
  a.transport === b.transport &&
  a.rows.size === b.rows.size &&
  [...a.rows].every(([row, play]) => b.rows.get(row) === play);
