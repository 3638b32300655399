import { asSetId, type Entry } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { blocksOf, signOf } from '../src/change-blocks.ts';
import { groupOf } from '../src/change-lines.ts';

const MINUTE = 60_000;
let revision = 0;
const told = (time: number, sentences: readonly string[], more: Partial<Entry> = {}) => {
  revision += 1;
  const set = asSetId('s');
  const entry = { type: 'entry', set, revision, time, origin: 'live', names: [], nodes: [] } as const;
  return groupOf({ ...entry, sentences, ...more });
};
const save = (time: number, sentences: readonly string[]) =>
  told(time, sentences, { origin: 'file', save: `${sentences.length} changes: Bass` });
const texts = (...blocks: Parameters<typeof blocksOf>) =>
  blocksOf(...blocks).map(({ headline, isLive, isNew, lines }) => [
    headline ?? (isLive ? 'in Live' : ''),
    isNew,
    ...lines.map(({ line }) => line.text),
  ]);

describe('blocks of changes', () => {
  it('[VIEW-44] what happened in Live within a minute stands together, newest first', () => {
    const groups = [
      told(2 * MINUTE + 1, ['d']),
      told(2 * MINUTE, ['c', 'c2']),
      told(MINUTE + 59_999, ['b']),
      told(MINUTE, ['a']),
    ];
    expect(texts(groups, 0)).toEqual([
      ['in Live', true, 'd', 'c', 'c2'],
      ['in Live', true, 'b', 'a'],
    ]);
  });

  it('[VIEW-44] a save keeps its own, with its headline, and ends that of Live', () => {
    const groups = [told(3, ['c']), save(2, ['x', 'y']), told(1, ['b']), told(1, ['a'])];
    expect(texts(groups, 0)).toEqual([
      ['in Live', true, 'c'],
      ['2 changes: Bass', true, 'x', 'y'],
      ['in Live', true, 'b', 'a'],
    ]);
    expect(blocksOf([save(2, ['x', 'y']), save(1, ['z', 'w'])], 0)).toHaveLength(2);
  });

  it('[VIEW-44] none reaches over what was seen', () => {
    expect(texts([told(30, ['b']), told(20, ['a'])], 20)).toEqual([
      ['in Live', true, 'b'],
      ['in Live', false, 'a'],
    ]);
  });

  it('[VIEW-44] a block keeps its key while it grows; what did not change is the same object', () => {
    const old = [told(MINUTE, ['b']), told(0, ['a'])];
    const before = blocksOf(old, 0);
    const known = new Map(before.map((block) => [block.key, block]));
    const after = blocksOf([told(MINUTE + 1, ['c']), ...old], 0, known);
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
  });

  it('[VIEW-44] a value that was moved again and again is one line, one that came back is not', () => {
    const shown = (...sentences: readonly string[]) =>
      blocksOf(
        sentences.map((text) => told(1, [text])),
        0,
      )[0]?.lines.map(({ line }) => `${line.where}: ${line.was}${line.now}`);
    expect(shown('Bass › Pan: 18L → 20L', 'Bass › Pan: 15L → 18L', 'Bass › Pan: C → 15L')).toEqual([
      'Bass › Pan: C → 20L',
    ]);
    expect(shown('Bass › Pan: 18L → C', 'Bass › Pan: C → 18L')).toHaveLength(2);
    expect(shown('Bass › Pan: 18L → 20L', 'Lead › Pan: C → 18L')).toHaveLength(2);
    expect(shown('Bass › Pan: 18L → 20L', 'Bass: muted', 'Bass › Pan: C → 18L')).toHaveLength(3);
  });

  it.each([
    ['+', 'Bass: clip "Stab" added, bar 9 (8 notes)'],
    ['+', 'Lead: clip "Verse" duplicated to bar 33'],
    ['+', '17 clips added in 17 tracks'],
    ['−', 'Audio track "Vox" deleted (1 clip)'],
    ['↕', 'MIDI track "Bass" moved into "Drums"'],
    ['↕', 'Lead: clip "Verse" moved, bar 17 → 33'],
    ['↕', 'Bass, Lead, Vox grouped as "Band"'],
    ['~', 'Scene "deleted" renamed "added"'],
    ['~', 'added: muted'],
    ['~', 'Bass › EQ Eight › 2 Freq: 1.20 kHz → 340 Hz'],
    ['~', 'Lead › "Verse": 3 notes added, 1 moved (bar 1.2)'],
    ['~', 'Bass: Operator replaced by Wavetable'],
  ])('[VIEW-44] %s stands beside: %s', (sign, text) => {
    expect(signOf(text)).toBe(sign);
  });
});
