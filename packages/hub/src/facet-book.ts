/** The facets of one Set that somebody watches: their content and the last step of their chain. */
import type { FacetItem, Op, Touched } from '@livetree/live-set';
import type { FacetKey, FacetMessage, FacetPatch, SetId } from '@livetree/protocol';
import { diffItems } from './facet-diff.ts';

/** Names a facet inside its Set. */
export const facetId = ({ node, facet }: FacetKey): string => `${facet} ${node}`;

/** Content of a facet that was read. */
export interface FacetState {
  readonly items: readonly FacetItem[];
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

export class FacetBook {
  readonly #set: SetId;
  readonly #pages = new Map<string, Page>();
  #versions = 0;

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
    const page = this.#pages.get(id) ?? newPage(key);
    page.watchers.add(client);
    this.#pages.set(id, page);
  }

  unwatch(key: FacetKey, client: string): void {
    const id = facetId(key);
    const page = this.#pages.get(id);
    page?.watchers.delete(client);
    if (page?.watchers.size === 0) this.#pages.delete(id);
  }

  /** Marks what a change may have altered: the touched facets, and all of them when nodes went away. */
  change(ops: readonly Op[], touched: readonly Touched[]): void {
    if (ops.some((op) => op.op === 'remove')) this.#markAll();
    for (const { id, facets } of touched) {
      for (const facet of facets) markStale(this.#pages.get(facetId({ node: id, facet })));
    }
  }

  /** The source starts anew: what it was asked is lost, what it says next has no history here. */
  restart(): void {
    for (const page of this.#pages.values()) {
      page.reading = false;
      page.stale = true;
      page.state = undefined;
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
  put(key: FacetKey, items: readonly FacetItem[] | undefined, revision: number): void {
    const id = facetId(key);
    const page = this.#pages.get(id);
    if (page === undefined) return;
    page.reading = false;
    if (items === undefined) this.#pages.delete(id);
    else page.state = this.#nextState(page, items, revision);
  }

  /** The whole content as a message. */
  fullText(key: FacetKey, { items, revision }: FacetState, request: string | undefined): string {
    const message: FacetMessage = {
      type: 'facet',
      set: this.#set,
      ...key,
      ...(request !== undefined && { request }),
      revision,
      data: items,
    };
    return JSON.stringify(message);
  }

  #nextState(page: Page, items: readonly FacetItem[], revision: number): FacetState {
    const before = page.state;
    const change = before && diffItems(before.items, items);
    if (before !== undefined && change === undefined) return before;
    this.#versions += 1;
    const state = { items, revision, version: this.#versions };
    if (before === undefined || change === undefined || revision <= before.revision) return state;
    const { revision: from, version: fromVersion } = before;
    const message: FacetPatch = {
      type: 'facet_patch',
      set: this.#set,
      ...page.key,
      from,
      to: revision,
      ...change,
    };
    return { ...state, step: { fromVersion, text: JSON.stringify(message) } };
  }

  #markAll(): void {
    for (const page of this.#pages.values()) markStale(page);
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
