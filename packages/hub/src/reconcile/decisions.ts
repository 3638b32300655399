/** What was decided, in sentences for people. */

import type { Discrepancy, Judged } from './discrepancies.ts';
import type { Base } from './find-base.ts';

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** To which moment of Live the file belongs. */
export function sayBase({ steps, distance }: Base, sawSave: boolean): string {
  if (!sawSave && distance > 0)
    return `Compared with the saved file: ${count(distance, 'difference')} to Live as it is now.`;
  const moment = steps === 0 ? 'as it is now' : `as it was ${count(steps, 'change')} ago`;
  const rest =
    distance === 0 ? '' : `; ${count(distance, 'thing')} ${distance === 1 ? 'differs' : 'differ'} even then`;
  return `Compared with the saved file: it holds the Set ${moment}${rest}.`;
}

/** The file is something else. */
export const sayForeign = (reason: string, hasOwn = true): string =>
  `The file on disk is not the Set that is open: ${reason}. ${
    hasOwn
      ? 'The list is still that against the last save that Live wrote.'
      : 'What changed since the save can be listed once Live has saved again.'
  }`;

/** Live is asked again. */
export function sayAsked(discrepancies: readonly Discrepancy[]): string | undefined {
  if (discrepancies.length === 0) return undefined;
  return `${count(discrepancies.length, 'difference')} to the file at the moment of the save: Live is asked again (${byProperty(
    discrepancies.map(({ property }) => property),
  )}).`;
}

/** What Live answered. */
export function sayJudged(judged: readonly Judged[]): readonly string[] {
  const of = (wanted: Judged['judgement']): readonly string[] =>
    judged.filter(({ judgement }) => judgement === wanted).map(({ discrepancy }) => discrepancy.property);
  const [missed, insisted] = [of('mismatch'), of('disagreement')];
  return [
    ...(missed.length === 0
      ? []
      : [`${count(missed.length, 'mismatch', 'mismatches')}, corrected (${byProperty(missed)}).`]),
    ...(insisted.length === 0
      ? []
      : [
          `Live insists on ${count(insisted.length, 'value')}, which the list leaves out (${byProperty(insisted)}).`,
        ]),
  ];
}

/** There were more differences than Live is asked about. */
export const sayUnasked = (differences: number): string =>
  `Live was not asked about ${count(differences, 'more difference')}: the list leaves them out until the next save.`;

/** `track color, 3 × clip place`; most frequent first. */
function byProperty(properties: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const property of properties) counts.set(property, (counts.get(property) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const shown = sorted
    .slice(0, 3)
    .map(([property, times]) => `${times === 1 ? '' : `${times} × `}${inWords(property)}`);
  return sorted.length > 3 ? `${shown.join(', ')} and others` : shown.join(', ');
}

/** `takeLane.loopStart` → `take lane loop start`. */
const inWords = (property: string): string =>
  property
    .replace('.', ' ')
    .replace(/(Db|Bpm)$/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
