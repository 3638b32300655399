/**
 * The chain from Live to the page, hop by hop: what must hold, how that is judged, and what to do where it does not.
 * docs/troubleshooting.md is made of this table (scripts/troubleshooting.mjs; a test keeps both in step). Pure.
 */
import { LIVE_STEPS, SCRIPT_STEPS } from './doctor-script.ts';
import { broken, type DoctorStep, judgePorts, ok, SCRIPT_MISSING, unknown } from './doctor-step.ts';

const HUB_STEPS: readonly DoctorStep[] = [
  {
    id: 'hub-ports',
    what: 'A port from 8765 to 8769 is left for LiveTree',
    remedy:
      'End one of the programs named, or choose a port: livetree serve --port 9000, and for the script livetree install --port 9000.',
    judge: ({ hubPorts, hub }) => judgePorts(hubPorts, hub?.port),
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

const withoutToken = (url: string): string => url.replace(/\?.*$/, '');
