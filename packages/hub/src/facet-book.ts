/** The facets of one Set that somebody watches: their content and the last step of their chain. */
import type { Op, Touched } from '@livetree/live-set';
import type { FacetKey, FacetPatch, SetId } from '@livetree/protocol';
import type { MessageParts } from './effect.ts';
import type { FacetContent } from './facet-content.ts';
import { isSameContent } from './facet-content.ts';
import type { FacetChange } from './facet-diff.ts';
import { diffItems } from './facet-diff.ts';

const NO_CHANGE: FacetChange = { put: [], remove: [] };

/** Names a facet inside its Set. */
export const facetId = ({ node, facet }: FacetKey): string => `${facet} ${node}`;

/** Content of a facet that was read. */
export interface FacetState {
  readonly content: FacetContent;
  readonly revision: number;
  /** Names this content within the book; it is no revision. */
  readonly version: number;
  /** The last step of the chain; absent where it had to start anew. */
  readonly step?: { readonly fromVersion: number; readonly text: string };
}

interface Page {
  readonly key: FacetKey;
  readonly watchers: Set<string>;
  state: FacetState | undefined;
  /** A question to the source is under way. */
  reading: boolean;
  /** The content may have changed since that question. */
  stale: boolean;
}

/** A facet is looked at from now on, or no longer. */
export interface WatchTurn {
  readonly key: FacetKey;
  readonly isWatched: boolean;
}

export class FacetBook {
  readonly #set: SetId;
  readonly #pages = new Map<string, Page>();
  #versions = 0;
  #turns: WatchTurn[] = [];

  constructor(set: SetId) {
    this.#set = set;
  }

  /** `undefined`: nobody watches it, or its node is gone. `reading`: not known yet. */
  get(key: FacetKey): FacetState | 'reading' | undefined {
    const page = this.#pages.get(facetId(key));
    return page && (page.state ?? 'reading');
  }

  watch(key: FacetKey, client: string): void {
    const id = facetId(key);
    const known = this.#pages.get(id);
    const page = known ?? newPage(key);
    page.watchers.add(client);
    this.#pages.set(id, page);
    if (known === undefined) this.#turns.push({ key, isWatched: true });
  }

  unwatch(key: FacetKey, client: string): void {
    const id = facetId(key);
    const page = this.#pages.get(id);
    page?.watchers.delete(client);
    if (page?.watchers.size === 0) this.#close(id, key);
  }

  /** The facets that somebody looks at since the last time, and those that nobody does any more; in order. */
  takeTurns(): readonly WatchTurn[] {
    const turns = this.#turns;
    this.#turns = [];
    return turns;
  }

  /** Marks what a change may have altered: the touched facets, and all of them when nodes went away. */
  change(ops: readonly Op[], touched: readonly Touched[]): void {
    if (ops.some((op) => op.op === 'remove')) this.changeAll();
    for (const { id, facets } of touched) {
      for (const facet of facets) markStale(this.#pages.get(facetId({ node: id, facet })));
    }
  }

  /** Anything may have changed. */
  changeAll(): void {
    for (const page of this.#pages.values()) markStale(page);
  }

  /** The source starts anew: what it was asked is lost, what it says next has no history here. */
  restart(): void {
    for (const page of this.#pages.values()) {
      page.reading = false;
      page.stale = true;
      page.state = undefined;
    }
  }

  /** Another source answers from now on: all that is watched is watched there, and read anew. */
  turn(): void {
    for (const page of this.#pages.values()) {
      page.reading = false;
      page.stale = true;
      this.#turns.push({ key: page.key, isWatched: true });
    }
  }

  /** The facets to ask the source for, each once until it answers. */
  takeQuestions(): readonly FacetKey[] {
    const questions = [...this.#pages.values()].filter((page) => page.stale && !page.reading);
    for (const page of questions) {
      page.stale = false;
      page.reading = true;
    }
    return questions.map((page) => page.key);
  }

  /** Takes the source's answer; `undefined` = it knows no such node. */
  put(key: FacetKey, content: FacetContent | undefined, revision: number): void {
    const id = facetId(key);
    const page = this.#pages.get(id);
    if (page === undefined) return;
    page.reading = false;
    if (content === undefined) this.#close(id, key);
    else page.state = this.#nextState(page, content, revision);
  }

  /** The whole content as a message, in parts: it may be big. */
  fullText(key: FacetKey, { content, revision }: FacetState, request: string | undefined): MessageParts {
    const asked = request === undefined ? {} : { request };
    const head = JSON.stringify({ type: 'facet', set: this.#set, ...key, ...asked, revision });
    const begin = `${head.slice(0, -1)},"data":`;
    return 'bytes' in content ? [begin, content.bytes, '}'] : [`${begin}${content.json}}`];
  }

  /**
   * What leads from the content a client has to this one: the last step, or for who was too slow all steps
   * merged by key.
   * @returns `undefined` when no step can: the client needs the whole content
   */
  stepText(key: FacetKey, sent: FacetState, state: FacetState): string | undefined {
    if (state.step?.fromVersion === sent.version) return state.step.text;
    return state.revision > sent.revision ? this.#encodeStep(key, sent, state) : undefined;
  }

  #close(id: string, key: FacetKey): void {
    this.#pages.delete(id);
    this.#turns.push({ key, isWatched: false });
  }

  #nextState(page: Page, content: FacetContent, revision: number): FacetState {
    const before = page.state;
    if (before !== undefined && isSameContent(before.content, content)) return before;
    this.#versions += 1;
    const state = { content, revision, version: this.#versions };
    if (before === undefined || revision <= before.revision) return state;
    const text = this.#encodeStep(page.key, before, state);
    return text === undefined ? state : { ...state, step: { fromVersion: before.version, text } };
  }

  #encodeStep(key: FacetKey, before: FacetState, after: FacetState): string | undefined {
    const [old, young] = [before.content, after.content];
    if ('bytes' in old || 'bytes' in young) return undefined;
    const change = diffItems(old.items, young.items) ?? NO_CHANGE;
    const chain = { from: before.revision, to: after.revision };
    const message: FacetPatch = { type: 'facet_patch', set: this.#set, ...key, ...chain, ...change };
    return JSON.stringify(message);
  }
}

const newPage = (key: FacetKey): Page => ({
  key,
  watchers: new Set(),
  state: undefined,
  reading: false,
  stale: true,
});

function markStale(page: Page | undefined): void {
  if (page !== undefined) page.stale = true;
}
