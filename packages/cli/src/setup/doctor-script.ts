/** The steps of `livetree doctor` about Live and the script. Pure. */
import {
  broken,
  clock,
  type DoctorStep,
  isOld,
  judgePorts,
  ok,
  SCRIPT_MISSING,
  sum,
  unknown,
} from './doctor-step.ts';
import { SCRIPT_NAME } from './live-places.ts';
import { canRunScript } from './live-version.ts';

/** Is there a Live, and where is its library? */
export const LIVE_STEPS: readonly DoctorStep[] = [
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

/** From the copied script to the one that answers. */
export const SCRIPT_STEPS: readonly DoctorStep[] = [
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
      judgePorts(commandPorts, commandPorts.find(({ script }) => script !== undefined)?.port),
  },
];
