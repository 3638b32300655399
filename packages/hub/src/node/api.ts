/** The read-only JSON under `/api`: Sets, trees, nodes and their details. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FacetName, NodeId } from '@livetree/live-set';
import { asNodeId, FACET_NAMES } from '@livetree/live-set';
import type { FacetKey, SetId, SetInfo, SetupAnswer, Unsaved } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import type { Authority } from '../authority.ts';
import type { FacetContent } from '../facet-content.ts';
import { jsonSlices } from '../json-slices.ts';
import { pastQuestion } from './history-api.ts';
import type { Offered } from './memory.ts';
import type { SaveKeeper } from './saves/keeper.ts';
import type { PastQuestion } from './saves/keeper-messages.ts';
import { writeSlices } from './write-slices.ts';

export interface ApiOptions {
  readonly sets: () => readonly SetInfo[];
  readonly setup: () => Promise<SetupAnswer>;
  /** `undefined`: no such Set, or not read yet. */
  readonly authority: (set: SetId) => Authority | undefined;
  /** What changed since the save; `undefined`: nothing was compared yet. */
  readonly unsaved: (set: SetId) => Unsaved | undefined;
  /** Sets and project folders that are remembered and still there. */
  readonly remembered: () => Promise<Offered>;
  /** Of what is kept from earlier on; `undefined`: nothing is. */
  readonly past: Pick<SaveKeeper, 'ask'> | undefined;
  /** `undefined`: no such node. Rejects when the reader is busy for too long, or dies. */
  readonly readFacet: (set: SetId, key: FacetKey) => Promise<FacetContent | undefined>;
}

/** How an answer came out: written, or a refusal to be sent. */
export type ApiAnswer = undefined | { readonly status: 400 | 404 | 503; readonly reason: string };

const NOT_FOUND: ApiAnswer = { status: 404, reason: 'Not found.' };

/** Answers a request below `/api/`. */
export async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: ApiOptions,
): Promise<ApiAnswer> {
  const parts = partsOf(url);
  if (parts === undefined) return { status: 400, reason: 'Bad request.' };
  const [, sets, set, what, node, ...rest] = parts;
  if (rest.length > 0) return NOT_FOUND;
  const answer = new Answer(request, response);
  if (sets === 'setup' && set === undefined) return answer.write([JSON.stringify(await options.setup())]);
  if (sets === 'remembered' && set === undefined)
    return answer.write([JSON.stringify(await options.remembered())]);
  if (sets === 'history' && set === undefined) return answerPast(answer, { ask: 'overview' }, options);
  if (sets !== 'sets') return NOT_FOUND;
  if (set === undefined) return answer.write([JSON.stringify({ sets: options.sets() })]);
  const past = node === undefined ? pastQuestion(asSetId(set), what, url, options.sets()) : undefined;
  if (past !== undefined) return answerPast(answer, past, options);
  const authority = options.authority(asSetId(set));
  if (authority === undefined) return { status: 404, reason: 'There is no such Set, or it is not read yet.' };
  if (what === 'tree' && node === undefined) return answer.tree(authority);
  if (what === 'unsaved' && node === undefined)
    return answer.write([JSON.stringify(options.unsaved(authority.set) ?? null)]);
  if (what !== 'nodes' || node === undefined) return NOT_FOUND;
  return answerNode(answer, authority, asNodeId(node), url, options);
}

/** A Set that is not open has its past, too. */
async function answerPast(answer: Answer, question: PastQuestion, { past }: ApiOptions): Promise<ApiAnswer> {
  if (past === undefined) return NO_HISTORY;
  const found = await past.ask(question);
  return found.ok ? answer.write(byteSlices(found.bytes), found.type) : found;
}

const NO_HISTORY: ApiAnswer = { status: 404, reason: 'No history is kept: LiveTree was started so.' };

async function answerNode(
  answer: Answer,
  authority: Authority,
  id: NodeId,
  url: URL,
  { readFacet }: ApiOptions,
): Promise<ApiAnswer> {
  const facet = url.searchParams.get('facet');
  if (authority.node(id) === undefined) return NO_NODE;
  if (facet === null) return answer.node(authority, id);
  if (!isFacetName(facet)) return { status: 400, reason: `Facets are ${FACET_NAMES.join(', ')}.` };
  try {
    const data = await readFacet(authority.set, { node: id, facet });
    return data === undefined ? NO_NODE : answer.facet(authority, { node: id, facet }, data);
  } catch (error) {
    return { status: 503, reason: error instanceof Error ? error.message : String(error) };
  }
}

const NO_NODE: ApiAnswer = { status: 404, reason: 'There is no such node in this Set (any more).' };

const isFacetName = (text: string): text is FacetName => FACET_NAMES.some((name) => name === text);

/** The decoded parts of the path after the first slash. */
function partsOf({ pathname }: URL): readonly string[] | undefined {
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

class Answer {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  /** The tree as it is now: it never changes in place, so later revisions do not show in it. */
  tree(authority: Authority): Promise<undefined> {
    return this.#enveloped(authority, '"root":', jsonSlices(authority.root));
  }

  node(authority: Authority, id: NodeId): Promise<undefined> {
    const node = authority.node(id);
    const place = JSON.stringify(authority.placeOf(id) ?? null);
    return this.#enveloped(authority, `"place":${place},"node":`, node ? jsonSlices(node) : ['null']);
  }

  facet(authority: Authority, { node, facet }: FacetKey, content: FacetContent): Promise<undefined> {
    const head = `"node":${JSON.stringify(node)},"facet":"${facet}","data":`;
    const body = 'bytes' in content ? byteSlices(content.bytes) : textSlices(content.json);
    return this.#enveloped(authority, head, body);
  }

  async write(
    slices: Iterable<string | Uint8Array>,
    type = 'application/json; charset=utf-8',
  ): Promise<undefined> {
    this.#response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    if (this.#request.method === 'HEAD') this.#response.end();
    else await writeSlices(this.#response, slices);
  }

  #enveloped(
    { set, epoch, revision, lineage }: Authority,
    head: string,
    body: Iterable<string | Uint8Array>,
  ) {
    const place = JSON.stringify({ set, epoch, revision, lineage });
    return this.write(concat(`${place.slice(0, -1)},${head}`, body));
  }
}

function* concat(head: string, body: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  yield head;
  yield* body;
  yield '}';
}

const SLICE = 64 * 1024;

function* textSlices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE);
}

function* byteSlices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}
