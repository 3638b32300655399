/** What holds just now and is nowhere kept: what plays, where the song is, what Live moves. */
import type { EphemeralValue } from '@livetree/client';
import { type Motions, motionsOf, NOTHING_MOVES } from './motion.ts';
import { isSamePlay, NOTHING_PLAYS, type PlaySigns, playSigns } from './play-signs.ts';

export class LiveNow {
  plays = $state.raw<PlaySigns>(NOTHING_PLAYS);
  motions = $state.raw<Motions>(NOTHING_MOVES);
  /** Beats, while Live plays and tells it. */
  playhead = $state<number | undefined>();

  take(values: ReadonlyMap<string, EphemeralValue>): void {
    const plays = playSigns(values);
    if (!isSamePlay(plays, this.plays)) this.plays = plays;
    const beats = values.get('playhead')?.value;
    this.playhead = plays.transport !== undefined && typeof beats === 'number' ? beats : undefined;
    this.motions = motionsOf(values);
  }
}
