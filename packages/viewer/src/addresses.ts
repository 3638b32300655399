/** Where the hub is, and what the page's address means. Pure. */

const DEV_HUB = 'ws://127.0.0.1:8765/sync';

/**
 * The hub's address. In development the hub runs on its own port, or at `?hub=`; a built page talks only to
 * whom it came from, and hands on its token.
 */
export function hubUrl(page: URL, isDev: boolean): string {
  const url = new URL(isDev ? (page.searchParams.get('hub') ?? DEV_HUB) : '/sync', page);
  if (!isDev) url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  const token = page.searchParams.get('token');
  if (token !== null) url.searchParams.set('token', token);
  url.hash = '';
  return url.href;
}

/** Where the hub tells its figures; a page of another host (in development) may not ask for them. */
export const metricsUrl = (hub: string, origin: string): string | undefined =>
  besideHub(hub, origin, '/metrics');

/** Where the hub tells how far the way to Live is laid; for pages of the hub itself. */
export const setupUrl = (hub: string, origin: string): string | undefined =>
  besideHub(hub, origin, '/api/setup');

/** Where the hub tells what it remembers; the same holds. */
export const rememberedUrl = (hub: string, origin: string): string | undefined =>
  besideHub(hub, origin, '/api/remembered');

function besideHub(hub: string, origin: string, path: string): string | undefined {
  const url = new URL(hub.replace(/^ws/, 'http'));
  url.pathname = path;
  return url.origin === origin ? url.href : undefined;
}

/** Address of a path below `/api`, with the token of the hub; a page of another host may not ask. */
export function apiUrl(hub: string, origin: string, path: string): string | undefined {
  const url = new URL(hub.replace(/^ws/, 'http'));
  const token = url.searchParams.get('token');
  const address = new URL(`/api/${path}`, url);
  if (token !== null) address.searchParams.set('token', token);
  return address.origin === origin ? address.href : undefined;
}

const NODE_LINK = '#/node/';

/** Fragment of the address that leads to a node. */
export const linkTo = (id: string): string => NODE_LINK + encodeURIComponent(id);

/** @returns the id of the node that the fragment names, if it names one */
export function linkedId(hash: string): string | undefined {
  if (!hash.startsWith(NODE_LINK)) return undefined;
  try {
    return decodeURIComponent(hash.slice(NODE_LINK.length)) || undefined;
  } catch {
    return undefined;
  }
}
