import type { FacetItem, NodeId, NodeOf, Op } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientId } from '../src/effect.ts';
import { Replica } from './support/replica.ts';
import { notes, someOp, track } from './support/trees.ts';
import { SET, World } from './support/world.ts';

/** Small enough that every rule about limits is met all the time. */
const LIMITS = {
  queueBytes: 2_000,
  historyPatches: 4,
  historyBytes: 8_000,
  snapshotTailBytes: 700,
  slowMs: Number.POSITIVE_INFINITY,
  helloMs: Number.POSITIVE_INFINITY,
};
const CLIENTS = 3;

const WEIGHTS = {
  change: 6,
  big: 1,
  notes: 4,
  answer: 8,
  report: 12,
  deliver: 12,
  cut: 3,
  connect: 6,
  open: 3,
  close: 1,
  tick: 2,
  reload: 1,
  replace: 1,
} as const;
const kinds = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];

const step = fc.record({
  do: fc.oneof(...kinds.map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant(kind) }))),
  a: fc.nat(20),
  b: fc.nat(20),
  c: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

class Simulation {
  readonly world = new World(LIMITS);
  readonly clients = new Map<number, ClientId>();
  readonly replicas = Array.from({ length: CLIENTS }, () => new Replica());
  /** Facets each client has open: those of a connection end with it. */
  readonly open = Array.from({ length: CLIENTS }, () => new Set<string>());
  #fresh = 0;
  #epochs = 0;

  constructor() {
    this.world.announce();
    this.reload();
  }

  take({ do: what, a, b, c }: Step): void {
    const { world } = this;
    const { source } = world;
    const client = this.clients.get(a % CLIENTS);
    const wire = client === undefined ? undefined : world.wires.get(client);
    const node = this.#someNode(b);
    if (what === 'change') source.change([this.#op(a, b, c)]);
    if (what === 'big')
      source.change([{ op: 'set', id: source.root.id, props: { annotation: `${b}`.repeat(1_500) } }]);
    if (what === 'notes')
      source.change([], [{ id: node, facets: ['notes'], other: [] }], { [`notes ${node}`]: someNotes(b, c) });
    if (what === 'answer') source.answerOne();
    if (what === 'report') world.report();
    if (what === 'deliver') wire?.deliver(c);
    if (what === 'cut' && client) this.#cut(a % CLIENTS, client);
    if (what === 'connect') this.connect(a % CLIENTS);
    if (what === 'open' && client) this.#openNotes(a % CLIENTS, client, node);
    if (what === 'close' && client) this.#closeNotes(a % CLIENTS, client, node);
    if (what === 'tick') world.tick(100 * c);
    if (what === 'replace' && b % 4 === 0) source.replace(this.#otherTree(c));
    if (what === 'reload' && a % 4 === 0) this.reload();
  }

  reload(): void {
    this.#epochs += 1;
    this.world.source.load(`epoch ${this.#epochs}`);
  }

  connect(index: number): void {
    if (this.clients.has(index)) return;
    const replica = this.replicas[index] as Replica;
    const { id } = this.world.connect(replica);
    this.clients.set(index, id);
    const { epoch, revision, lineage } = replica;
    const held = epoch !== undefined && revision !== undefined && lineage !== undefined;
    this.world.hello(id, held ? { epoch, revision, lineage } : {});
  }

  /** Everything arrives, until nothing more comes. */
  finish(): void {
    for (let quiet = 0; quiet < 3; quiet++) {
      this.world.settle();
      for (const wire of this.world.wires.values()) if (wire.deliver().length > 0) quiet = 0;
      this.world.tick(2_000);
    }
    for (const wire of this.world.wires.values()) wire.deliver();
  }

  #openNotes(index: number, client: ClientId, node: NodeId): void {
    this.world.say(client, { type: 'open_facet', request: 'r', node, facet: 'notes' });
    this.open[index]?.add(`notes ${node}`);
  }

  #closeNotes(index: number, client: ClientId, node: NodeId): void {
    this.world.say(client, { type: 'close_facet', node, facet: 'notes' });
    this.open[index]?.delete(`notes ${node}`);
  }

  /** The frames under way are lost, and the facets with the connection. */
  #cut(index: number, client: ClientId): void {
    this.world.cut(client);
    this.clients.delete(index);
    this.open[index]?.clear();
    const old = this.replicas[index] as Replica;
    const fresh = new Replica();
    const { root, epoch, revision, lineage } = old;
    fresh.heard.push(...old.heard);
    this.replicas[index] = Object.assign(fresh, { root, epoch, revision, lineage });
  }

