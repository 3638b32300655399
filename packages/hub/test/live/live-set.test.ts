import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import { client, endAll, hub, liveOf, named, nodesOf, onStage, opsHeard, script } from './on-stage.ts';
import { Script, SMALL } from './script.ts';

afterEach(endAll);

describe('a Set of Live alone', () => {
  it('[HUB-61] is the tree of what was stated: groups nested, units of ours, names without position', async () => {
    const { viewer } = await onStage();
    expect(viewer.replica.root?.props).toMatchObject({ tempoBpm: 120, creator: 'Ableton Live 12.3.6' });
    expect(viewer.replica.root?.lists.tracks?.map(({ props }) => props)).toMatchObject([
      { name: 'Drums', type: 'group', color: 3, mute: false },
      { name: 'Audio', autoName: true, type: 'audio', volumeDb: -28.4 },
    ]);
    expect(named(viewer, 'Drums')?.lists.tracks?.[0]?.props).toMatchObject({ type: 'midi', volumeDb: 0 });
    expect(named(viewer, 'Reverb')?.props).toEqual({ name: 'Reverb', type: 'return' });
    expect(named(viewer, 'Chorus')?.props).toMatchObject({ tempoBpm: 140 });
    expect(named(viewer, 'Verse')?.props).toMatchObject({ type: 'midi', scene: named(viewer, 'Chorus')?.id });
    const send = nodesOf(viewer.replica.root).find(({ kind }) => kind === 'send');
    expect(send?.props).toEqual({ target: named(viewer, 'Reverb')?.id, levelDb: -70, active: true });
    expect(named(viewer, 'EQ Eight')?.props).toMatchObject({ class: 'Eq8', on: true, parameterCount: 2 });
  });

  it('[HUB-62] a rename is one set, a thing dragged elsewhere one move, a new scene one insert', async () => {
    const { live, viewer } = await onStage();
    await live.stated({ sets: { 3: { name: 'Bass Drum' } }, names: [['track_renamed', 3]] });
    await live.stated({ lists: { 3: { devices: [] }, 4: { devices: [9] } } });
    await live.stated({ sets: { 3: { group_track: null } } });
    await live.stated({
      lists: { 1: { scenes: [7, 14, 8] } },
      nodes: { 14: { kind: 'scene', props: { name: 'Bridge' } } },
    });
    await until('the scene comes', () => named(viewer, 'Bridge'));
    expect(opsHeard(viewer).map(({ op }) => op)).toEqual(['set', 'move', 'move', 'insert']);
  });

  it('[HUB-62] a frame taken twice changes nothing and is acknowledged again', async () => {
    const { live, viewer } = await onStage();
    await live.stated({ sets: { 3: { name: 'Bass Drum' } } });
    live.seq -= 1;
    live.state({ sets: { 3: { name: 'Something else' } } });
    await live.stated({ sets: { 4: { name: 'Last' } } });
    await until('the last comes', () => named(viewer, 'Last'));
    expect(named(viewer, 'Something else')).toBeUndefined();
    expect(live.all('ack').map(({ seq }) => seq)).toEqual([1, 2, 2, 3]);
  });

  it('[HUB-63] grows while it is read, with how much has been', async () => {
    const { port } = await hub();
    const live = await script(port);
    await live.stated({
      begin: [1],
      nodes: { 1: { kind: 'song', props: {} } },
      lists: { 1: { tracks: [2, 3] } },
    });
    live.heartbeat({ walking: { done: 1, total: 3 } });
    const viewer = await client(port);
    expect(viewer.replica.root?.lists.tracks).toBeUndefined();
    expect(liveOf(viewer)?.progress).toEqual({ done: 1, total: 3 });
    await live.stated({ nodes: { 3: { kind: 'track', props: { name: 'Second' } } } });
    await until('a track comes', () => named(viewer, 'Second'));
    await live.stated({ nodes: { 2: { kind: 'track', props: { name: 'First' } } }, end: [1] });
    await until('the other track comes', () => named(viewer, 'First'));
    expect(viewer.replica.root?.lists.tracks?.map(({ props }) => props)).toMatchObject([
      { name: 'First' },
      { name: 'Second' },
    ]);
    await until('the progress ends', () => liveOf(viewer)?.progress === undefined);
  });
});

