/**
 * The chain from Live to the page, hop by hop: what must hold, how that is judged, and what to do where it does not.
 * docs/troubleshooting.md is made of this table (scripts/troubleshooting.mjs; a test keeps both in step). Pure.
 */
import type { Evidence } from './evidence.ts';
import { SCRIPT_NAME } from './live-places.ts';
import { canRunScript } from './live-version.ts';
import type { PortState } from './ports.ts';

/** `unknown`: nothing to be found out, or something before it is missing. */
export interface Finding {
  readonly state: 'ok' | 'broken' | 'unknown';
  /** What was found; a part of a sentence. */
  readonly found: string;
}

export interface DoctorStep {
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly what: string;
  /** What to do where it does not. */
  readonly remedy: string;
  readonly judge: (evidence: Evidence) => Finding;
}

const ok = (found: string): Finding => ({ state: 'ok', found });
const broken = (found: string): Finding => ({ state: 'broken', found });
const unknown = (found: string): Finding => ({ state: 'unknown', found });
const isOld = ({ lives }: Evidence): boolean =>
  lives.length > 0 && !lives.some(({ version }) => canRunScript(version));
const sum = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

const SCRIPT_MISSING = unknown('the script is not copied');

const LIVE_STEPS: readonly DoctorStep[] = [
  {
    id: 'live-found',
    what: 'Live was started on this computer',
    remedy:
      'Start Live once: it leaves its preferences then, by which it is found. If only the script is to be checked, name the User Library: livetree doctor --path "…/User Library".',
    judge: (evidence) => {
      const { lives, canRunLive, library } = evidence;
      if (lives.length > 0) return ok(lives.map(({ version }) => `Live ${version.text}`).join(', '));
      if (!canRunLive) return unknown('Live does not run on this system');
      return library.ok ? unknown('it has left no preferences') : broken('it has left no preferences');
    },
  },
  {
    id: 'live-version',
    what: 'This Live can run the script',
    remedy: 'Update Live to 11.0 or later, any edition. With an older one LiveTree follows the saved file.',
    judge: (evidence) => {
      const live = evidence.lives.find(({ version }) => canRunScript(version));
      if (live !== undefined) return ok(`Live ${live.version.text} can`);
      const [old] = evidence.lives;
      return old === undefined
        ? unknown('no Live was found')
        : ok(`Live ${old.version.text} cannot: it is followed by its saved files only`);
    },
  },
  {
    id: 'library-found',
    what: 'The User Library is where Live says',
    remedy:
      'Connect its drive; or choose the library in Live under Settings → Library and start Live once; or name it: livetree doctor --path "…/User Library" (and the same with livetree install).',
    judge: ({ library }) => {
      if (library.ok) return ok(library.path);
      const isNotNeeded = library.code === 'NO_LIVE_HERE' || library.code === 'LIVE_TOO_OLD';
      return isNotNeeded ? unknown('not needed here') : broken(firstSentence(library.message));
    },
  },
];

const firstSentence = (text: string): string => text.split(/[.:] (?=[A-Z]|it )/)[0] ?? text;

