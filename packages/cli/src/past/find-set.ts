/** Which Set a text on the command line means: a path, a name, an id. */
import type { HistoryOverview, KeptLine } from '@livetree/protocol';
import { meantSets } from '../meant-set.ts';
import { PastProblem } from './past-error.ts';
import { shownPath } from './paths.ts';
import type { Past } from './source.ts';

/** @param text empty: the only one of which something is kept @throws PastProblem when it names none, or several */
export async function findSet(text: string, past: Past): Promise<KeptLine> {
  const { sets } = await past.json<HistoryOverview>({ ask: 'overview' });
  const found = text === '' ? sets : await meantSets(sets, text);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what =
    text === ''
      ? 'Which Set?'
      : `"${text}" names ${found.length === 0 ? 'no Set of which a history is kept' : 'several Sets'}.`;
  throw new PastProblem(`${what} ${offer(found.length === 0 ? sets : found)}`);
}

const MOST_OFFERED = 10;

function offer(sets: readonly KeptLine[]): string {
  if (sets.length === 0) return 'No history is kept yet: it begins when "livetree serve" shows a Set.';
  const shown = sets.slice(0, MOST_OFFERED).map(({ id, path }) => `\n  ${id}  ${shownPath(path)}`);
  const rest = sets.length > MOST_OFFERED ? `\n  … and ${sets.length - MOST_OFFERED} more` : '';
  return `Give the path, the name or the id of one of these:${shown.join('')}${rest}`;
}
