/** The smallest client that follows the rules: what does not fit its chain is an error here, not a resync. */
import { inflateRawSync } from 'node:zlib';
import type { FacetItem, NodeOf } from '@livetree/live-set';
import { applyOps } from '@livetree/live-set';
import type { FacetPatch, HubMessage, Snapshot } from '@livetree/protocol';
import { decodeHubMessage } from '@livetree/protocol';

interface Facet {
  revision: number;
  items: readonly FacetItem[];
}

export class Replica {
  root: NodeOf<'set'> | undefined;
  epoch: string | undefined;
  revision: number | undefined;
  lineage: string | undefined;
  readonly facets = new Map<string, Facet>();
  readonly heard: HubMessage[] = [];
  #header: Snapshot | undefined;
  #chunks: Uint8Array[] = [];

  takeBinary(chunk: Uint8Array): void {
    if (this.#header === undefined) throw new Error('a binary frame without a header');
    this.#chunks.push(chunk);
    if (this.#chunks.length < this.#header.chunks) return;
    const bytes = Buffer.concat(this.#chunks);
    if (bytes.length !== this.#header.bytes) throw new Error('the snapshot is not as long as announced');
    this.root = JSON.parse(inflateRawSync(bytes).toString('utf8'));
    ({ epoch: this.epoch, revision: this.revision, lineage: this.lineage } = this.#header);
    this.#header = undefined;
  }

  takeText(text: string): void {
    const message = decodeHubMessage(text);
    if (message === undefined) throw new Error(`unknown message ${text}`);
    if (this.#header !== undefined) throw new Error(`${message.type} between the frames of a snapshot`);
    this.heard.push(message);
    if (message.type === 'snapshot') this.#begin(message);
    if (message.type === 'facet')
      this.facets.set(`${message.facet} ${message.node}`, {
        revision: message.revision,
        items: message.data,
      });
    if (message.type === 'facet_patch') this.#patchFacet(message);
    if (message.type !== 'patch') return;
    if (this.root === undefined || message.from !== this.revision)
      throw new Error(`a hole: patch ${message.from}→${message.to} at ${this.revision}`);
    this.root = applyOps(this.root, message.ops);
    this.revision = message.to;
    this.lineage = message.lineage;
  }

  #begin(header: Snapshot): void {
    this.#header = header;
    this.#chunks = [];
    if (header.epoch !== this.epoch) this.facets.clear();
  }

  #patchFacet(patch: FacetPatch): void {
    const facet = this.facets.get(`${patch.facet} ${patch.node}`);
    if (facet?.revision !== patch.from) throw new Error(`a hole in ${patch.facet} of ${patch.node}`);
    facet.items = applyFacet(facet.items, patch);
    facet.revision = patch.to;
  }
}

/** The rules of `facet_patch`, in the plainest way. */
export function applyFacet(
  items: readonly FacetItem[],
  { remove, put, order }: Pick<FacetPatch, 'remove' | 'put' | 'order'>,
): readonly FacetItem[] {
  const byKey = new Map(items.map((item) => [item.key, item]));
  for (const key of remove) byKey.delete(key);
  for (const item of put) byKey.set(item.key, item);
  return order === undefined ? [...byKey.values()] : order.map((key) => byKey.get(key) as FacetItem);
}
