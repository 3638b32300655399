/** Our lines in files that belong to others: between two marks, so that they can be taken out again exactly. */

const BEGIN = '# LiveTree begins';
const END = '# LiveTree ends';

/** The text with those of the lines that it lacks, at its end. Nothing of what is there is changed. */
export function withLines(text: string, wanted: readonly string[]): string {
  const missing = missingLines(text, wanted);
  if (missing.length === 0) return text;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : end;
  return text + gap + [BEGIN, ...missing, END].map((line) => line + end).join('');
}

/** Those of the lines that stand nowhere in the text. */
export function missingLines(text: string, wanted: readonly string[]): readonly string[] {
  const there = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  return wanted.filter((line) => !there.has(line));
}

/** The text without what {@link withLines} added; lines that others have put between the marks stay. */
export function withoutLines(text: string, ours: readonly string[]): string {
  const own = new Set(ours);
  let isInside = false;
  const kept = text.split(/(?<=\n)/).filter((line) => {
    const bare = line.trim();
    const isMark = bare === BEGIN || bare === END;
    if (isMark) isInside = bare === BEGIN;
    return !isMark && !(isInside && own.has(bare));
  });
  return kept.join('');
}