describe('statements that cannot be true', () => {
  it('[HUB-64] are left out, counted, and the smallest subtree is asked for again', async () => {
    const { live, viewer, port } = await onStage();
    await live.stated({ lists: { 4: { devices: [9] } } });
    expect(live.all('resync')).toMatchObject([{ handle: 1 }]);
    await live.stated({ begin: [1], ...SMALL, end: [1] });
    await live.stated({ lists: { 3: { chains: [20] } } });
    expect(live.all('resync').at(-1)).toMatchObject({ handle: 3 });
    await live.stated({
      sets: { 999: { name: 'Nobody' } },
      nodes: { 4: { kind: 'track', props: { name: 'Still' } } },
    });
    await until('what is true comes', () => named(viewer, 'Still'));
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics?token=sesame`)).text();
    expect(metrics).toContain('livetree_script_discards_total 3');
    expect(viewer.broken).toBeUndefined();
  });

  it('[SCRIPT-304] each frame of a later snapshot is acknowledged as it comes: the script need not keep all of it', async () => {
    const { port } = await hub();
    const script = await Script.welcomed(port);
    await script.stated({ begin: [1], ...SMALL, end: [1] });
    await script.stated({ begin: [1] });
    await script.stated(SMALL);
    await script.stated({ end: [1] });
  });

  it('[HUB-65] a hole in the line of frames is mended by a snapshot; a big one ends the connection', async () => {
    const { live, viewer } = await onStage();
    live.seq += 2;
    await live.stated({ sets: { 3: { name: 'After the hole' } } });
    await until('the name comes', () => named(viewer, 'After the hole'));
    expect(live.all('resync')).toMatchObject([{ handle: 1 }]);
    live.seq += 60;
    live.state({ sets: { 3: { name: 'Far away' } } });
    expect(await live.told('refuse')).toMatchObject({ code: 'out_of_order' });
    await live.ended();
  });

  it('[HUB-66] the same subtree three times a minute: once the whole Set, then it is broken, never a loop', async () => {
    const { live, viewer } = await onStage();
    const asked = async (): Promise<readonly number[]> => {
      await live.stated({ lists: { 3: { nothing: [1] } } });
      const handles = live.all('resync').map(({ handle }) => handle);
      const last = handles.at(-1) ?? 1;
      await live.stated({
        begin: [last],
        ...(last === 1 ? SMALL : { lists: SMALL.lists ?? {} }),
        end: [last],
      });
      return handles;
    };
    for (let time = 0; time < 6; time++) await asked();
    expect(await asked()).toEqual([3, 3, 1]);
    await until('it counts as broken', () => liveOf(viewer)?.state === 'broken');
    expect(liveOf(viewer)?.problem).toMatch(/contradicted/);
    await viewer.command('resync');
    await until('it is asked for once more', () => live.all('resync').length === 4);
    expect(live.all('resync').at(-1)).toMatchObject({ handle: 1, reason: 'asked for' });
  });

  it('[HUB-67] an audit that differs brings that object again', async () => {
    const { live } = await onStage();
    await live.stated({ audit: { 3: '0123456789abcdef' } });
    expect(live.all('resync')).toMatchObject([{ handle: 3, reason: 'the audit differs' }]);
  });

  it('[HUB-68] what is no message is refused with a sentence and counted; an unreadable frame is a hole', async () => {
    const { live, port } = await onStage();
    live.state({ sets: { 3: { name: { deep: 1 } as never } } });
    await live.acked(2);
    expect(live.all('resync').at(-1)?.reason).toMatch(/^events: sets\.3\.name/);
    live.socket.send('{');
    expect(await live.told('refuse')).toMatchObject({ code: 'bad_message' });
    await live.ended();
    for (const text of ['[]', '{"source":"hub"}', '{"source":"remote_script","type":"x","payload":1}']) {
      const other = new Script(port);
      await until('it is open', () => other.socket.readyState === WebSocket.OPEN);
      other.socket.send(text);
      await other.told('refuse');
      await other.ended();
    }
    const last = await script(port, { protocol: 1, run: 'c'.repeat(32) });
    expect(last.isClosed).toBe(false);
  });
});
