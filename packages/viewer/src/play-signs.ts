/** What Live plays at this moment, from the latest values beside the tree. Pure. */
import type { EphemeralValue } from '@livetree/client';
import { asNodeId, type NodeId } from '@livetree/live-set';

export type Play = 'playing' | 'fired';

export interface PlaySigns {
  /** By clip: playing, or launched and waiting for its turn. */
  readonly clips: ReadonlyMap<NodeId, Play>;
  readonly transport: 'playing' | 'recording' | undefined;
}
export const NOTHING_PLAYS: PlaySigns = { clips: new Map(), transport: undefined };

const PLAYS: Readonly<Record<string, Play>> = { playing_clip: 'playing', fired_clip: 'fired' };

/**
 * A key is a name of what is told, alone or before the node it is told of. `playing_clip` and `fired_clip` of a
 * track name a clip; `transport` is true or a word.
 */
export function playSigns(values: ReadonlyMap<string, EphemeralValue>): PlaySigns {
  const clips = new Map<NodeId, Play>();
  let transport: PlaySigns['transport'];
  for (const { key, value } of values.values()) {
    const name = /^[a-z_]+/.exec(key)?.[0] ?? '';
    const play = PLAYS[name];
    if (play !== undefined && typeof value === 'string') put(clips, asNodeId(value), play);
    else if (name === 'transport') transport = transportOf(value);
  }
  return { clips, transport };
}

/** A clip that plays and was launched anew plays. */
function put(clips: Map<NodeId, Play>, clip: NodeId, play: Play): void {
  if (clips.get(clip) !== 'playing') clips.set(clip, play);
}

function transportOf(value: EphemeralValue['value']): PlaySigns['transport'] {
  if (value === 'recording') return 'recording';
  return value === true || value === 'playing' ? 'playing' : undefined;
}
