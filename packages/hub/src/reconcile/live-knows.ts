/** What a version of Live can state at all (docs/live-api.md). */
import type { ListName } from '@livetree/live-set';

/** Lists that came to Live's interface with a version. */
const SINCE: Readonly<Partial<Record<ListName, readonly [major: number, minor: number]>>> = {
  takeLanes: [12, 2],
};

/** Lists that the Live of this `creator` (`Ableton Live 12.1.5`) cannot state; of an unknown Live all can be stated. */
export function unstatedLists(creator: string | undefined): readonly ListName[] {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(creator ?? '') ?? [];
  if (major === undefined) return [];
  const isBefore = ([a, b]: readonly [number, number]): boolean =>
    Number(major) < a || (Number(major) === a && Number(minor) < b);
  return Object.entries(SINCE).flatMap(([list, since]) => (isBefore(since) ? [list as ListName] : []));
}
