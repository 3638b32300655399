/** What changed since the save, in words. Pure. It never says that all is saved: Live does not report everything. */
import {
  asideTitle,
  foundCount,
  type LostChanges,
  type SetInfo,
  sweptText,
  type Unsaved,
} from '@livetree/protocol';
import { clockTime } from './format.ts';

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

const since = ({ savedAt }: Unsaved, now: number): string =>
  savedAt === undefined ? 'since the beginning' : `since ${clockTime(savedAt, now)}`;

/** Above the list. `now`: ms since 1970. */
export function unsavedTitle(unsaved: Unsaved | undefined, now: number): string {
  if (unsaved === undefined || unsaved.state === 'none') return 'Not compared with the saved file';
  if (unsaved.state === 'waiting') return 'Will be compared with the saved file';
  return unsaved.total === 0
    ? `Nothing that Live reports ${since(unsaved, now)}`
    : `${counted(unsaved.total, 'change')} ${since(unsaved, now)}`;
}

/** Below the title: why, or what to do; empty where the title says it all. */
export function unsavedNote(unsaved: Unsaved | undefined): string {
  if (unsaved === undefined) return NO_LIVE;
  switch (unsaved.state) {
    case 'none':
      return NO_LIVE;
    case 'waiting':
      return 'As soon as both the file and Live are read.';
    case 'foreign':
      return 'The file on disk is not the Set that is open in Live; compared with the last save of your own.';
    case 'compared':
      return [unknownText(unsaved), sweptText(unsaved)].filter(Boolean).join(' ');
    default:
      return unsaved.state satisfies never;
  }
}
const unknownText = ({ unknown }: Unsaved): string =>
  unknown === 0 ? '' : `${counted(unknown, 'value')} not read since they could have changed.`;
const NO_LIVE = 'Open the Set in Live, and what you change is compared with the file.';

/** `Not saved when Live ended at 14:02`. */
export const lostTitle = (lost: LostChanges, now: number): string =>
  `${asideTitle(lost)} at ${clockTime(lost.endedAt, now)}`;

/** In the header, beside the name of the Set; absent where there is nothing to say. */
export function badgeText({ unsaved, file }: SetInfo, now: number): string | undefined {
  if (unsaved === undefined) return undefined;
  const lost = unsaved.lost > 0 ? [`${unsaved.lost} not saved when Live ended`] : [];
  const { unfollowed = 0 } = unsaved;
  const off = unfollowed > 0 ? [`${unfollowed} listed when real time was switched off`] : [];
  const { savedAt } = file;
  const from = savedAt === undefined ? '' : ` since ${clockTime(savedAt, now)}`;
  const changes = unsaved.changes > 0 ? [`${counted(unsaved.changes, 'change')}${from}`] : [];
  return [...changes, ...lost, ...off].join(' · ') || undefined;
}

/** Above what was found by comparing: `How it was compared · 3 differences found`. */
export function comparedTitle(unsaved: Unsaved): string {
  const found = foundCount(unsaved);
  return found === 0 ? 'How it was compared' : `How it was compared · ${counted(found, 'difference')} found`;
}
