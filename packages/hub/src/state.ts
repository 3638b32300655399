/** What a running hub leaves in the state file, so that others of the same user find it. */
import { PROTOCOL_VERSION } from '@livetree/protocol';

export interface HubState {
  readonly pid: number;
  /** Address it can be reached at from this computer. */
  readonly host: string;
  readonly port: number;
  /** Lets a program give commands. */
  readonly token: string;
  readonly protocol: number;
  /** Address of its page, with the token where one is needed. */
  readonly url: string;
}

/** What the user prefers; kept beside the state file. */
export interface Preferences {
  /** Live is listened to; `false`: only saved files are shown. */
  readonly realtime: boolean;
}

/** @returns the default where the text says nothing else */
export function decodePreferences(text: string): Preferences {
  try {
    const value = JSON.parse(text) as Partial<Preferences> | null;
    return { realtime: value?.realtime !== false };
  } catch {
    return { realtime: true };
  }
}

/** What the place of the state file depends on. */
export interface StatePlace {
  readonly platform: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Folder of the state file: of one user, never synced, not the project's. `LIVETREE_STATE_DIR` overrides it. */
export function stateDir({ platform, home, env }: StatePlace): string {
  const own = env['LIVETREE_STATE_DIR'];
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32') return `${env['LOCALAPPDATA'] || `${home}\\AppData\\Local`}\\LiveTree`;
  if (platform === 'darwin') return `${home}/Library/Application Support/LiveTree`;
  const xdg = env['XDG_STATE_HOME'];
  // The XDG specification: a relative path is invalid and to be ignored.
  return `${xdg?.startsWith('/') ? xdg : `${home}/.local/state`}/livetree`;
}

/** @returns `undefined` for anything but a state file of this kind */
export function decodeState(text: string): HubState | undefined {
  try {
    const value = JSON.parse(text) as Partial<HubState> | null;
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: Partial<HubState> | null): value is HubState {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, port, protocol, host, token, url } = value;
  const isNumbers = [pid, port, protocol].every((each) => Number.isInteger(each) && (each ?? 0) > 0);
  const isTexts = [host, token, url].every((each) => typeof each === 'string' && each !== '');
  return isNumbers && isTexts && (port ?? 0) < 65_536;
}

/** Only a hub that speaks our language can take over what we were asked to do. */
export const speaksOurProtocol = ({ protocol }: HubState): boolean => protocol === PROTOCOL_VERSION;

/** How others on this computer reach a hub that listens on `host`. */
export const reachableHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
