import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { endAll, named, onStage } from './on-stage.ts';

afterEach(endAll);

const values = (viewer: Awaited<ReturnType<typeof onStage>>['viewer']) =>
  new Map(
    viewer.replica.heard
      .flatMap((message) => (message.type === 'ephemeral' ? message.values : []))
      .map(({ key, value }) => [key, value]),
  );
const entries = (viewer: Awaited<ReturnType<typeof onStage>>['viewer']) =>
  viewer.replica.heard.flatMap((message) => (message.type === 'entry' ? [message] : []));

describe('values without history', () => {
  it('[HUB-77] name nodes of the tree, are kept by key, and end when Live is gone', async () => {
    const { live, viewer } = await onStage();
    live.say('ephemeral', {
      run: live.run,
      values: [
        ['transport', 1, { playing: true, recording: false }],
        ['playhead', 1, 17.5],
        ['playing_clip', 3, { handle: 12 }],
        ['fired_clip', 3, -2],
        ['scene_fired', 99, true],
        ['selection', 1, { track: { handle: 3 }, scene: null }],
        ['motion', 11, 0.75],
      ],
    });
    const [kick, verse] = [named(viewer, 'Kick')?.id, named(viewer, 'Verse')?.id];
    await until('the values come', () => values(viewer).size >= 6);
    expect(Object.fromEntries(values(viewer))).toEqual({
      'transport.playing': true,
      'transport.recording': false,
      playhead: 17.5,
      [`playing_clip ${kick}`]: verse,
      [`fired_clip ${kick}`]: 'stop',
      'selection.track': kick,
      [`motion ${named(viewer, 'EQ Eight')?.id} 11`]: 0.75,
    });
    live.socket.terminate();
    await until('all end', () => [...values(viewer).values()].every((value) => value === null));
  });

  it('[RUN-5] several numbers may be one value, at most 16', async () => {
    const { live, viewer } = await onStage();
    const say = (value: unknown) => live.say('ephemeral', { run: live.run, values: [['meter', 3, value]] });
    const kick = named(viewer, 'Kick')?.id;
    say([0.5, 0, null]);
    await until('the levels come', () => values(viewer).size === 2);
    expect(Object.fromEntries(values(viewer))).toEqual({
      [`meter ${kick}.left`]: 0.5,
      [`meter ${kick}.right`]: 0,
    });
    say(null);
    await until('they end', () => [...values(viewer).values()].every((value) => value === null));
    say(Array(17).fill(0.1));
    expect(await live.told('refuse')).toMatchObject({ code: 'bad_message' });
  });
});

describe('details', () => {
  it('[HUB-78] Live is asked to observe when the first client opens them, and to stop with the last', async () => {
    const { live, viewer } = await onStage();
    const node = named(viewer, 'Verse')?.id;
    if (node === undefined) throw new Error('there is no clip');
    viewer.say({ type: 'open_facet', request: 'q', node, facet: 'notes' });
    expect(await live.told('observe')).toEqual({ handle: 12, facet: 'notes' });
    await live.stated({ sets: { 12: { notes: [[60, 1, 0.5, 100, false, 1, 0, 64, 7]] } } });
    expect((await viewer.heard('facet')).data).toEqual([
      {
        key: '7',
        pitch: 60,
        time: 1,
        duration: 0.5,
        velocity: 100,
        releaseVelocity: 64,
        velocityDeviation: 0,
        probability: 1,
        enabled: true,
      },
    ]);
    await live.stated({ sets: { 12: { notes: [[62, 1, 0.5, 100, false, 1, 0, 64, 7]], notes_changes: 1 } } });
    expect((await viewer.heard('facet_patch')).put).toMatchObject([{ key: '7', pitch: 62 }]);
    viewer.say({ type: 'close_facet', node, facet: 'notes' });
    expect(await live.told('unobserve')).toEqual({ handle: 12, facet: 'notes' });
  });

  it('[HUB-78] parameters are there at once, with words and texts where Live tells them', async () => {
    const { live, viewer } = await onStage();
    const node = named(viewer, 'EQ Eight')?.id;
    if (node === undefined) throw new Error('there is no device');
    viewer.say({ type: 'open_facet', request: 'q', node, facet: 'parameters' });
    expect((await viewer.heard('facet')).data).toMatchObject([
      { key: 'On', name: 'Device On', value: 1 },
      { key: '11', name: '2 Frequency A', value: 0.5, raw: 0.5 },
    ]);
    await live.stated({ sets: { 11: { value: 0.6, text: '340 Hz' } } });
    expect((await viewer.heard('facet_patch')).put).toMatchObject([{ key: '11', value: '340 Hz', raw: 0.6 }]);
  });
});

