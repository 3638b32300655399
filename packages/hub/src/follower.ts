/**
 * What one client holds of one Set, once all that was sent has arrived. `advance` compares that with the
 * Set and sends what is missing, as far as the client's queue allows. It may be called at any time and as
 * often as one likes: a step that was left out is made up for by the next one, so no chain gets a hole.
 */
import type { Touched } from '@livetree/live-set';
import type { Epoch, FacetKey, TouchedMessage } from '@livetree/protocol';
import type { Authority } from './authority.ts';
import type { FacetState } from './facet-book.ts';
import { facetId } from './facet-book.ts';
import type { KeptPatch } from './history.ts';
import type { Outbox } from './outbox.ts';
import type { SetRoom } from './set-room.ts';

interface OpenFacet {
  readonly key: FacetKey;
  /** Asked and not yet answered. */
  request: string | undefined;
  /** The content that was sent. */
  sent: FacetState | undefined;
}

export interface FollowerStart {
  readonly client: string;
  readonly room: SetRoom;
  /** Revision of the skeleton the client holds, if it can go on from there. */
  readonly at: number | undefined;
  /** Whether it said that it holds a tree of this Set. */
  readonly hasHeld: boolean;
  readonly touchedMs: number;
}

export class Follower {
  readonly room: SetRoom;
  readonly #client: string;
  readonly #touchedMs: number;
  #epoch: Epoch | undefined;
  /** Revision of the skeleton sent; `undefined`: a snapshot is needed. */
  #at: number | undefined;
  /** The client holds some tree of this Set. */
  #hasHeld: boolean;
  /** Patches had to wait because the client's queue was full. */
  #isBehind = false;
  readonly #facets = new Map<string, OpenFacet>();
  #touched = new Set<TouchedMessage['nodes'][number]>();
  #touchedAt = Number.NEGATIVE_INFINITY;

  constructor({ client, room, at, hasHeld, touchedMs }: FollowerStart) {
    this.room = room;
    this.#client = client;
    this.#at = at;
    this.#hasHeld = hasHeld;
    this.#epoch = room.authority?.epoch;
    this.#touchedMs = touchedMs;
  }

  get openFacets(): number {
    return this.#facets.size;
  }

  /** Also answers anew for a facet that is open: so a client mends a broken chain. */
  openFacet(key: FacetKey, request: string | undefined): void {
    this.#facets.set(facetId(key), { key, request, sent: undefined });
    this.room.facets.watch(key, this.#client);
  }

  isOpen(key: FacetKey): boolean {
    return this.#facets.has(facetId(key));
  }

  closeFacet(key: FacetKey): void {
    this.#facets.delete(facetId(key));
    this.room.facets.unwatch(key, this.#client);
  }

  /** The client follows this Set no longer. */
  leave(): void {
    for (const { key } of this.#facets.values()) this.room.facets.unwatch(key, this.#client);
    this.#facets.clear();
  }

  /** Notes the nodes this client has to be told of: those with a change it does not watch. */
  touch(touched: readonly Touched[]): void {
    for (const { id, facets, other } of touched) {
      const unseen = facets.some((facet) => !this.isOpen({ node: id, facet }));
      if (unseen || other.length > 0) this.#touched.add(id);
    }
  }

  advance(out: Outbox, now: number): void {
    const authority = this.room.authority;
    if (authority === undefined) return;
    if (authority.epoch !== this.#epoch) this.#beginEpoch(authority.epoch);
    if (!this.#sendSkeleton(authority, out)) return;
    for (const open of this.#facets.values()) if (!out.isFull) this.#sendFacet(open, out);
    if (!out.isFull) this.#sendTouched(authority, out, now);
  }

  #beginEpoch(epoch: Epoch): void {
    this.#epoch = epoch;
    this.#at = undefined;
    this.#touched.clear();
    for (const open of this.#facets.values()) open.sent = undefined;
  }

  /** @returns whether the client has the newest skeleton */
  #sendSkeleton(authority: Authority, out: Outbox): boolean {
    if (out.isFull) {
      this.#isBehind ||= this.#at !== authority.skeleton;
      return false;
    }
    const patches = this.#missing(authority, out) ?? this.#sendSnapshot(authority, out);
    this.#isBehind = patches?.every((patch) => this.#sendPatch(patch, out)) === false;
    return patches !== undefined && !this.#isBehind;
  }

  /** @returns whether there was room for it */
  #sendPatch({ text, bytes, to }: KeptPatch, out: Outbox): boolean {
    if (out.isFull) return false;
    out.sendText(text, bytes);
    out.tally.patches += 1;
    this.#at = to;
    return true;
  }

  /** What leads from the client's skeleton to now: for who had to wait, merged into one patch. */
  #missing(authority: Authority, out: Outbox): readonly KeptPatch[] | undefined {
    if (this.#at === undefined) return undefined;
    const patches = authority.history.after(this.#at);
    if (patches === undefined || patches.length < 2 || !this.#isBehind) return patches;
    const merged = authority.mergedAfter(this.#at);
    if (merged !== undefined) out.tally.merged += patches.length;
    return merged && [merged];
  }

  /** @returns the patches after the snapshot, or `undefined` while there is none */
  #sendSnapshot(authority: Authority, out: Outbox): readonly KeptPatch[] | undefined {
    this.#at = undefined;
    const snapshot = this.room.snapshot();
    if (snapshot === undefined) return undefined;
    out.send(snapshot.header);
    out.sendBinary(snapshot.chunks);
    out.tally.snapshots += 1;
    if (this.#hasHeld) out.tally.resyncs += 1;
    this.#hasHeld = true;
    this.#at = snapshot.header.revision;
    return authority.history.after(this.#at);
  }

  #sendFacet(open: OpenFacet, out: Outbox): void {
    const { facets } = this.room;
    const state = facets.get(open.key);
    if (state === undefined) this.#dropFacet(open, out);
    if (state === undefined || state === 'reading' || state === open.sent) return;
    const step = open.sent && facets.stepText(open.key, open.sent, state);
    if (step === undefined) out.sendParts(facets.fullText(open.key, state, open.request));
    else out.sendText(step);
    out.tally[step === undefined ? 'facets' : 'facetPatches'] += 1;
    open.sent = state;
    open.request = undefined;
  }

  /** The node is gone: the chain ends. Who has just asked for it is told. */
  #dropFacet({ key, request }: OpenFacet, out: Outbox): void {
    this.#facets.delete(facetId(key));
    if (request === undefined) return;
    const message = 'There is no such node in this Set (any more).';
    out.send({ type: 'result', request, ok: false, code: 'NODE_UNKNOWN', message });
  }

  #sendTouched(authority: Authority, out: Outbox, now: number): void {
    if (this.#touched.size === 0 || now - this.#touchedAt < this.#touchedMs) return;
    const nodes = [...this.#touched];
    out.send({ type: 'touched', set: authority.set, revision: authority.revision, nodes });
    this.#touched.clear();
    this.#touchedAt = now;
  }
}
