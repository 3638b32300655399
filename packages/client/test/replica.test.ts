import type { ClientMessage, HubMessage } from '@livetree/protocol';
import { asSetId, PROTOCOL_VERSION } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../src/effects.ts';
import { Replica } from '../src/replica.ts';
import { Authority, clip, type Frame, id, SET, setInfo, setOf, track } from './authority.ts';

/** Carries effects out: what is sent goes to the hub, what the hub answers comes back, until all is said. */
function settle(replica: Replica, hub: Authority, effects: readonly Effect[]): Effect[] {
  const seen: Effect[] = [];
  const waiting = [...effects];
  for (let effect = waiting.shift(); effect !== undefined; effect = waiting.shift()) {
    seen.push(effect);
    if (effect.effect === 'send') {
      for (const frame of hub.answer(effect.message)) waiting.push(...deliver(replica, frame));
    }
    if (effect.effect === 'inflate') waiting.push(...replica.inflated(effect.ticket, textOf(effect.pieces)));
  }
  return seen;
}
const deliver = (replica: Replica, frame: Frame): readonly Effect[] =>
  frame instanceof Uint8Array ? replica.bytes(frame) : replica.message(frame);
const textOf = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('utf8');
const sent = (effects: readonly Effect[]): ClientMessage[] =>
  effects.flatMap((effect) => (effect.effect === 'send' ? [effect.message] : []));
const kinds = (effects: readonly Effect[]): string[] => effects.map((effect) => effect.effect);

function following(...tracks: ReturnType<typeof track>[]) {
  const hub = new Authority(setOf(...tracks));
  const replica = new Replica();
  settle(replica, hub, replica.opened());
  return { hub, replica };
}

describe('snapshot', () => {
  it('[CLIENT-1] assembles the Set from binary frames and says how far it is', () => {
    const hub = new Authority(setOf(track('Bass')));
    const replica = new Replica();
    const [hello] = sent(replica.opened());
    const frames = hub.answer(hello!);
    const progress: number[] = [];
    for (const frame of frames.slice(0, -1)) {
      deliver(replica, frame);
      progress.push(replica.progress);
    }
    expect(replica.phase).toBe('receiving');
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(0.5);
    settle(replica, hub, deliver(replica, frames.at(-1)!));
    expect(replica.phase).toBe('following');
    expect(replica.held?.tree.root).toEqual(hub.tree.root);
  });

  it('[CLIENT-2] applies patches that arrive while the snapshot is being read, after it', () => {
    const hub = new Authority(setOf(track('Bass')));
    const replica = new Replica();
    const [hello] = sent(replica.opened());
    const effects = hub.answer(hello!).flatMap((frame) => deliver(replica, frame));
    const late = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    expect(kinds(replica.message(late))).toEqual([]);
    settle(replica, hub, effects);
    expect(replica.held?.tree.root).toEqual(hub.tree.root);
    expect(replica.held?.revision).toBe(1);
  });

  it('[CLIENT-2] leaves out waiting patches that the snapshot already contains', () => {
    const hub = new Authority(setOf(track('Bass')));
    const replica = new Replica();
    const [hello] = sent(replica.opened());
    replica.message(welcome(hello?.type === 'hello' ? hello.request : ''));
    for (const mute of [true, false]) {
      const patch = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute } });
      expect(replica.message(patch)).toEqual([]);
    }
    const effects = hub.snapshot().flatMap((frame) => deliver(replica, frame));
    expect(sent(settle(replica, hub, effects))).toEqual([]);
    expect(replica.held?.tree.root).toEqual(hub.tree.root);
  });

  it('[CLIENT-3] never shows a damaged snapshot: the connection is given up', () => {
    const hub = new Authority(setOf(track('Bass')));
    for (const damage of [undefined, 'not json', '{"kind":"track"}', JSON.stringify(setOf())]) {
      const replica = new Replica();
      const [hello] = sent(replica.opened());
      const effects = hub.answer(hello!).flatMap((frame) => deliver(replica, frame));
      const inflate = effects.find((effect) => effect.effect === 'inflate')!;
      expect(kinds(replica.inflated(inflate.ticket, damage))).toEqual(['reconnect']);
      expect(replica.held).toBeUndefined();
    }
  });

  it('[CLIENT-3] gives up when more bytes come than were announced', () => {
    const hub = new Authority(setOf(track('Bass')));
    const replica = new Replica();
    const [hello] = sent(replica.opened());
    const [welcome, header] = hub.answer(hello!);
    deliver(replica, welcome!);
    deliver(replica, header!);
    expect(kinds(replica.bytes(new Uint8Array(10_000)))).toEqual(['reconnect']);
  });
});

