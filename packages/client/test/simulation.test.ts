import type { NodeId, Op } from '@livetree/live-set';
import type { ClientMessage } from '@livetree/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Effect } from '../src/effects.ts';
import { Replica } from '../src/replica.ts';
import { Authority, clip, type Frame, id, setOf, track } from './authority.ts';

/** One connection between a replica and the hub; nothing moves unless a step says so. */
class World {
  readonly hub = new Authority(setOf(track('A', { clips: [clip('x')] }), track('B')));
  readonly replica = new Replica();
  readonly key = { node: id('c-x'), facet: 'notes' } as const;
  toHub: ClientMessage[] = [];
  toClient: Frame[] = [];
  inflating: Extract<Effect, { effect: 'inflate' }>[] = [];
  isConnected = false;
  #names = 0;

  constructor() {
    this.reconnect();
  }

  run(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.effect === 'send') this.toHub.push(effect.message);
      if (effect.effect === 'inflate') this.inflating.push(effect);
      if (effect.effect === 'reconnect') this.cut();
    }
  }
  cut(): void {
    this.toHub = [];
    this.toClient = [];
    this.isConnected = false;
    this.run(this.replica.closed());
  }
  reconnect(): void {
    if (this.isConnected) return;
    this.isConnected = true;
    this.hub.open.clear();
    this.run(this.replica.opened());
  }
  hubTurn(): void {
    const message = this.toHub.shift();
    if (message !== undefined) this.toClient.push(...this.hub.answer(message));
  }
  clientTurn(): void {
    const frame = this.toClient.shift();
    if (frame === undefined) return;
    this.run(frame instanceof Uint8Array ? this.replica.bytes(frame) : this.replica.message(frame));
  }
  inflate(): void {
    const effect = this.inflating.shift();
    if (effect === undefined) return;
    const text = Buffer.concat(effect.pieces).toString('utf8');
    this.run(this.replica.inflated(effect.ticket, text));
  }
  /** Loses the next text frame; answers about facets are left to cuts. */
  lose(): void {
    const [next] = this.toClient;
    if (next !== undefined && !(next instanceof Uint8Array) && next.type !== 'facet') this.toClient.shift();
  }
  duplicate(): void {
    const [next] = this.toClient;
    if (next !== undefined && !(next instanceof Uint8Array)) this.toClient.unshift(next);
  }
  broadcast(frames: readonly Frame[]): void {
    if (this.isConnected) this.toClient.push(...frames);
  }
  edit(pick: number): void {
    const tracks = this.hub.tree.root.lists.tracks ?? [];
    const target = tracks[pick % Math.max(1, tracks.length)];
    this.broadcast([this.hub.edit(this.#op(pick, target?.id, tracks.length))]);
  }
  #op(pick: number, target: NodeId | undefined, count: number): Op {
    const place = { parent: id('root'), list: 'tracks', index: pick % (count + 1) } as const;
    if (target === undefined || pick % 4 === 0) {
      this.#names += 1;
      return { op: 'insert', ...place, node: track(`n${this.#names}`) };
    }
    if (pick % 4 === 1) return { op: 'set', id: target, props: { mute: pick % 8 === 1, volumeDb: -pick } };
    if (pick % 4 === 2) return { op: 'move', id: target, ...place, index: pick % count };
    return { op: 'remove', id: target };
  }
  editNotes(pick: number): void {
    const items = Array.from({ length: pick % 4 }, (_, index) => ({
      key: `k${(pick + index) % 5}`,
      pitch: pick,
    }));
    this.broadcast(this.hub.editNotes(this.key.node, items));
  }
  drain(): void {
    while (this.toHub.length + this.toClient.length + this.inflating.length > 0) {
      this.hubTurn();
      this.clientTurn();
      this.inflate();
    }
  }
  settle(): void {
    this.reconnect();
    for (let round = 0; round < 5; round += 1) {
      this.drain();
      this.broadcast([this.hub.heartbeat()]);
      this.reconnect();
    }
    this.drain();
  }
  assertTrue(): void {
    const { held } = this.replica;
    if (held === undefined) return;
    expect(JSON.stringify(held.tree.root)).toBe(this.hub.history.get(`${held.epoch}/${held.revision}`));
  }
}

const STEPS: Record<string, (world: World, pick: number) => void> = {
  edit: (world, pick) => world.edit(pick),
  editNotes: (world, pick) => world.editNotes(pick),
  hub: (world) => world.hubTurn(),
  client: (world) => world.clientTurn(),
  clientMany: (world, pick) => {
    for (let turn = 0; turn < pick % 12; turn += 1) world.clientTurn();
  },
  inflate: (world) => world.inflate(),
  drain: (world) => world.drain(),
  lose: (world) => world.lose(),
  duplicate: (world) => world.duplicate(),
  heartbeat: (world) => world.broadcast([world.hub.heartbeat()]),
  cut: (world) => world.cut(),
  reconnect: (world) => world.reconnect(),
  openFacet: (world) => world.run(world.replica.openFacet(world.key)),
  closeFacet: (world) => world.run(world.replica.closeFacet(world.key)),
  storeLost: (world) => {
    world.hub.restartWithoutStore();
    world.cut();
  },
};

/** Drawn more often, so that losses fall between changes that are taken. */
const OFTEN = [
  'edit',
  'edit',
  'edit',
  'edit',
  'client',
  'client',
  'client',
  'drain',
  'drain',
  'lose',
  'lose',
];

it('[CLIENT-12] shows only trees the hub had, and ends with the hub’s tree, whatever the link does', () => {
  const names = [...Object.keys(STEPS), ...OFTEN];
  const step = fc.tuple(fc.constantFrom(...names), fc.nat(1000));
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
      const world = new World();
      for (const [name, pick] of steps) {
        STEPS[name]!(world, pick);
        world.assertTrue();
      }
      world.settle();
      expect(world.replica.phase).toBe('following');
      expect(world.replica.held?.tree.root).toEqual(world.hub.tree.root);
      expect(world.replica.held?.revision).toBe(world.hub.skeleton);
      world.run(world.replica.openFacet(world.key));
      world.editNotes(7);
      world.drain();
      const items = world.hub.items.get(world.key.node);
      expect(world.replica.facet(world.key)?.items).toEqual(items);
    }),
    { numRuns: 400 },
  );
});
