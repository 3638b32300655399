/** Finds the hub of this user by the file that it leaves. */

export interface RunningHub {
  readonly pid: number;
  /** For the client. */
  readonly socketUrl: string;
  /** Of its page, as other computers may see it. */
  readonly pageUrl: string;
  /** Of what it tells over HTTP, from this computer; without a slash at the end. */
  readonly apiUrl: string;
  /** What programs of this user show it. */
  readonly token: string;
}

/** @returns `undefined` where no hub has left its file, or its process is gone */
export async function runningHub(): Promise<RunningHub | undefined> {
  // Only here: the other commands start in half the time without the hub's libraries.
  const { defaultStateDir, readState } = await import('@livetree/hub');
  const state = await readState(defaultStateDir());
  if (state === undefined) return undefined;
  const { pid, host, port, token, url } = state;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    pid,
    socketUrl: `ws://${name}:${port}/sync?token=${encodeURIComponent(token)}`,
    pageUrl: url,
    apiUrl: `http://${name}:${port}/api`,
    token,
  };
}