describe('patches', () => {
  it('[CLIENT-4] applies what fits and keeps untouched subtrees the same objects', () => {
    const { hub, replica } = following(track('Bass'), track('Drums'));
    const before = replica.held!.tree.root.lists.tracks!;
    const [effect] = replica.message(hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } }));
    const after = replica.held!.tree.root.lists.tracks!;
    expect(effect).toMatchObject({ effect: 'tree', change: { cause: 'patch' } });
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  it('[CLIENT-4] tells where removed nodes hung', () => {
    const { hub, replica } = following(track('Bass', { clips: [clip('Verse')] }));
    const [effect] = replica.message(hub.edit({ op: 'remove', id: id('c-Verse') }));
    const change = effect?.effect === 'tree' ? effect.change : undefined;
    expect(change!.removedFrom.get(id('c-Verse'))).toEqual({ parent: 't-Bass', list: 'clips', index: 0 });
  });

  const misfits: Record<string, (patch: HubMessage) => object> = {
    'another start': (patch) => ({ ...patch, from: 7, to: 8 }),
    'another Set': (patch) => ({ ...patch, set: asSetId('other') }),
    'an unknown node': (patch) => ({ ...patch, ops: [{ op: 'remove', id: 'nobody' }] }),
    'an unknown op': (patch) => ({ ...patch, ops: [{ op: 'explode' }] }),
  };
  for (const [name, spoil] of Object.entries(misfits)) {
    it(`[CLIENT-5] drops a patch with ${name} and asks for the whole Set`, () => {
      const { hub, replica } = following(track('Bass'));
      const shown = replica.held!.tree.root;
      const patch = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
      const effects = replica.message(spoil(patch) as HubMessage);
      expect(replica.held!.tree.root).toBe(shown);
      const [hello] = sent(effects);
      expect(hello).toMatchObject({ type: 'hello', set: SET });
      expect(hello).not.toHaveProperty('epoch');
      settle(replica, hub, effects);
      expect(replica.held?.tree.root).toEqual(hub.tree.root);
    });
  }

  it('[CLIENT-5] ignores the same patch coming twice', () => {
    const { hub, replica } = following(track('Bass'));
    const patch = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    replica.message(patch);
    expect(replica.message(patch)).toEqual([]);
  });

  it('[CLIENT-6] drops everything between a new hello and its welcome', () => {
    const { hub, replica } = following(track('Bass'));
    const gap = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    const effects = replica.message({ ...gap, from: 5 });
    expect(replica.message(gap)).toEqual([]);
    expect(replica.message({ ...welcome('r0'), resume: 'patches' })).toEqual([]);
    expect(replica.phase).toBe('greeting');
    settle(replica, hub, effects);
    expect(replica.phase).toBe('following');
  });
});

const welcome = (request: string) =>
  ({
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    request,
    hubVersion: '0',
    sets: [setInfo()],
    set: SET,
    resume: 'snapshot',
  }) as const;

