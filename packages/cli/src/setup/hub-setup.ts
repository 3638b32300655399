/** What the hub's page is told of the script on this computer, and the button that copies it. */
import type { Setup, SetupOutcome } from '@livetree/hub';
import type { SetupState, SetupStep } from '@livetree/protocol';
import { SetupError } from '../errors.ts';
import { type Computer, canRunLive, LIBRARY_VARIABLE } from './computer.ts';
import { DOCTOR_STEPS, type Finding } from './doctor-table.ts';
import type { Evidence } from './evidence.ts';
import { findLibrary, findLives } from './find-live.ts';
import { installScript } from './install-script.ts';
import { type ScriptSource, scriptSource } from './script-source.ts';
import { filesEvidence, rememberingReader } from './script-state.ts';

/** For `startHub`; `undefined` where there is nothing to set up: Live does not run here. */
export const setupHere = (computer: Computer): Setup | undefined =>
  canRunLive(computer) || computer.env[LIBRARY_VARIABLE] ? createSetup(computer) : undefined;

/** Looks at the files of this computer each time it is asked. */
export function createSetup(computer: Computer): Setup {
  const readLog = rememberingReader();
  let source: ScriptSource | undefined;
  return {
    state: async () => {
      source ??= scriptSource();
      return stateOf(computer, source, filesEvidence(computer, undefined, source, readLog));
    },
    install: async () => install(computer),
  };
}

/** The same judgement as that of `livetree doctor`. */
function stateOf(computer: Computer, source: ScriptSource, evidence: Evidence): SetupState {
  const copied = copiedStep(evidence);
  const obstacle = copied.state === 'done' ? undefined : obstacleOf(computer, source, evidence);
  return {
    canInstall: obstacle === undefined,
    copied: obstacle === undefined ? copied : { state: 'open', note: obstacle },
    // Started since another script was there is not started since.
    restarted: copied.state === 'done' ? stepOf(judged('live-restarted', evidence)) : { state: 'open' },
    chosen: stepOf(judged('script-chosen', evidence)),
  };
}

function copiedStep(evidence: Evidence): SetupStep {
  const copied = judged('script-copied', evidence);
  const version = judged('script-version', evidence);
  return stepOf(copied?.state === 'ok' && version?.state === 'broken' ? version : copied);
}

/** Why the script could not be copied, and what to do. */
function obstacleOf(computer: Computer, source: ScriptSource, { library }: Evidence): string | undefined {
  if (!library.ok) return library.message;
  try {
    installScript({ computer, library: library.path, source, now: 0, isDry: true });
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

const judged = (id: string, evidence: Evidence): Finding | undefined =>
  DOCTOR_STEPS.find((step) => step.id === id)?.judge(evidence);

function stepOf(finding: Finding | undefined): SetupStep {
  if (finding === undefined) return { state: 'unknown' };
  const state = ({ ok: 'done', broken: 'open', unknown: 'unknown' } as const)[finding.state];
  return { state, note: finding.found };
}

function install(computer: Computer): SetupOutcome {
  try {
    const library = findLibrary(computer, findLives(computer));
    const { folder } = installScript({ computer, library, source: scriptSource(), now: Date.now() });
    return { ok: true, path: folder };
  } catch (error) {
    if (error instanceof SetupError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
