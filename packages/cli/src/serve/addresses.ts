/** Under which addresses others can open the page. */
import { networkInterfaces } from 'node:os';

const ALL_INTERFACES = new Set(['0.0.0.0', '::']);
/** IPv6 of one cable only: a browser cannot open it. */
const LINK_LOCAL = /^fe80:/i;

/**
 * The address of a page that listens everywhere (`0.0.0.0`) can be opened nowhere: instead those of the interfaces
 * of this computer that others see, the usual kind first. All other addresses stay as they are.
 * @param url of the page
 * @param host on which the hub listens
 */
export function reachableUrls(url: string, host: string): readonly string[] {
  if (!ALL_INTERFACES.has(host)) return [url];
  const seen = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address, family }) => !internal && !LINK_LOCAL.test(address) && fits(family, host))
    .sort((a, b) => a.family.localeCompare(b.family));
  const addresses = seen.length === 0 ? ['127.0.0.1'] : seen.map(({ address }) => address);
  return addresses.map((address) => withHost(url, address));
}

const fits = (family: string, host: string): boolean => host === '::' || family === 'IPv4';

function withHost(url: string, address: string): string {
  const changed = new URL(url);
  changed.hostname = address.includes(':') ? `[${address}]` : address;
  return changed.href;
}
