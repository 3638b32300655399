/** What several callers look at in one facet: opened once, closed with the last of them. */
import type { FacetItem } from '@livetree/live-set';
import type { FacetKey } from '@livetree/protocol';
import { facetId, type HeldFacet } from './facets.ts';

/** One look at a facet; it follows until closed. */
export interface FacetView {
  /** Absent until the first answer. */
  readonly items: readonly FacetItem[] | undefined;
  /** Why there is nothing to show, as a sentence. */
  readonly problem: string | undefined;
  /** Calls back whenever `items` or `problem` changed. */
  onChange(listener: () => void): void;
  close(): void;
}

interface Looker {
  readonly key: FacetKey;
  readonly listeners: Set<() => void>;
}

export class FacetViews {
  readonly #lookers = new Map<string, Set<Looker>>();
  readonly #lookUp: (key: FacetKey) => HeldFacet | undefined;
  readonly #ended: (key: FacetKey) => void;

  /** @param ended called when nobody looks at a facet any more */
  constructor(lookUp: (key: FacetKey) => HeldFacet | undefined, ended: (key: FacetKey) => void) {
    this.#lookUp = lookUp;
    this.#ended = ended;
  }

  /** @returns the view, and whether it is the first one of its facet */
  add(key: FacetKey): { readonly view: FacetView; readonly isFirst: boolean } {
    const id = facetId(key);
    const lookers = this.#lookers.get(id) ?? new Set<Looker>();
    const looker: Looker = { key, listeners: new Set() };
    const isFirst = lookers.size === 0;
    this.#lookers.set(id, lookers.add(looker));
    return { view: this.#view(looker), isFirst };
  }

  changed(key: FacetKey): void {
    for (const looker of this.#lookers.get(facetId(key)) ?? []) {
      for (const listener of looker.listeners) listener();
    }
  }

  #view(looker: Looker): FacetView {
    const held = () => this.#lookUp(looker.key);
    return {
      get items() {
        return held()?.items;
      },
      get problem() {
        return held()?.problem;
      },
      onChange: (listener) => {
        looker.listeners.add(listener);
      },
      close: () => this.#close(looker),
    };
  }

  #close(looker: Looker): void {
    const lookers = this.#lookers.get(facetId(looker.key));
    if (!lookers?.delete(looker) || lookers.size > 0) return;
    this.#lookers.delete(facetId(looker.key));
    this.#ended(looker.key);
  }
}
