/** The history of a Set for people, and for programs. */
import type { KeptAct, KeptSave, SetHistory } from '@livetree/protocol';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import { projectPath, shownPath } from './paths.ts';

/** Version of the JSON that `log --json` prints. */
const SCHEMA = 1;

type KeptEntry = KeptSave | KeptAct;

/** Sentences of one entry that are shown; the rest is counted. */
const MOST_SENTENCES = 12;
/** Longest moment: `save-123`. */
const MOMENT_COLUMNS = 8;

/** A heading for each day; below it what happened on it, newest first. */
export function logText({ entries }: SetHistory, paint: Paint): string {
  let day = '';
  const lines = entries.flatMap((entry) => {
    const its = dayText(entry.time);
    const heading = its === day ? [] : [...(day === '' ? [] : ['']), paint.colors.cyan(its)];
    day = its;
    return [...heading, ...entryLines(entry, paint)];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function entryLines(entry: KeptEntry, { colors }: Paint): readonly string[] {
  const { time, sentences } = entry;
  const title = printable(titleOf(entry));
  const head = `${colors.green(momentOf(entry).padEnd(MOMENT_COLUMNS))}  ${colors.dim(clockText(time))}  ${colors.bold(title)}`;
  const rest = sentences.map(printable).filter((sentence) => sentence !== title);
  const shown = rest.length > MOST_SENTENCES ? rest.slice(0, MOST_SENTENCES - 1) : rest;
  const left = rest.length - shown.length;
  const more = left === 0 ? [] : [`… and ${left} more`];
  return [head, ...[...shown, ...more].map((line) => `${' '.repeat(MOMENT_COLUMNS + 2)}${line}`)];
}

/** As other commands name it. */
const momentOf = (entry: KeptEntry): string =>
  entry.type === 'act' ? String(entry.revision) : entry.number === 0 ? 'save' : `save-${entry.number}`;

function titleOf(entry: KeptEntry): string {
  if (entry.save !== undefined && entry.save !== '') return entry.save;
  if (entry.type === 'act') return entry.sentences[0] ?? '';
  return entry.save === undefined ? 'the oldest save that is kept' : 'saved without a change';
}

/** Paths are those a reader elsewhere may see. */
export function logJson({ place, set, entries }: SetHistory): string {
  const document = {
    schema: SCHEMA,
    place,
    set: { ...set, path: shownPath(set.path) },
    entries: entries.map((entry) =>
      entry.type === 'save' ? { ...entry, path: projectPath(entry.path, set.path) } : entry,
    ),
  };
  return `${JSON.stringify(document)}\n`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Local time, `2026-03-01`. */
function dayText(time: number): string {
  const at = new Date(time);
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

/** Local time, `14:02:31`. */
function clockText(time: number): string {
  const at = new Date(time);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
}
