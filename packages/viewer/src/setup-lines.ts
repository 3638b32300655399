/** The checklist from Live to the page, in words. Pure. */
import type { SetupAnswer, SetupStep, SetupStepId } from '@livetree/protocol';

export interface SetupLine {
  readonly id: SetupStepId;
  readonly title: string;
  /** How to do it; of a step that is done what is known of it. */
  readonly detail: string;
  readonly isDone: boolean;
  /** The first that is not done: where the user is. */
  readonly isNext: boolean;
}

const TITLES: Readonly<Record<SetupStepId, string>> = {
  copied: 'Copy the LiveTree script into Live’s User Library',
  restarted: 'Quit Live, and start it again',
  chosen: 'Choose LiveTree as a Control Surface',
  connected: 'Live is connected',
  file: 'The saved file is found',
};

const HOW: Readonly<Record<SetupStepId, string>> = {
  copied: 'The button does it. It runs inside Live, and only reads.',
  restarted: 'Live looks for scripts only when it starts.',
  chosen:
    'In Live: Settings → Link, Tempo & MIDI → Control Surface. Take a free row; Input and Output stay “None”.',
  connected: 'Comes by itself, a few seconds after the step before.',
  file: 'Comes by itself. A new Set has none until you save it.',
};

/** Five lines, in the order in which they are done. */
export function setupLines({ steps, canInstall }: SetupAnswer): readonly SetupLine[] {
  const next = steps.findIndex(({ state }) => state !== 'done');
  return steps.map((step, index) => ({
    id: step.id,
    title: TITLES[step.id],
    detail: detailOf(step, canInstall),
    isDone: step.state === 'done',
    isNext: index === next,
  }));
}

function detailOf(step: SetupStep & { readonly id: SetupStepId }, canInstall: boolean): string {
  const { id, state, note } = step;
  if (state === 'done') return id === 'copied' || id === 'file' ? (note ?? '') : '';
  // What is in the way of copying says itself what to do; so does what is wrong with the file.
  const saysItself = (id === 'copied' && !canInstall) || id === 'file';
  return saysItself && note !== undefined ? note : HOW[id];
}

/** What is read out when it changes. */
export function spokenProgress(lines: readonly SetupLine[]): string {
  const done = lines.filter(({ isDone }) => isDone).length;
  const next = lines.find(({ isNext }) => isNext);
  return `${done} of ${lines.length} steps done.${next === undefined ? '' : ` Next: ${next.title}.`}`;
}
