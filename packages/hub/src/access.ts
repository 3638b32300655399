/**
 * Who may talk to the hub. Any web page can send requests and open sockets to a port on localhost, so the
 * address a request comes from proves nothing; `Host` and `Origin` do, because pages cannot forge them.
 */

/** How the hub was started. */
export interface AccessRules {
  /** As given with `--host`: a name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The viewer's development server on port 5173 may connect. */
  readonly dev: boolean;
  /** Needed whenever `host` is not loopback. */
  readonly token: string | undefined;
  /** Lets a program on this computer give commands; only who can read the state file knows it. */
  readonly commandToken: string;
}

/** What a request says of itself. */
export interface Claim {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** From the query (`token=`) or the header `Authorization: Bearer …`. */
  readonly token: string | undefined;
}

export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 401 | 403; readonly reason: string };

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'] as const;
const DEV_PORT = 5173;
const ALLOWED: Verdict = { ok: true };

/** Whether only programs of this computer can reach a hub that listens on `host`. */
export const isLoopback = (host: string): boolean =>
  host === '::1' || host.toLowerCase() === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** `host` as it stands in a URL: IPv6 in brackets. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Judges every request, HTTP or upgrade, by where it says it goes and comes from. */
export function judgePlace(claim: Claim, rules: AccessRules): Verdict {
  if (!isOwnHost(claim.host, rules)) return refuse(403, `Host "${shown(claim.host)}" is not this hub.`);
  if (!isOwnOrigin(claim, rules)) return refuse(403, `Pages of ${shown(claim.origin)} may not use this hub.`);
  return ALLOWED;
}

/** Judges a request that shows a Set: also by its token, on every interface other people can reach. */
export function judgeAccess(claim: Claim, rules: AccessRules): Verdict {
  const place = judgePlace(claim, rules);
  if (!place.ok || isLoopback(rules.host)) return place;
  const { token } = rules;
  if (token === undefined || token === '' || !isSameText(claim.token ?? '', token))
    return refuse(401, 'The token is missing or wrong. Open the address that the hub printed.');
  return ALLOWED;
}

/**
 * Judges a Remote Script that wants to connect: it runs on this computer, and is no page. Whoever sends an
 * `Origin` is a browser, even on a page of the hub itself.
 * @param from address the request comes from
 */
export function judgeScript(claim: Claim, rules: AccessRules, from: string | undefined): Verdict {
  if (claim.origin !== undefined) return refuse(403, 'Pages cannot speak for Live.');
  if (!isLoopback((from ?? '').replace(/^::ffff:/, '')))
    return refuse(403, 'Live and the hub run on the same computer.');
  return judgePlace(claim, rules);
}

/**
 * Whether a connection that was let in may also give commands: a page of the hub itself, or a program that
 * knows the token. All others may look only.
 */
export const mayCommand = ({ origin, token }: Claim, rules: AccessRules): boolean =>
  origin !== undefined || isSameText(token ?? '', rules.commandToken);

/**
 * DNS rebinding: a page's own name can be made to point to 127.0.0.1. The browser then takes the hub for the
 * page's server, but still writes the page's name into `Host`.
 */
function isOwnHost(host: string | undefined, rules: AccessRules): boolean {
  const place = splitHost(host ?? '');
  return place !== undefined && place.port === rules.port && isOwnName(place.name, rules.host);
}

/** Name (IPv6 in brackets) and port of a `Host` header; without a port it is HTTP's own. */
function splitHost(host: string): { readonly name: string; readonly port: number } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::(\d{1,5}))?$/.exec(host.toLowerCase());
  return match?.[1] === undefined ? undefined : { name: match[1], port: Number(match[2] ?? 80) };
}

/** Rebinding needs a name; on all interfaces (0.0.0.0, ::) any literal address will do, beside the token. */
function isOwnName(name: string, host: string): boolean {
  if (LOOPBACK.some((own) => own === name) || name === urlHost(host).toLowerCase()) return true;
  return (host === '0.0.0.0' || host === '::') && isAddress(name);
}

const isAddress = (name: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);

/**
 * Sockets know no same-origin policy: any page may open one. Its `Origin` tells whose page it is; programs
 * that are no browsers send none. `null` (sandboxed frames, files) is nobody's, so refused.
 */
function isOwnOrigin({ origin, host }: Claim, rules: AccessRules): boolean {
  if (origin === undefined) return true;
  const own = LOOPBACK.map((name) => `http://${name}${portSuffix(rules.port)}`);
  if (own.includes(origin)) return true;
  if (rules.dev && LOOPBACK.some((name) => origin === `http://${name}:${DEV_PORT}`)) return true;
  // From another computer: the page must come from the very address it talks to, which was judged above.
  return !isLoopback(rules.host) && origin === `http://${(host ?? '').toLowerCase()}`;
}

/** Browsers leave the default port out. */
const portSuffix = (port: number): string => (port === 80 ? '' : `:${port}`);

/** Looks at every character whatever the first ones are: the time taken tells nothing of the token. */
function isSameText(given: string, wanted: string): boolean {
  let difference = given.length ^ wanted.length;
  for (let i = 0; i < wanted.length; i++) difference |= given.charCodeAt(i) ^ wanted.charCodeAt(i);
  return difference === 0;
}

const refuse = (status: 401 | 403, reason: string): Verdict => ({ ok: false, status, reason });

/** Headers are text from strangers: short, and without anything but printable ASCII. */
const shown = (text: string | undefined): string =>
  text === undefined ? '(none)' : text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');
