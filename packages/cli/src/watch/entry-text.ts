/** An entry of the log for people, and for programs. */
import type { Entry, SetInfo } from '@livetree/protocol';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';

/** Version of the JSON that `watch --ndjson` prints. */
const SCHEMA = 1;

/** `14:02:31  Night Bus  3 changes: Bass`, below it what changed, and an empty line. */
export function entryText(entry: Entry, set: SetInfo | undefined, { colors }: Paint): string {
  const { time, save, sentences } = entry;
  const title = printable(save ?? sentences[0] ?? '');
  const name = set === undefined ? [] : [colors.cyan(printable(set.name))];
  const head = [colors.dim(clockTime(time)), ...name, colors.bold(title)].join('  ');
  const rest = sentences.map(printable).filter((sentence) => sentence !== title);
  return `${[head, ...rest.map((sentence) => `  ${sentence}`)].join('\n')}\n\n`;
}

/** Local time, `14:02:31`. */
function clockTime(time: number): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** One line of JSON: always these fields, in this order; `null` where there is nothing. */
export function entryJson(entry: Entry, set: SetInfo | undefined): string {
  const { revision, time, origin, save = null, names, nodes, sentences } = entry;
  const of = { set: entry.set, setName: set?.name ?? null, path: set?.path ?? null };
  const what = { revision, time, origin, save, names, nodes, sentences };
  return `${JSON.stringify({ schema: SCHEMA, type: 'entry', ...of, ...what })}\n`;
}
