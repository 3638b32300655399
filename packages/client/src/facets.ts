/** The second chain: open facets, each followed by its own patches. */
import type { FacetItem } from '@livetree/live-set';
import type { FacetKey, FacetMessage, FacetPatch } from '@livetree/protocol';

/** An open facet as this client holds it. */
export interface HeldFacet {
  readonly key: FacetKey;
  /** Request of the question under way; an answer to an older one is not taken. */
  readonly request: string | undefined;
  /** Revision of `items`; absent while an answer is awaited (then `items` are older ones, or none). */
  readonly revision: number | undefined;
  readonly items: readonly FacetItem[] | undefined;
  /** Why the hub refused, in its words. */
  readonly problem: string | undefined;
}

/** All open facets of one client. */
export class FacetChains {
  readonly #held = new Map<string, HeldFacet>();

  get(key: FacetKey): HeldFacet | undefined {
    return this.#held.get(facetId(key));
  }

  keys(): readonly FacetKey[] {
    return [...this.#held.values()].map((held) => held.key);
  }

  /** A question is under way; what was held until now stays to look at. */
  ask(key: FacetKey, request: string | undefined): void {
    this.#put({ key, request, items: this.get(key)?.items, revision: undefined, problem: undefined });
  }

  close(key: FacetKey): void {
    this.#held.delete(facetId(key));
  }

  /** The chains ended with the connection, or with a new hello: every one awaits a new answer. */
  awaitAll(): void {
    for (const key of this.keys()) this.ask(key, undefined);
  }

  /** @returns whether something changed */
  take(message: FacetMessage): boolean {
    const held = this.get(message);
    if (held === undefined || isOldAnswer(held.request, message.request)) return false;
    const { revision, data } = message;
    this.#put({ key: held.key, request: undefined, revision, items: data, problem: undefined });
    return true;
  }

  /** @returns `misfit` when the patch does not belong where the chain stands; nothing is changed then */
  patch(patch: FacetPatch): 'taken' | 'ignored' | 'misfit' {
    const held = this.get(patch);
    if (held?.revision === undefined || held.revision === patch.to) return 'ignored';
    const next = patchFacet(held, patch);
    if (next === undefined) return 'misfit';
    this.#put(next);
    return 'taken';
  }

  /** @returns the facet whose question was refused */
  refuse(request: string, problem: string): FacetKey | undefined {
    const held = [...this.#held.values()].find((facet) => facet.request === request);
    if (held !== undefined) this.#put({ ...held, request: undefined, problem });
    return held?.key;
  }

  #put(held: HeldFacet): void {
    this.#held.set(facetId(held.key), held);
  }
}

/** Names a facet within one Set, as text. */
export const facetId = (key: FacetKey): string => `${key.facet} ${key.node}`;

const isOldAnswer = (asked: string | undefined, answered: string | undefined): boolean =>
  asked !== undefined && answered !== undefined && asked !== answered;

/** @returns the facet after the patch, or `undefined` when the patch does not fit it */
export function patchFacet(held: HeldFacet, patch: FacetPatch): HeldFacet | undefined {
  if (held.items === undefined || held.revision !== patch.from) return undefined;
  const byKey = new Map(held.items.map((item) => [item.key, item]));
  for (const key of patch.remove) if (!byKey.delete(key)) return undefined;
  for (const item of patch.put) byKey.set(item.key, item);
  const items = patch.order === undefined ? [...byKey.values()] : inOrder(byKey, patch.order);
  return items && { ...held, revision: patch.to, items };
}

function inOrder(
  byKey: ReadonlyMap<string, FacetItem>,
  order: readonly string[],
): readonly FacetItem[] | undefined {
  if (order.length !== byKey.size || new Set(order).size !== byKey.size) return undefined;
  const items = order.map((key) => byKey.get(key));
  return items.every((item) => item !== undefined) ? items : undefined;
}
