/** What comparing with the saved file has found, in words: the same on every surface. */
import type { CountByProperty, LostChanges, Unsaved } from './unsaved.ts';

const FOUND = [
  ['mismatches', 'Mismatches, corrected'],
  ['discrepancies', 'Differed when the file was saved'],
  ['disagreements', 'Live and the file disagree (Live is shown)'],
] as const;

type Found = Pick<Unsaved, (typeof FOUND)[number][0]>;

/** One line for each sort that there is: `Mismatches, corrected: track color 2, clip name 1`. */
export function foundLines(unsaved: Found): readonly string[] {
  return FOUND.flatMap(([name, title]) => {
    const counts: CountByProperty = unsaved[name];
    const parts = Object.entries(counts).map(([property, count]) => `${propertyWords(property)} ${count}`);
    return parts.length === 0 ? [] : [`${title}: ${parts.join(', ')}`];
  });
}

/** How many things were found that one of them had wrong; what was asked about is not counted twice. */
export const foundCount = ({ mismatches, disagreements }: Found): number =>
  [mismatches, disagreements].flatMap(Object.values).reduce((sum: number, each: number) => sum + each, 0);

/** What a list is that was set aside: `Not saved when Live ended`. The time follows it. */
export const asideTitle = ({ cause }: Pick<LostChanges, 'cause'>): string =>
  cause === undefined ? 'Not saved when Live ended' : 'Listed when real time was switched off';

/** How old the values may be that Live tells only when they are read in turn; absent: not known. */
export function sweptText({ sweptMs }: Pick<Unsaved, 'sweptMs'>): string | undefined {
  if (sweptMs === undefined) return undefined;
  const seconds = Math.round(sweptMs / 1_000);
  const age = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `Knobs that nobody looks at, and details of clips, were read at most ${age} ago.`;
}

/** `track.volumeDb` → `track volume`. */
const propertyWords = (property: string): string =>
  property
    .replace(/(Db|Bpm)$/, '')
    .replace('.', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
