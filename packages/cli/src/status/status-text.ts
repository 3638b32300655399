/** What changed since the save, for people. Never says that nothing is unsaved: Live does not report everything. */
import {
  asideTitle,
  foundLines,
  type LostChanges,
  NOT_REPORTED,
  type SetInfo,
  sweptText,
  type Unsaved,
  type UnsavedChange,
} from '@livetree/protocol';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';

export interface StatusView {
  readonly set: SetInfo;
  /** Absent before anything was compared. */
  readonly unsaved: Unsaved | undefined;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const DAY_MS = 24 * 60 * 60 * 1000;

/** `14:02`; of another day with its date before it. Local time. */
export function when(time: number, now: number): string {
  const date = new Date(time);
  const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  const isToday = now - time < DAY_MS && date.getDate() === new Date(now).getDate();
  if (isToday) return clock;
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${clock}`;
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** One Set: its name, what changed, what is left open. Lines end with a line break. */
export function statusText({ set, unsaved }: StatusView, { colors }: Paint, now: number): string {
  const head = `${colors.bold(printable(set.name))}  ${colors.dim(liveText(set, now))}`;
  const isOff = set.live.state === 'off';
  const body = unsaved === undefined || isOff ? [isOff ? OFF : NOT_COMPARED] : listText(unsaved, now);
  const lost = (unsaved?.lost ?? []).map(
    (each) =>
      `${asideTitle(each)} at ${when(each.endedAt, now)}: ${counted(each.acts.length, 'change')} (livetree status --lost).`,
  );
  return `${[head, ...body, ...lost].join('\n')}\n`;
}

const NOT_COMPARED = 'Not compared with the saved file: Live is not connected to this Set.';
const OFF = 'Not compared with the saved file while real time is off (livetree realtime on).';

function liveText({ live }: SetInfo, now: number): string {
  const version = live.version === undefined ? '' : ` ${live.version}`;
  const who = live.simulated === true ? 'simulated Live' : `Live${version}`;
  if (live.state === 'none') return 'the saved file only';
  if (live.state === 'off')
    return `real time is off${live.since === undefined ? '' : ` since ${when(live.since, now)}`}`;
  if (live.state === 'gone')
    return `${who} gone${live.since === undefined ? '' : ` since ${when(live.since, now)}`}`;
  return live.state === 'stalled' ? `${who} is busy (a menu or dialog is open)` : who;
}

function listText(unsaved: Unsaved, now: number): readonly string[] {
  const { savedAt, state, changes, total, performance, unknown } = unsaved;
  const since = savedAt === undefined ? 'since the beginning' : `since ${when(savedAt, now)}`;
  const swept = sweptText(unsaved);
  if (state === 'none') return [NOT_COMPARED];
  if (state === 'waiting')
    return ['Will be compared with the saved file as soon as both Live and the file are read.'];
  return [
    ...(state === 'foreign' ? ['The file on disk is not the Set that is open in Live.'] : []),
    total === 0 ? `Nothing that Live reports ${since}.` : `${counted(total, 'change')} ${since}:`,
    ...changes.map((change) => changeLine(change, now)),
    ...(total > changes.length ? [`  … and ${total - changes.length} more`] : []),
    ...(performance.length > 0 ? [performanceText(performance)] : []),
    ...(unknown > 0 ? [`${counted(unknown, 'value')} not read since they could have changed.`] : []),
    ...foundLines(unsaved),
    ...(swept === undefined ? [] : [swept]),
    `Live does not report: ${NOT_REPORTED.join(', ')}.`,
  ];
}

function changeLine({ time, sentence }: UnsavedChange, now: number): string {
  return `  ${(time === undefined ? '' : when(time, now)).padEnd(CLOCK_WIDTH)}  ${printable(sentence)}`;
}
const CLOCK_WIDTH = 5;

const performanceText = (list: readonly UnsavedChange[]): string =>
  `Performance state, not counted: ${list.map(({ sentence }) => printable(sentence)).join(' · ')}`;

/** What ended Lives took along, with what is needed to do it again. */
export function lostText(set: SetInfo, lost: LostChanges, { colors }: Paint, now: number): string {
  const { endedAt, savedAt, acts, id } = lost;
  const saved = savedAt === undefined ? 'it was never saved' : `the file is of ${when(savedAt, now)}`;
  const head = `${colors.bold(printable(set.name))}  ${asideTitle(lost)} at ${when(endedAt, now)} (${saved}; ${id})`;
  const lines = acts.flatMap((act) => [
    changeLine({ ...act, sentence: act.isBack === true ? `${act.sentence} (is back)` : act.sentence }, now),
    ...(act.details ?? []).map((detail) => `         ${printable(detail)}`),
  ]);
  return `${[head, ...lines].join('\n')}\n`;
}