describe('heartbeat', () => {
  it('[CLIENT-7] asks anew when the hub is ahead and no patch told so', () => {
    const { hub, replica } = following(track('Bass'));
    expect(replica.message(hub.heartbeat())).toEqual([]);
    hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    settle(replica, hub, replica.message(hub.heartbeat()));
    expect(replica.held?.tree.root).toEqual(hub.tree.root);
  });

  it('[CLIENT-7] facet-only revisions are no gap', () => {
    const { hub, replica } = following(track('Bass'));
    hub.editNotes(id('t-Bass'), []);
    expect(replica.message(hub.heartbeat())).toEqual([]);
    const patch = hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    expect(kinds(replica.message(patch))).toEqual(['tree']);
  });

  it('[CLIENT-7] asks anew after two heartbeats without any progress', () => {
    const hub = new Authority(setOf(track('Bass')));
    const replica = new Replica();
    replica.opened();
    expect(sent(replica.message(hub.heartbeat()))).toEqual([]);
    expect(sent(replica.message(hub.heartbeat()))).toMatchObject([{ type: 'hello' }]);
  });
});

describe('reconnect', () => {
  it('[CLIENT-8] names what it holds, keeps it on show, and takes only what it missed', () => {
    const { hub, replica } = following(track('Bass'));
    replica.closed();
    hub.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    expect(replica.held?.revision).toBe(0);
    const effects = replica.opened();
    expect(sent(effects)[0]).toMatchObject({ set: SET, epoch: 'e1', revision: 0, lineage: 'e1:0' });
    expect(kinds(settle(replica, hub, effects))).not.toContain('inflate');
    expect(replica.held?.tree.root).toEqual(hub.tree.root);
  });

  it('[CLIENT-8] takes the whole Set when the hub lost its store', () => {
    const { hub, replica } = following(track('Bass'));
    replica.closed();
    hub.restartWithoutStore();
    expect(kinds(settle(replica, hub, replica.opened()))).toContain('inflate');
    expect(replica.held?.epoch).toBe('e1+');
  });
});

describe('Sets', () => {
  const other = setInfo('Other', asSetId('set-2'));

  it('[CLIENT-9] says that the hub has none, and follows the first that comes', () => {
    const replica = new Replica();
    const [hello] = sent(replica.opened());
    const { set: _, ...none } = welcome(hello!.type === 'hello' ? hello!.request : '');
    replica.message({ ...none, sets: [], resume: 'nothing' });
    expect(replica.phase).toBe('empty');
    const effects = replica.message({ type: 'status', sets: [setInfo()] });
    expect(sent(effects)).toMatchObject([{ type: 'hello' }]);
  });

  it('[CLIENT-9] lets go of the tree when its Set is gone', () => {
    const { replica } = following(track('Bass'));
    const effects = replica.message({ type: 'status', sets: [other] });
    expect(kinds(effects)).toContain('tree');
    expect(replica.held).toBeUndefined();
  });

  it('[CLIENT-9] chooses another Set without naming the place in the old one', () => {
    const { replica } = following(track('Bass'));
    const [hello] = sent(replica.choose(other.id));
    expect(hello).toMatchObject({ type: 'hello', set: 'set-2' });
    expect(hello).not.toHaveProperty('revision');
  });
});

