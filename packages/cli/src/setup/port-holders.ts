/** Who listens on a port, and whether Live runs, out of what the tools of the systems print. Pure. */

/** `lsof -Fpc`. */
export function holderInLsof(text: string): string | undefined {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  return pid === undefined ? undefined : named(/^c(.+)$/m.exec(text)?.[1], pid);
}

/** `ss -ltnpH`; the program is missing where it is another user's. */
export function holderInSs(text: string): string | undefined {
  const [, name, pid] = /users:\(\("([^"]*)",pid=(\d+)/.exec(text) ?? [];
  return pid === undefined ? undefined : named(name, pid);
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
