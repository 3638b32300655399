/** What Live's own log tells of scripts. Pure. Source of the lines: docs/live-api.md §10. */
import { SCRIPT_NAME } from './live-places.ts';

export interface LiveLog {
  /** Version and time of the last start, ms since 1970 in the zone of this computer; absent where it is too long ago. */
  readonly version?: string;
  readonly startedAt?: number;
  /** Names of the control surfaces chosen, as Live listed them last; absent where it listed none. */
  readonly chosen?: readonly string[];
  /** Our script has said something since that start. */
  readonly hasSpoken: boolean;
  /** The last line of what Live said when our script failed, since that start. */
  readonly failure?: string;
}

const STARTED = /^(\S+?):? info: Started: Live (\d[\w.]*)?/;
const SLOT = /^\s+MidiRemoteScript \d+ \[Control Surface="([^"]*)"/;
const TABLE = /Midi Remote Scripts:/;
const STAMPED = /^\d{4}-\d\d-\d\dT/;
const FAILURE = /RemoteScriptError|error: Python:/;
const OWN_PLACE = new RegExp(`Remote Scripts[\\\\/]${SCRIPT_NAME}[\\\\/]`);
const OWN_WORDS = new RegExp(`RemoteScriptMessage: (?:\\(${SCRIPT_NAME}\\)|${SCRIPT_NAME}:)`);

/** @param text the end of a `Log.txt`; its first line may be cut off */
export function readLog(text: string): LiveLog {
  const lines = text.split(/\r?\n/);
  const start = lines.findLastIndex((line) => STARTED.test(line));
  const [, time = '', version] = STARTED.exec(lines[start] ?? '') ?? [];
  const startedAt = timeOf(time);
  const since = lines.slice(Math.max(0, start));
  const chosen = lastTable(lines);
  const failure = failureIn(since);
  return {
    ...(version !== undefined && { version }),
    ...(startedAt !== undefined && { startedAt }),
    ...(chosen !== undefined && { chosen }),
    ...(failure !== undefined && { failure }),
    hasSpoken: since.some((line) => OWN_WORDS.test(line)),
  };
}

/** Without a zone: that of this computer. */
function timeOf(text: string): number | undefined {
  const time = Date.parse(text.replace(/(\.\d{3})\d+$/, '$1'));
  return Number.isNaN(time) ? undefined : time;
}

/** Live writes the whole table at its start and whenever something in it changes: the last one counts. */
function lastTable(lines: readonly string[]): readonly string[] | undefined {
  const head = lines.findLastIndex((line) => TABLE.test(line));
  if (head < 0) return undefined;
  const names: string[] = [];
  for (const line of lines.slice(head + 1)) {
    const name = SLOT.exec(line)?.[1];
    if (name === undefined) break;
    names.push(name);
  }
  return names.filter((name) => name !== 'None' && name !== '');
}

/** Of each run of lines about one failure: is our folder named in it? */
function failureIn(lines: readonly string[]): string | undefined {
  let last: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    if (!FAILURE.test(lines[at] ?? '')) continue;
    const end = endOfRun(lines, at);
    const run = lines.slice(at, end);
    if (run.some((line) => OWN_PLACE.test(line)))
      last = plain(run.findLast((line) => plain(line) !== '') ?? '');
    at = end - 1;
  }
  return last;
}

function endOfRun(lines: readonly string[], from: number): number {
  const next = lines.slice(from).findIndex((line) => STAMPED.test(line) && !FAILURE.test(line));
  return next < 0 ? lines.length : from + next;
}

const plain = (line: string): string => line.replace(/^.*?(?:RemoteScriptError|error: Python):/, '').trim();
