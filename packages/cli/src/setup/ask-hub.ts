/** Asks the hub of this user how it is, over HTTP on this computer. */
import type { RunningHub } from '../running-hub.ts';
import type { HubEvidence } from './evidence.ts';

const PATIENCE_MS = 2_000;

/** @returns `undefined` where it does not answer */
export async function askHub({ pageUrl }: RunningHub): Promise<HubEvidence | undefined> {
  const url = new URL('/api/sets', pageUrl);
  url.search = new URL(pageUrl).search;
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) return undefined;
    const { sets }: { readonly sets: HubEvidence['sets'] } = JSON.parse(await answer.text());
    return Array.isArray(sets) ? { url: pageUrl, port: Number(url.port), sets } : undefined;
  } catch {
    return undefined;
  }
}
