/** One line for all that changed between two saves. */

import { formatCount } from './format-value.ts';
import type { Sentence } from './sentence.ts';

/** Changes of the Set that belong into the headline, shortened. */
const OF_THE_SET: ReadonlySet<Sentence['kind']> = new Set([
  'tempo',
  'signature',
  'scale',
  'samples-collected',
  'set-version',
]);

export interface HeadlineOptions {
  /** Longest text, in characters; 72 fits the first line of a commit message. */
  readonly most?: number;
}

/** `12 changes: Bass, Drums, Vox; tempo 120 → 124`. A single change is told itself. */
export function headline(
  told: readonly Sentence[],
  { most = Number.POSITIVE_INFINITY }: HeadlineOptions = {},
): string {
  const edits = told.filter(({ minor }) => !minor);
  const [only] = edits;
  if (only === undefined) return cut(told.length === 0 ? 'No changes' : noEdits(told), most);
  if (edits.length === 1) return cut(only.text, most);
  const start = formatCount(edits.length, 'change');
  const places = [...new Set(edits.flatMap((sentence) => sentence.places ?? []))];
  const ofSet = edits.filter(({ kind }) => OF_THE_SET.has(kind)).map(({ text }) => short(text));
  return fitting(start, places, ofSet, most);
}

/** That a whole project lies elsewhere is said, so that nobody looks for what changed. */
function noEdits(told: readonly Sentence[]): string {
  const moved = told.find(({ kind, text }) => kind === 'sample-paths' && text.includes(': the project'));
  return `No edits (${moved === undefined ? minorText(told) : short(moved.text)})`;
}

const minorText = (told: readonly Sentence[]): string => formatCount(told.length, 'minor change');

/** `tempo 120 → 124`, `Live 12.2`. */
function short(text: string): string {
  const version = /^Saved with (Live [^,]+)/.exec(text)?.[1];
  return version ?? text.charAt(0).toLowerCase() + text.slice(1).replace(/ BPM$/, '');
}

/** What is said of the Set, as far as one place has room beside it; then as many places as fit. */
function fitting(start: string, places: readonly string[], ofSet: readonly string[], most: number): string {
  const least = Math.min(1, places.length);
  const kept: string[] = [];
  for (const part of ofSet) if (line(start, places, least, [...kept, part]).length <= most) kept.push(part);
  for (let shown = Math.min(places.length, MOST_PLACES); shown >= 0; shown--) {
    const text = line(start, places, shown, kept);
    if (text.length <= most) return text;
  }
  return cut(start, most);
}
const MOST_PLACES = 8;

function line(start: string, places: readonly string[], shown: number, ofSet: readonly string[]): string {
  const hidden = places.length - shown;
  const named = [...places.slice(0, shown), ...(shown > 0 && hidden > 0 ? [`${hidden} more`] : [])].join(
    ', ',
  );
  const parts = [named, ...ofSet].filter((part) => part !== '');
  return parts.length === 0 ? start : `${start}: ${parts.join('; ')}`;
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
