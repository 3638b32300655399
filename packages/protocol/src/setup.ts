/** How far the way from Live to the page is laid: what `/api/setup` answers, for the page's checklist. */

/**
 * In the order in which a user goes: `copied` the script lies where Live finds it · `restarted` Live was started
 * since · `chosen` LiveTree is chosen as a Control Surface · `connected` Live is connected · `file` the saved file is
 * found.
 */
export const SETUP_STEPS = ['copied', 'restarted', 'chosen', 'connected', 'file'] as const;
export type SetupStepId = (typeof SETUP_STEPS)[number];

export interface SetupStep {
  /** `unknown`: nothing says whether it is done. */
  readonly state: 'done' | 'open' | 'unknown';
  /** Sentence for people: where, or what is in the way. */
  readonly note?: string;
}

/** What only the program around the hub can find out. */
export interface SetupState {
  /** Whether `install` can be asked for. */
  readonly canInstall: boolean;
  readonly copied: SetupStep;
  readonly restarted: SetupStep;
  readonly chosen: SetupStep;
}

/** The answer to `GET /api/setup`: all five, in the order of {@link SETUP_STEPS}. */
export interface SetupAnswer {
  readonly canInstall: boolean;
  readonly steps: readonly (SetupStep & { readonly id: SetupStepId })[];
}

/** @returns `undefined` for anything else */
export function decodeSetupAnswer(text: string): SetupAnswer | undefined {
  try {
    const value = JSON.parse(text) as Partial<SetupAnswer> | null;
    const steps = value?.steps;
    if (!Array.isArray(steps) || typeof value?.canInstall !== 'boolean') return undefined;
    const isWhole = SETUP_STEPS.every((id, index) => steps[index]?.id === id && isState(steps[index]?.state));
    return isWhole ? { canInstall: value.canInstall, steps } : undefined;
  } catch {
    return undefined;
  }
}

const isState = (state: unknown): boolean => state === 'done' || state === 'open' || state === 'unknown';