describe('what is told', () => {
  it('[HUB-79] a change is an entry of the log, with its names and one sentence', async () => {
    const { live, viewer } = await onStage();
    await live.stated({ sets: { 3: { name: 'Bass Drum' } }, names: [['track_renamed', 3]] });
    await until('an entry comes', () => entries(viewer).length === 1);
    expect(entries(viewer)[0]).toMatchObject({
      origin: 'live',
      names: ['track_renamed'],
      nodes: [named(viewer, 'Bass Drum')?.id],
      sentences: ['Track "Kick" renamed "Bass Drum"'],
    });
  });

  it('[GAME-3] what waited for the hub is told with the time at which it was done, what comes after it apart', async () => {
    const { live, viewer } = await onStage();
    const [minute, hour] = [60_000, 3_600_000].map((ago) => Math.round(Date.now() - ago));
    if (minute === undefined || hour === undefined) throw new Error('there are two times');
    await live.stated({ sets: { 3: { name: 'An hour ago' } }, time: hour / 1000 });
    await live.stated({ sets: { 3: { name: 'A minute ago' } }, time: minute / 1000 });
    const before = Date.now();
    await live.stated({ sets: { 3: { name: 'Now' } }, time: before / 1000 });
    await until('all are told', () => entries(viewer).length === 3);
    const [first, second, third] = entries(viewer);
    expect([first?.time, second?.time]).toEqual([hour, minute]);
    expect(third?.time).toBeGreaterThanOrEqual(before);
    expect(entries(viewer).map(({ sentences }) => sentences[0])).toEqual([
      expect.stringContaining('An hour ago'),
      expect.stringContaining('A minute ago'),
      expect.stringContaining('Now'),
    ]);
  });

  it('[HUB-80] a ride by hand is live on the wire and one entry, from the value before to that at rest', async () => {
    const { live, viewer } = await onStage();
    for (const volume of [0.8, 0.75, 0.7]) await live.stated({ sets: { 3: { volume } } });
    for (const [value, text] of [
      [0.4, '800 Hz'],
      [0.3, '340 Hz'],
    ] as const)
      await live.stated({ sets: { 11: { value, text } } });
    expect(named(viewer, 'Kick')?.props).toMatchObject({ volumeDb: -6 });
    expect(entries(viewer)).toEqual([]);
    await live.stated({
      acts: [
        [3, 'volume', 0.85, 0.7],
        [11, 'value', 0.5, 0.3],
      ],
    });
    await until('an entry comes', () => entries(viewer).length === 1);
    expect(entries(viewer)[0]?.sentences).toEqual([
      'Kick › Volume: 0.0 dB → −6.0 dB',
      'Kick › EQ Eight › 2 Frequency A: 0.5 → 0.3',
    ]);
  });

  it('[HUB-81] a name that the catalogue does not know is counted, and told to nobody', async () => {
    const { live, viewer, port } = await onStage();
    await live.stated({ sets: { 3: { name: 'X' } }, names: [['track_exploded', 3]] });
    await until('an entry comes', () => entries(viewer).length === 1);
    expect(entries(viewer)[0]?.names).toEqual(['track_renamed']);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics?token=sesame`)).text();
    expect(metrics).toMatch(/^livetree_script_unknown_names_total 1$/m);
  });
});