const SCRIPT_STEPS: readonly DoctorStep[] = [
  {
    id: 'script-copied',
    what: 'The script lies in the User Library, as it was copied',
    remedy:
      'Run livetree install. If it says that a folder is in the way or was changed by hand, move that folder out of "Remote Scripts" first. Folders of other names, "User Remote Scripts" in the preferences, and folders inside the program are places where Live does not find it.',
    judge: (evidence) => {
      const { script } = evidence;
      if (script === undefined)
        return unknown(isOld(evidence) ? 'not needed here' : 'there is no User Library');
      const { installed, folder, isCurrent } = script;
      if (installed.is === 'absent') return broken(`nothing at ${folder}`);
      if (isCurrent) return ok(folder);
      if (installed.is === 'unreadable') return broken(`${folder} cannot be read (${installed.code})`);
      if (installed.is === 'foreign') return broken(`${folder} is not of livetree install`);
      if (installed.is === 'changed')
        return broken(`${sum(installed.files.length, 'file')} changed in ${folder}`);
      return installed.missing.length === 0
        ? ok(folder)
        : broken(`${sum(installed.missing.length, 'file')} missing in ${folder}`);
    },
  },
  {
    id: 'script-version',
    what: 'It is the script of this LiveTree',
    remedy: 'Run livetree install, then quit Live and start it again.',
    judge: ({ script, ownVersion }) => {
      if (script === undefined || script.installed.is === 'absent') return SCRIPT_MISSING;
      if (script.isCurrent) return ok(`version ${ownVersion}`);
      if (script.installed.is !== 'ours') return unknown('it is not as it was copied');
      const { version } = script.installed.manifest;
      return version === ownVersion
        ? broken(`version ${version}, but with other files`)
        : broken(`version ${version} there, ${ownVersion} here`);
    },
  },
  {
    id: 'live-restarted',
    what: 'Live was started since',
    remedy: 'Quit Live and start it again: it reads scripts only when it starts.',
    judge: ({ script, log }) => {
      if (script === undefined || script.installed.is === 'absent') return SCRIPT_MISSING;
      if (script.installed.is === 'foreign' || script.installed.is === 'unreadable')
        return unknown('when the script was copied is not known');
      if (log?.startedAt === undefined) return unknown('Live’s log does not say when it was started');
      const { installedAt } = script.installed.manifest;
      return log.startedAt >= installedAt
        ? ok(`at ${clock(log.startedAt)}`)
        : broken(`Live was started at ${clock(log.startedAt)}, the script copied at ${clock(installedAt)}`);
    },
  },
  {
    id: 'script-chosen',
    what: 'LiveTree is chosen as a Control Surface',
    remedy:
      'In Live: Settings → Link, Tempo & MIDI → Control Surface: choose LiveTree in a free row; Input and Output stay "None". If it is not in the list, Live was not started since, or has another User Library (Settings → Library).',
    judge: ({ log }) => {
      if (log === undefined) return unknown('Live has left no log');
      if (log.chosen?.includes(SCRIPT_NAME)) return ok('Live’s log lists it');
      if (log.chosen !== undefined) {
        const others = log.chosen.length === 0 ? 'none' : log.chosen.join(', ');
        return broken(`chosen: ${others}`);
      }
      return log.hasSpoken ? ok('it has written into Live’s log') : unknown('Live’s log does not tell');
    },
  },
  {
    id: 'chosen-once',
    what: 'It is chosen once only',
    remedy:
      'In Live: Settings → Link, Tempo & MIDI → Control Surface: set all rows but one that say LiveTree to "None".',
    judge: ({ log }) => {
      const count = log?.chosen?.filter((name) => name === SCRIPT_NAME).length ?? 0;
      if (count === 0) return unknown('it is not known to be chosen');
      return count === 1 ? ok('in one row') : broken(`in ${count} rows`);
    },
  },
  {
    id: 'script-starts',
    what: 'The script runs without an error in Live’s log',
    remedy:
      'Run livetree install, then quit Live and start it again. If the error comes back, report it with the lines of Log.txt that name LiveTree.',
    judge: ({ log }) => {
      if (log === undefined) return unknown('Live has left no log');
      return log.failure === undefined ? ok('none') : broken(log.failure);
    },
  },
  {
    id: 'script-answers',
    what: 'The script answers on port 9001',
    remedy:
      'Start Live. If it runs: check that LiveTree is chosen as a Control Surface, and set it to "None" and back. A dialog that is open in Live holds it up: close it.',
    judge: ({ commandPorts, isLiveRunning, ownVersion }) => {
      const answering = commandPorts.find(({ script }) => script !== undefined);
      if (answering?.script !== undefined) {
        const { version, live } = answering.script;
        const isSameVersion = version === ownVersion;
        const about = `script ${version} in Live ${live}, port ${answering.port}`;
        return isSameVersion ? ok(about) : broken(`${about}; this LiveTree brings ${ownVersion}`);
      }
      if (isLiveRunning === true) return broken('Live runs, and nothing answers');
      return unknown(isLiveRunning === false ? 'Live is not running' : 'nothing answers; is Live running?');
    },
  },
  {
    id: 'command-ports',
    what: 'A port from 9001 to 9005 is left for the script',
    remedy:
      'End one of the programs named, or give the script other ports: "commandPorts" in settings.json beside it. Without a port all works but commands from Hammerspoon and nc.',
    judge: ({ commandPorts }) =>
      judgePorts(
        commandPorts,
        commandPorts.some(({ script }) => script !== undefined),
      ),
  },
];

