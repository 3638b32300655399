/** What the hub's page is told of the script on this computer, and the button that copies it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Setup, SetupOutcome } from '@livetree/hub';
import type { SetupState, SetupStep } from '@livetree/protocol';
import { SetupError } from '../errors.ts';
import { type Computer, canRunLive, LIBRARY_VARIABLE } from './computer.ts';
import type { Finding } from './doctor-step.ts';
import { DOCTOR_STEPS } from './doctor-table.ts';
import type { Evidence } from './evidence.ts';
import { findLibrary, findLives } from './find-live.ts';
import { installScript } from './install-script.ts';
import { type ScriptSource, scriptSource } from './script-source.ts';
import { filesEvidence, rememberingReader } from './script-state.ts';

/** For `startHub`; `undefined` where there is nothing to set up: Live does not run here. */
export const setupHere = (computer: Computer, port?: number): Setup | undefined =>
  canRunLive(computer) || computer.env[LIBRARY_VARIABLE] ? createSetup(computer, port) : undefined;

/**
 * Looks at the files of this computer each time it is asked.
 * @param port of the hub, where the user chose one: the script is told
 */
export function createSetup(computer: Computer, port?: number): Setup {
  const readLog = rememberingReader();
  let source: ScriptSource | undefined;
  return {
    state: async () => {
      source ??= scriptSource();
      // Each of the two reads a few megabytes: others of the hub's loop go between them.
      await nextTurn();
      return stateOf({ computer, source, port }, filesEvidence(computer, undefined, source, readLog));
    },
    install: async () => install(computer, port),
  };
}

interface Place {
  readonly computer: Computer;
  readonly source: ScriptSource;
  readonly port: number | undefined;
}

const portOf = (port: number | undefined) => (port === undefined ? {} : { port });

/** The same judgement as that of `livetree doctor`. */
function stateOf(place: Place, evidence: Evidence): SetupState {
  const copied = copiedStep(evidence, place.port);
  const obstacle = copied.state === 'done' ? undefined : obstacleOf(place, evidence);
  return {
    canInstall: obstacle === undefined,
    copied: obstacle === undefined ? copied : { state: 'open', note: obstacle },
    // Started since another script was there is not started since.
    restarted: copied.state === 'done' ? stepOf(judged('live-restarted', evidence)) : { state: 'open' },
    chosen: stepOf(judged('script-chosen', evidence)),
  };
}

function copiedStep(evidence: Evidence, port: number | undefined): SetupStep {
  const copied = judged('script-copied', evidence);
  const version = judged('script-version', evidence);
  const { ports = [] } = evidence.script ?? {};
  if (copied?.state === 'ok' && port !== undefined && !ports.includes(port))
    return { state: 'open', note: `the script looks for LiveTree on another port than ${port}` };
  return stepOf(copied?.state === 'ok' && version?.state === 'broken' ? version : copied);
}

/** Why the script could not be copied, and what to do. */
function obstacleOf({ computer, source, port }: Place, { library }: Evidence): string | undefined {
  if (!library.ok) return library.message;
  try {
    installScript({ computer, library: library.path, source, now: 0, isDry: true, ...portOf(port) });
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

function install(computer: Computer, port: number | undefined): SetupOutcome {
  try {
    const library = findLibrary(computer, findLives(computer));
    const { folder } = installScript({
      computer,
      library,
      source: scriptSource(),
      now: Date.now(),
      ...portOf(port),
    });
    return { ok: true, path: folder };
  } catch (error) {
    if (error instanceof SetupError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
