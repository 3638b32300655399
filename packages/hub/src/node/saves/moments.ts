/** The moments that people name: `save-1`, `14:30`, `2026-03-01`, a revision. Times are local. */
import type { KeptSave, Moment } from '@livetree/protocol';
import type { LocalTime } from '../../saves/backup-name.ts';

/** What was asked for. */
export type MomentAsked =
  | { readonly is: 'save'; readonly number: number }
  | { readonly is: 'id'; readonly id: number }
  | { readonly is: 'revision'; readonly revision: number }
  /** As it was then; ms since 1970. */
  | { readonly is: 'time'; readonly time: number };

export const MOMENT_HELP =
  'Moments are save (the newest), save-1 (the one before), 14:30, 2026-03-01, "2026-03-01 14:30", or the number of a revision.';

/** @returns `undefined`: it names no moment */
export function parseMoment(text: string, now: number): MomentAsked | undefined {
  const save = /^save(?:-(\d{1,6}))?$/.exec(text);
  if (save !== null) return { is: 'save', number: Number(save[1] ?? 0) };
  const id = /^id-(\d{1,9})$/.exec(text);
  if (id !== null) return { is: 'id', id: Number(id[1]) };
  if (/^\d{1,12}$/.test(text)) return { is: 'revision', revision: Number(text) };
  const time = parseTime(text, now, 'end');
  return time === undefined ? undefined : { is: 'time', time };
}

const PATTERN = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:[T ]?(\d?\d):(\d\d)(?::(\d\d))?)?$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A time without a day is the last such time. What is left out (the seconds, the time of the day) makes it a
 * stretch: its start, or its end.
 * @returns ms since 1970; `undefined`: it is no time
 */
export function parseTime(text: string, now: number, which: 'start' | 'end'): number | undefined {
  const found = PATTERN.exec(text);
  if (text === '' || found === null) return undefined;
  const [year, month, day, hour, minute, second] = found
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const rest = which === 'start' ? { hour: 0, second: 0, ms: 0 } : { hour: 23, second: 59, ms: 999 };
  const at = new Date(now);
  if (year !== undefined) at.setFullYear(year, (month ?? 1) - 1, day);
  const minutes = minute ?? (which === 'start' ? 0 : 59);
  at.setHours(hour ?? rest.hour, minutes, second ?? rest.second, rest.ms);
  if (!isRight(at, { month, day, hour, minute })) return undefined;
  const isAhead = year === undefined && at.getTime() - (second === undefined ? 60_000 : 0) > now;
  return isAhead ? at.getTime() - DAY_MS : at.getTime();
}

/** Dates that there are not (31 February, 25:00) would come out as others. */
function isRight(
  at: Date,
  asked: Readonly<Record<'month' | 'day' | 'hour' | 'minute', number | undefined>>,
): boolean {
  const {
    month = at.getMonth() + 1,
    day = at.getDate(),
    hour = at.getHours(),
    minute = at.getMinutes(),
  } = asked;
  return (
    at.getMonth() + 1 === month &&
    at.getDate() === day &&
    at.getHours() === hour &&
    at.getMinutes() === minute
  );
}

/** Of the name of a file in `Backup/`; ms since 1970. */
export const timeOf = ({ year, month, day, hour, minute, second }: LocalTime): number =>
  new Date(year, month - 1, day, hour, minute, second).getTime();

/** What of the journal matters for finding a moment. */
export interface Revisions {
  /** The newest revision made by Live at that time or before; of its number and time. */
  lastBefore(time: number): { readonly revision: number; readonly time: number } | undefined;
  timeOf(revision: number): number | undefined;
}

/** @param saves newest first @returns `undefined`: nothing is kept of that moment */
export function findMoment(
  asked: MomentAsked,
  saves: readonly KeptSave[],
  revisions: Revisions,
): Moment | undefined {
  switch (asked.is) {
    case 'save':
      return momentOf(saves[asked.number]);
    case 'id':
      return momentOf(saves.find(({ id }) => id === asked.id));
    case 'revision': {
      const time = revisions.timeOf(asked.revision);
      return time === undefined ? undefined : { type: 'act', revision: asked.revision, time };
    }
    case 'time': {
      const save = saves.find(({ time }) => time <= asked.time);
      const act = revisions.lastBefore(asked.time);
      return act !== undefined && act.time > (save?.time ?? 0) ? { type: 'act', ...act } : momentOf(save);
    }
    default: {
      const never: never = asked;
      throw new Error(`unhandled moment ${JSON.stringify(never)}`);
    }
  }
}

const momentOf = (save: KeptSave | undefined): Moment | undefined =>
  save && { type: 'save', id: save.id, number: save.number, time: save.time };
