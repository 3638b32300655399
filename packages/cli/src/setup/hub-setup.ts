/** What the hub's page is told of the script on this computer, and the button that copies it. */
import type { Setup, SetupOutcome } from '@livetree/hub';
import type { SetupState, SetupStep } from '@livetree/protocol';
import { SetupError } from '../errors.ts';
import type { Computer } from './computer.ts';
import { DOCTOR_STEPS, type Finding } from './doctor-table.ts';
import type { Evidence } from './evidence.ts';
import { findLibrary, findLives } from './find-live.ts';
import { installScript } from './install-script.ts';
import { type ScriptSource, scriptSource } from './script-source.ts';
import { filesEvidence, rememberingReader } from './script-state.ts';

/** For `startHub`. */
export function createSetup(computer: Computer): Setup {
  const readLog = rememberingReader();
  let source: ScriptSource | undefined;
  return {
    state: async () => {
      source ??= scriptSource();
      return stateOf(filesEvidence(computer, undefined, source, readLog));
    },
    install: async () => install(computer),
  };
}

/** The same judgement as that of `livetree doctor`. */
function stateOf(evidence: Evidence): SetupState {
  const { library } = evidence;
  const [place, copied, version] = ['library-found', 'script-copied', 'script-version'].map((id) =>
    judged(id, evidence),
  );
  const first = [place, copied, version].find((finding) => finding?.state === 'broken') ?? copied;
  const isInTheWay = evidence.script?.installed.is === 'changed' || isForeign(evidence);
  return {
    canInstall: library.ok && copied !== undefined && !isInTheWay,
    copied: library.ok ? stepOf(first) : { state: 'open', note: library.message },
    restarted: stepOf(judged('live-restarted', evidence)),
    chosen: stepOf(judged('script-chosen', evidence)),
  };
}

const isForeign = ({ script }: Evidence): boolean => script?.installed.is === 'foreign' && !script.isCurrent;

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
