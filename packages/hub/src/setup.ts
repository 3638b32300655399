/** The five steps from Live to the page, of what the program around the hub tells and what the hub sees. Pure. */
import type { SetInfo, SetupAnswer, SetupState, SetupStep } from '@livetree/protocol';

/** What who starts the hub can tell and do; the hub itself knows nothing of installing. */
export interface Setup {
  state(): Promise<SetupState>;
  install(): Promise<SetupOutcome>;
}

/** `path`: where the script lies now. */
export type SetupOutcome =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

const NOT_KNOWN: SetupStep = { state: 'unknown' };
const NOTHING_KNOWN: SetupState = {
  canInstall: false,
  copied: NOT_KNOWN,
  restarted: NOT_KNOWN,
  chosen: NOT_KNOWN,
};

/**
 * A Live that is connected proves the steps before, whatever files tell: but not a simulated one.
 * @param told absent where nobody can tell
 */
export function setupAnswer(told: SetupState = NOTHING_KNOWN, sets: readonly SetInfo[]): SetupAnswer {
  const { canInstall, copied, restarted, chosen } = told;
  const connected = sets.filter(({ live }) => live.state !== 'none' && live.state !== 'gone');
  const isProven = connected.some(({ live }) => live.simulated !== true);
  const proven = (step: SetupStep): SetupStep => (isProven ? { ...step, state: 'done' } : step);
  return {
    canInstall,
    steps: [
      { id: 'copied', ...copied },
      { id: 'restarted', ...proven(restarted) },
      { id: 'chosen', ...proven(chosen) },
      { id: 'connected', state: connected.length > 0 ? 'done' : 'open' },
      { id: 'file', ...fileStep(sets) },
    ],
  };
}

function fileStep(sets: readonly SetInfo[]): SetupStep {
  const found = sets.find(({ file, path }) => path !== undefined && file.state === 'ok');
  if (found?.path !== undefined) return { state: 'done', note: found.path };
  const problem = sets.find(({ file }) => file.problem !== undefined)?.file.problem;
  return { state: 'open', ...(problem !== undefined && { note: problem }) };
}
