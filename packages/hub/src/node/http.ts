/** The HTTP side: the viewer's files and a few small answers. It only reads. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { SetInfo } from '@livetree/protocol';
import sirv from 'sirv';
import type { AccessRules, Claim, Verdict } from '../access.ts';
import { judgeAccess, judgePlace } from '../access.ts';
import { HUB_VERSION } from '../version.ts';
import type { ApiOptions } from './api.ts';
import { answerApi } from './api.ts';
import { clientSchema, loadMessages } from './messages.ts';

export interface HttpOptions {
  readonly rules: () => AccessRules;
  readonly sets: () => readonly SetInfo[];
  readonly clients: () => number;
  readonly api: ApiOptions;
  /** Text for Prometheus. */
  readonly metrics: () => string;
  /** Folder of the built viewer. */
  readonly viewerDir?: string;
}

/**
 * On every answer. No CORS header anywhere: no other page may read what the hub says. The viewer brings all
 * it needs, so nothing may be loaded from elsewhere.
 */
const HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * What a page of the hub may load, and whom it may speak to: the hub only, by sockets too. Those are named, because
 * older Safaris do not count them as `'self'`; any other computer, which `ws:` would allow, stays out of reach.
 * @param host as the request names the hub; it becomes part of the policy only where it is plainly an address
 */
const policy = (host = ''): string =>
  [
    "default-src 'self'",
    `connect-src 'self'${/^[\w.:[\]-]+$/.test(host) ? ` ws://${host}` : ''}`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  ].join('; ');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export function httpListener(options: HttpOptions): RequestListener {
  const serveViewer = viewer(options.viewerDir);
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', policy(request.headers.host));
    const url = urlOf(request);
    const refusal = url === undefined ? BAD_REQUEST : refuse(request, url, options.rules());
    if (refusal !== undefined) sendText(response, refusal.status, refusal.reason);
    else if (url !== undefined) route({ request, response, url }, options, serveViewer);
  };
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

function route({ request, response, url }: Visit, options: HttpOptions, serveViewer: Answer): void {
  switch (url.pathname) {
    case '/healthz':
      sendJson(response, health(options));
      return;
    case '/metrics':
      send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', options.metrics());
      return;
    case '/schema':
      void loadMessages().then(() => sendJson(response, clientSchema()));
      return;
    case '/sync':
      sendText(response, 404, 'Clients connect to /sync with a WebSocket.');
      return;
    default:
      if (isApi(url)) void sendApi({ request, response, url }, options.api);
      else serveViewer(request, response);
  }
}

const isApi = ({ pathname }: URL): boolean => pathname.startsWith('/api/');

async function sendApi({ request, response, url }: Visit, options: ApiOptions): Promise<void> {
  try {
    const refusal = await answerApi(request, response, url, options);
    if (refusal !== undefined) sendText(response, refusal.status, refusal.reason);
  } catch {
    response.destroy();
  }
}

/** What shows something of a Set or of who is connected. */
const showsSets = (url: URL): boolean => isApi(url) || url.pathname === '/metrics';

/** The address of a request, or `undefined` when it is none. */
export function urlOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '/';
  return target.startsWith('/') && URL.canParse(`http://hub${target}`)
    ? new URL(`http://hub${target}`)
    : undefined;
}

/** What a request says of itself. */
export function claimOf({ headers }: IncomingMessage, url: URL): Claim {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const token = url.searchParams.get('token') ?? bearer;
  return { host: headers.host, origin: headers.origin, token };
}

interface Refusal {
  readonly status: number;
  readonly reason: string;
}

const BAD_REQUEST: Refusal = { status: 400, reason: 'Bad request.' };

function refuse(request: IncomingMessage, url: URL, rules: AccessRules): Refusal | undefined {
  const claim = claimOf(request, url);
  // The viewer's own files hold nothing of any Set, and a page cannot send the token for its assets.
  const verdict: Verdict = showsSets(url) ? judgeAccess(claim, rules) : judgePlace(claim, rules);
  if (!verdict.ok) return verdict;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return isReading ? undefined : { status: 405, reason: 'Only GET and HEAD.' };
}

const health = ({ sets, clients }: HttpOptions) => ({
  ok: true,
  name: 'livetree',
  version: HUB_VERSION,
  sets: sets().length,
  clients: clients(),
});

function viewer(folder: string | undefined): Answer {
  if (folder === undefined)
    return (_, response) => sendText(response, 404, 'The hub runs. It was started without the viewer.');
  const serve = sirv(folder, { single: true, etag: true, gzip: true, brotli: true });
  return (request, response) => serve(request, response, () => sendText(response, 404, 'Not found.'));
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value));
}

const sendText = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}