const HUB_STEPS: readonly DoctorStep[] = [
  {
    id: 'hub-ports',
    what: 'A port from 8765 to 8769 is left for LiveTree',
    remedy:
      'End one of the programs named, or choose a port: livetree serve --port 9000, and for the script livetree install --port 9000.',
    judge: ({ hubPorts, hub }) => judgePorts(hubPorts, hub !== undefined),
  },
  {
    id: 'hub-runs',
    what: 'LiveTree runs',
    remedy: 'Start it: livetree serve. To have it always: livetree autostart on.',
    judge: ({ hub }) => (hub === undefined ? broken('none answers') : ok(withoutToken(hub.url))),
  },
  {
    id: 'same-port',
    what: 'The script looks for LiveTree where it runs',
    remedy:
      'Tell the script the port, livetree install --port N, and start Live again; or start LiveTree without --port.',
    judge: ({ script, hub }) => {
      if (hub === undefined) return unknown('LiveTree does not run');
      if (script === undefined || script.installed.is === 'absent') return SCRIPT_MISSING;
      const named = `port ${hub.port}`;
      if (script.ports.includes(hub.port)) return ok(named);
      return broken(`it runs on ${named}, the script tries ${script.ports.join(', ')}`);
    },
  },
  {
    id: 'live-connected',
    what: 'Live is connected to LiveTree',
    remedy:
      'Wait five seconds: the script tries again by itself. Then set LiveTree to "None" and back in Live: Settings → Link, Tempo & MIDI → Control Surface.',
    judge: ({ hub, commandPorts }) => {
      if (hub === undefined) return unknown('LiveTree does not run');
      const connected = hub.sets.find(({ live }) => live.state !== 'none' && live.state !== 'gone');
      if (connected !== undefined) {
        const { simulated, version = '' } = connected.live;
        return ok(`${simulated ? 'a simulated Live' : 'Live'} ${version}`.trim());
      }
      const isThere = commandPorts.some(({ script }) => script !== undefined);
      return isThere ? broken('the script runs, but is not connected') : unknown('no script is running');
    },
  },
];

const FILE_STEPS: readonly DoctorStep[] = [
  {
    id: 'set-known',
    what: 'It is known where the Set is saved',
    remedy:
      'Save the Set in Live. Live 11.3.24 and older do not tell where: open it by its path, livetree serve "My Set.als".',
    judge: ({ hub, file }) => {
      if (file !== undefined) return ok(file.path);
      if (hub === undefined) return unknown('LiveTree does not run');
      return hub.sets.length === 0 ? unknown('no Set is open') : broken('the Set that is shown has no file');
    },
  },
  {
    id: 'file-readable',
    what: 'Its folder and file may be read',
    remedy:
      'On a Mac: System Settings › Privacy & Security › Files and Folders (or Full Disk Access): allow the folder for the program in which LiveTree runs, mostly Terminal; then start LiveTree again. Elsewhere: check the permissions of folder and file, and that the drive is there.',
    judge: ({ file }) => {
      if (file === undefined) return unknown('no file is known');
      if (file.state === 'readable' || file.state === 'placeholder') return ok('they may');
      if (file.state === 'missing') return broken('the file is not there');
      return broken(`the system refuses (${file.code ?? 'unknown'})`);
    },
  },
  {
    id: 'file-here',
    what: 'Its content is on this computer',
    remedy:
      'The cloud service keeps only a placeholder here. In Finder: “Download Now” or “Keep Downloaded”; in Explorer: “Always keep on this device”.',
    judge: ({ file }) => {
      if (file === undefined) return unknown('no file is known');
      if (file.state === 'placeholder') return broken('a placeholder of a cloud service');
      return file.state === 'readable' ? ok('it is') : unknown('the file cannot be read');
    },
  },
];

/** In the order of the chain: the first broken one is the one to mend. */
export const DOCTOR_STEPS: readonly DoctorStep[] = [
  ...LIVE_STEPS,
  ...SCRIPT_STEPS,
  ...HUB_STEPS,
  ...FILE_STEPS,
];

function judgePorts(ports: readonly PortState[], hasOurs: boolean): Finding {
  const others = ports.filter(
    ({ isTaken, script, holder }) => isTaken && script === undefined && holder !== undefined,
  );
  const taken = ports.filter(({ isTaken }) => isTaken);
  const who = others.map(({ port, holder }) => `${port}: ${holder}`).join(', ');
  if (hasOurs || taken.length === 0 || taken.length < ports.length)
    return ok(taken.length === 0 ? 'all are free' : who === '' ? `${taken.length} taken` : `taken: ${who}`);
  return broken(who === '' ? 'all are taken' : `all are taken: ${who}`);
}

const withoutToken = (url: string): string => url.replace(/\?.*$/, '');

/** Local time, as people of most countries read it; the day too, as it may be long ago. */
function clock(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
