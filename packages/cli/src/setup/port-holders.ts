/** Who listens on a port, and whether Live runs, out of what the tools of the systems print. Pure. */

/** A process that has a port open. */
export interface Holder {
  readonly pid: string;
  readonly name: string | undefined;
  /** The process that started it, where that is known. */
  readonly parent?: string;
}

/** `lsof -FpRc`: a letter and what it stands for a line, `p` begins a process. */
export function holdersInLsof(text: string): readonly Holder[] {
  return text
    .split(/^p/m)
    .slice(1)
    .map((part) => ({
      pid: /^\d*/.exec(part)?.[0] ?? '',
      name: /^c(.+)$/m.exec(part)?.[1],
      parent: /^R(\d+)$/m.exec(part)?.[1] ?? '',
    }));
}

/** `ss -ltnpH`; the program is missing where it is another user's. */
export function holdersInSs(text: string): readonly Holder[] {
  const found = text.matchAll(/\("([^"]*)",pid=(\d+),/g);
  return [...found].map(([, name, pid]) => ({ pid: pid ?? '', name }));
}

/** Linux' `/proc/PID/status`. */
export const parentInStatus = (text: string): string | undefined => /^PPid:\s*(\d+)$/m.exec(text)?.[1];

/**
 * Whose a port is. A process that starts another has it twice: for a moment, as each new process
 * begins as a copy of the one that starts it, or for good, as servers with workers do. The one that was
 * not started by another of them is it.
 */
export function ownerAmong(holders: readonly Holder[]): string | undefined {
  const pids = new Set(holders.map(({ pid }) => pid));
  const owner = holders.find(({ parent = '' }) => !pids.has(parent));
  return owner && named(owner.name, owner.pid);
}

/** Process number in Windows' `netstat -ano`. Its words are of the system's language, its figures are not. */
export function pidInNetstat(text: string, port: number): string | undefined {
  const line = new RegExp(
    `^\\s*TCP\\s+\\S+:${port}\\s+(?:0\\.0\\.0\\.0|\\[::\\]):0\\s+\\S+\\s+(\\d+)\\s*$`,
    'm',
  );
  return line.exec(text)?.[1];
}

/** Windows' `tasklist /FO CSV /NH` for one process. */
export function holderInTasklist(text: string, pid: string): string {
  const name = new RegExp(`^"([^"]+)","${pid}"`, 'm').exec(text)?.[1];
  return named(name, pid);
}

/** Of all processes: macOS' `ps -axo comm=`, or Windows' `tasklist /FO CSV /NH`. */
export const hasLive = (text: string): boolean =>
  /\/Ableton Live[^/\n]*\.app\/Contents\/MacOS\/|^"Ableton Live/m.test(text);

const named = (name: string | undefined, pid: string): string =>
  name === undefined || name === '' ? `process ${pid}` : `${name} (process ${pid})`;