  /** Another tree with some nodes of the last: all change at once. */
  #otherTree(c: number): NodeOf<'set'> {
    this.#fresh += 1;
    const { root } = this.world.source;
    const kept = (root.lists.tracks ?? []).slice(0, c % 4);
    return { ...root, lists: { tracks: [...kept.toReversed(), track(`r${this.#fresh}`, 'new')] } };
  }

  #op(a: number, b: number, c: number): Op {
    this.#fresh += 1;
    return someOp(this.world.source.root, [a % 6, b, c], `n${this.#fresh}`);
  }

  #someNode(b: number): NodeId {
    const { root } = this.world.source;
    return root.lists.tracks?.[b % 4]?.id ?? root.id;
  }
}

const someNotes = (b: number, c: number): readonly FacetItem[] =>
  notes(...['k', 'kk', 'kkk', 'kkkk'].filter((_, i) => ((b + c) >> i) & 1), `x${c}`);

function kindOf(message: HubMessage): string {
  if (message.type === 'welcome') return `resume ${message.resume}`;
  return message.type === 'patch' && message.merged !== undefined ? 'merged patch' : message.type;
}

function play(steps: readonly Step[]): void {
  const simulation = new Simulation();
  for (const each of steps) simulation.take(each);
  for (let i = 0; i < CLIENTS; i++) simulation.connect(i);
  simulation.finish();
  const { source, board } = simulation.world;
  const authority = board.room(SET)?.authority;
  expect(authority?.root).toEqual(source.root);
  for (const [index, replica] of simulation.replicas.entries()) {
    expect(JSON.parse(JSON.stringify(replica.root))).toEqual(JSON.parse(JSON.stringify(source.root)));
    expect([replica.epoch, replica.lineage]).toEqual([authority?.epoch, authority?.lineage]);
    expect(replica.revision).toBeLessThanOrEqual(authority?.skeleton ?? -1);
    for (const key of simulation.open[index] ?? []) {
      const isThere = JSON.stringify(source.root).includes(`"id":"${key.slice('notes '.length)}"`);
      if (isThere) expect(replica.facets.get(key)?.items).toEqual(source.facets.get(key) ?? []);
    }
  }
}

describe('simulation', () => {
  it('[HUB-14] whatever is lost, late or cut, no chain gets a hole and all replicas end equal', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 150, size: 'max' }), play), { numRuns: 300 });
  }, 60_000);

  it('[HUB-14] the simulation meets every way to bring a client up to date', () => {
    const met = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const [steps = []] = fc.sample(fc.array(step, { minLength: 150, maxLength: 200, size: 'max' }), {
        seed,
        numRuns: 1,
      });
      const simulation = new Simulation();
      for (const each of steps) simulation.take(each);
      for (let i = 0; i < CLIENTS; i++) simulation.connect(i);
      simulation.finish();
      for (const { heard } of simulation.replicas) for (const message of heard) met.add(kindOf(message));
    }
    for (const kind of [
      'resume patches',
      'resume snapshot',
      'patch',
      'merged patch',
      'snapshot',
      'facet',
      'facet_patch',
      'touched',
    ])
      expect(met).toContain(kind);
  });
});
