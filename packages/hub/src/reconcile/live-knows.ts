/** What a version of Live can state at all (docs/live-api.md; first versions: live-simulator/lom.json). */
import type { ListName, PropValue } from '@livetree/live-set';

/** First version, of those that came later than 11.0. */
const SINCE = { takeLanes: [12, 2], sceneTempo: [11, 1] } as const;

/** Whether the Live of this `creator` (`Ableton Live 12.1.5`) states it; an unknown Live states all. */
export function canState(creator: PropValue | undefined, what: keyof typeof SINCE): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(String(creator ?? '')) ?? [];
  const [first, second] = SINCE[what];
  if (major === undefined) return true;
  return Number(major) > first || (Number(major) === first && Number(minor) >= second);
}

/** Lists that this Live cannot state. */
export const unstatedLists = (creator: string | undefined): readonly ListName[] =>
  canState(creator, 'takeLanes') ? [] : ['takeLanes'];
