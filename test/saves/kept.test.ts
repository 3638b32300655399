/** What is kept of notes and values that were not saved when Live ended, and what proves that they are back. */
import { asNodeId } from '@livetree/live-set';
import type { ToScript, Unsaved } from '@livetree/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { PYTHON } from '../simulator.ts';
import { until } from '../soak/stage.ts';
import { Saves } from './world.ts';

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

const note = (pitch: number, start: number) => ({ pitch, start_time: start, duration: 0.5, velocity: 90 });
/** One more than is read of a clip unasked (docs/protocol-script.md, `observe`). */
const MANY = Array.from({ length: 501 }, (_, at) => note(at % 128, at / 8));

/** The same in every Live that has the same file. */
async function editDetails(at: Saves): Promise<void> {
  await at.edit('add_notes', { clip: { name: 'Riff' }, notes: [note(61, 1.5), note(63, 3)] });
  await at.edit('draw_clip', { track: { index: 1 }, scene: { index: 1 }, length: 4 });
  await at.edit('set_parameter', { device: { name: 'Tone Rack' }, index: 1, value: 77 });
}

/** A Set with nobody who looks at details; `read` counts the clips whose notes the hub has asked for, and got. */
async function open() {
  const sent: ToScript[] = [];
  let isDeaf = false;
  const keepsBack = (message: ToScript): boolean => {
    sent.push(message);
    return isDeaf && message.type === 'observe';
  };
  saves = await Saves.open({ relay: { keepsBack } });
  const isDone = (message: ToScript): boolean =>
    message.type === 'unobserve' && message.payload.facet === 'keptNotes';
  const deafen = (): void => {
    isDeaf = true;
  };
  return { at: saves, read: () => sent.filter(isDone).length, deafen };
}

const detailsOf = ({ lost }: Unsaved, words: string): readonly string[] =>
  lost[0]?.acts.find(({ sentence }) => sentence.includes(words))?.details ?? [];

const backIn = ({ lost }: Unsaved): readonly boolean[] =>
  lost[0]?.acts.map(({ isBack }) => isBack === true) ?? [];

/** The warp markers of the one audio clip, in the file or in Live, as a client gets them. */
async function markersOf(at: Saves): Promise<readonly unknown[]> {
  const clip = at
    .nodes()
    .find(({ kind, props }) => kind === 'clip' && 'type' in props && props.type === 'audio');
  const view = at.stage.viewer.open({ node: clip?.id ?? asNodeId(''), facet: 'warpMarkers' });
  await until('they come', () => view.items !== undefined || view.problem !== undefined);
  const { items = [] } = view;
  view.close();
  return items.map(({ seconds, beats }) => [seconds, beats]);
}

describe.skipIf(PYTHON === undefined)('notes and values that nobody looked at, when Live is killed', () => {
  it('[KEEP-2] [KEEP-3] are kept; the old file does not bring them back, a Live that recovers them does', async () => {
    const { at, read } = await open();
    await editDetails(at);
    await at.list(3);
    await until('the notes were read', () => read() === 2);
    await at.stage.simulator.close();
    const killed = await at.is('they are kept', ({ lost }) => lost.length === 1);
    expect(detailsOf(killed, 'notes changed')).toHaveLength(5);
    expect(detailsOf(killed, 'notes changed')).toContain('C♯3 at beat 1.5, 0.5 beats, velocity 90');
    expect(detailsOf(killed, 'clip added')).not.toEqual([]);
    await at.stage.restartLive(at.path);
    await until('the notes of the file were read', () => read() === 3);
    expect(backIn(await at.is('it is compared', ({ state }) => state === 'compared'))).toEqual([
      false,
      false,
      false,
    ]);
    await at.stage.restartLive(at.path, () => editDetails(at));
    await at.is('they are ticked off', (unsaved) => backIn(unsaved).every((isBack) => isBack));
    expect(at.stage.viewer.set?.unsaved?.lost).toBe(0);
  }, 60_000);

  it('[KEEP-4] [KEEP-8] are counted where too many, named where Live ended too soon; warp markers are the file’s', async () => {
    const { at, read, deafen } = await open();
    await at.edit('add_notes', { clip: { name: 'Riff' }, notes: MANY });
    await at.list(1);
    await until('their number was read', () => read() === 1);
    deafen();
    await at.edit('draw_clip', { track: { index: 1 }, scene: { index: 1 }, length: 4 });
    await at.list(2);
    await at.stage.simulator.close();
    const killed = await at.is('they are kept', ({ lost }) => lost.length === 1);
    expect(await markersOf(at)).toHaveLength(3);
    expect(detailsOf(killed, 'notes changed')).toEqual([
      'Its 504 notes are not kept: more than are read from Live unasked.',
    ]);
    expect(detailsOf(killed, 'clip added')).toEqual([
      'Its notes are not kept: Live ended before they were read.',
    ]);
  }, 60_000);
});
