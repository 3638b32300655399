/** What changed between two saves, as a commit message. */
import { formatCount, headline, type Sentence } from '@livetree/live-set';
import { printable } from '../printable.ts';

/** Longest first line of a commit message. */
export const SUBJECT_COLUMNS = 72;

/** A headline, then the edits; what the performance or the computer changed is listed only where there are none. */
export function messageLines(told: readonly Sentence[]): readonly string[] {
  const subject = printable(headline(told, { most: SUBJECT_COLUMNS }));
  // A single edit is its own headline: it is not said twice.
  const body = bodyLines(told).filter((line) => line !== `- ${subject}`);
  return body.length === 0 ? [subject] : [subject, '', ...body];
}

/** Without the headline. */
export function bodyLines(told: readonly Sentence[]): readonly string[] {
  const edits = told.filter(({ minor }) => !minor);
  const shown = (edits.length === 0 ? told : edits).map(({ text }) => `- ${printable(text)}`);
  const minor = told.length - shown.length;
  return minor === 0 ? shown : [...shown, `- ${formatCount(minor, 'minor change')} (performance, computer)`];
}
