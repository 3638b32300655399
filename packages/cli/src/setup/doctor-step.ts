/** What a step of `livetree doctor` is, and what its judgements share. Pure. */
import type { Evidence } from './evidence.ts';
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

/** It holds. */
export const ok = (found: string): Finding => ({ state: 'ok', found });
/** It does not. */
export const broken = (found: string): Finding => ({ state: 'broken', found });
/** Nobody can tell. */
export const unknown = (found: string): Finding => ({ state: 'unknown', found });
/** Only Lives were found that cannot run the script. */
export const isOld = ({ lives }: Evidence): boolean =>
  lives.length > 0 && !lives.some(({ version }) => canRunScript(version));
/** `2 files`. */
export const sum = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** Of steps that follow from the script. */
export const SCRIPT_MISSING = unknown('the script is not copied');

/** Whether one of these ports is left. @param own is ours, and no stranger's; `undefined`: none is */
export function judgePorts(ports: readonly PortState[], own: number | undefined): Finding {
  const others = ports.filter(({ port, isTaken, holder }) => isTaken && port !== own && holder !== undefined);
  const taken = ports.filter(({ port, isTaken }) => isTaken && port !== own);
  const who = others.map(({ port, holder }) => `${port}: ${holder}`).join(', ');
  if (own !== undefined || taken.length === 0 || taken.length < ports.length)
    return ok(freeText(taken.length, who, own));
  return broken(who === '' ? 'all are taken' : `all are taken: ${who}`);
}

function freeText(taken: number, who: string, own: number | undefined): string {
  const ours = own === undefined ? '' : `ours is ${own}`;
  const others = taken === 0 ? '' : who === '' ? `${taken} taken` : `taken: ${who}`;
  return [ours, others].filter((part) => part !== '').join('; ') || 'all are free';
}

/** Local time, as people of most countries read it; the day too, as it may be long ago. */
export function clock(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