describe('facets', () => {
  const key = { node: id('c-Verse'), facet: 'notes' } as const;
  const notes = (...keys: string[]) => keys.map((name) => ({ key: name, pitch: 60 }));
  function looking() {
    const { hub, replica } = following(track('Bass', { clips: [clip('Verse')] }));
    hub.items.set(key.node, notes('a', 'b'));
    settle(replica, hub, replica.openFacet(key));
    return { hub, replica };
  }
  const shown = (replica: Replica) => replica.facet(key)?.items?.map((item) => item.key);

  it('[CLIENT-10] opens, follows in the order told, closes', () => {
    const { hub, replica } = looking();
    expect(shown(replica)).toEqual(['a', 'b']);
    const effects = hub.editNotes(key.node, notes('c', 'a')).flatMap((message) => replica.message(message));
    expect(shown(replica)).toEqual(['c', 'a']);
    // Whoever marks what changed need not care whether the details are being watched.
    expect(effects).toContainEqual({
      effect: 'touched',
      message: expect.objectContaining({ nodes: [key.node], revision: hub.revision }),
    });
    expect(sent(replica.closeFacet(key))).toEqual([{ type: 'close_facet', ...key }]);
    expect(replica.facet(key)).toBeUndefined();
  });

  it('[CLIENT-10] asks for a facet anew when its chain breaks, and keeps showing the old one', () => {
    const { hub, replica } = looking();
    hub.editNotes(key.node, notes('c'));
    const [second] = hub.editNotes(key.node, notes('d'));
    const effects = replica.message(second!);
    expect(sent(effects)).toMatchObject([{ type: 'open_facet', ...key }]);
    expect(shown(replica)).toEqual(['a', 'b']);
    settle(replica, hub, effects);
    expect(shown(replica)).toEqual(['d']);
  });

  it('[CLIENT-10] a patch that removes or orders unknown keys does not fit', () => {
    const { hub, replica } = looking();
    const [patch] = hub.editNotes(key.node, notes('a'));
    const spoilt = { ...patch, remove: ['nobody'] } as HubMessage;
    expect(sent(replica.message(spoilt))).toMatchObject([{ type: 'open_facet' }]);
    const again = looking();
    const [fine] = again.hub.editNotes(key.node, notes('a'));
    const wrong = { ...fine, order: ['a', 'z'] } as HubMessage;
    expect(sent(again.replica.message(wrong))).toMatchObject([{ type: 'open_facet' }]);
  });

  it('[CLIENT-10] open facets come back after a reconnect', () => {
    const { hub, replica } = looking();
    replica.closed();
    hub.items.set(key.node, notes('z'));
    const effects = replica.opened();
    expect(sent(effects)[0]).toMatchObject({ facets: [key] });
    settle(replica, hub, effects);
    expect(shown(replica)).toEqual(['z']);
  });

  it('[CLIENT-10] passes on why the hub refused', () => {
    const { replica } = following(track('Bass'));
    const [ask] = sent(replica.openFacet(key));
    const request = ask?.type === 'open_facet' ? ask.request : '';
    replica.message({ type: 'result', request, ok: false, code: 'UNKNOWN_NODE', message: 'It is gone.' });
    expect(replica.facet(key)?.problem).toBe('It is gone.');
  });
});

describe('channels', () => {
  it('[CLIENT-11] subscribes with every connection and keeps the latest values', () => {
    const hub = new Authority(setOf());
    const replica = new Replica(['log', 'ephemeral']);
    const effects = replica.opened();
    expect(sent(effects)[1]).toEqual({ type: 'subscribe', channels: ['log', 'ephemeral'] });
    settle(replica, hub, effects);
    const value = { key: 'playing', node: id('root'), value: true };
    replica.message({ type: 'ephemeral', set: SET, values: [value] });
    expect([...replica.ephemeral.values()]).toEqual([value]);
    replica.message({ type: 'ephemeral', set: SET, values: [{ ...value, value: null }] });
    expect(replica.ephemeral.size).toBe(0);
  });

  it('[CLIENT-22] latest values end with their Set, and with the connection', () => {
    const { replica } = following(track('Bass'));
    const values = [{ key: 'playing', node: id('root'), value: true }];
    replica.message({ type: 'ephemeral', set: SET, values });
    const other = setInfo('Other', asSetId('set-2'));
    expect(replica.message({ type: 'status', sets: [other] })).toContainEqual({
      effect: 'ephemeral',
      keys: ['playing'],
    });
    expect(replica.ephemeral.size).toBe(0);
    const { replica: second } = following(track('Bass'));
    second.message({ type: 'ephemeral', set: SET, values });
    expect(second.closed()).toContainEqual({ effect: 'ephemeral', keys: ['playing'] });
    expect(second.ephemeral.size).toBe(0);
  });

  it('[CLIENT-11] passes on touched nodes and log entries of its own Set only', () => {
    const { replica } = following(track('Bass'));
    const touched = { type: 'touched', set: SET, revision: 1, nodes: [id('t-Bass')] } as const;
    expect(kinds(replica.message(touched))).toEqual(['touched']);
    expect(replica.message({ ...touched, set: asSetId('other') })).toEqual([]);
  });
});
