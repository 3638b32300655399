/** What is kept of a Set that is open in Live: saves beside moments of Live. */
import { afterEach, describe, expect, it } from 'vitest';
import { livetree } from '../../packages/cli/test/support/run.ts';
import { PYTHON } from '../simulator.ts';
import { Saves } from './world.ts';

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

interface Compared {
  readonly sentences: readonly { readonly text: string }[];
}
interface Kept {
  readonly entries: readonly { readonly type: string; readonly id: number; readonly revision: number }[];
}

async function ask<T>(at: Saves, path: string): Promise<T> {
  const id = encodeURIComponent(at.stage.viewer.set?.id ?? '');
  return (await (await fetch(`${at.stage.hub.url}api/sets/${id}/${path}`)).json()) as T;
}

describe.skipIf(PYTHON === undefined)('a save and a moment of Live', () => {
  it('[GAME-2] are compared, both ways, as is what changed since the save; by the command and by what the page asks', async () => {
    saves = await Saves.open({ seed: 3, faults: 'none' });
    const at = saves;
    await at.edit('rename_track', { track: { index: 2 }, name: 'Saved' });
    await at.list(1);
    await at.save();
    await at.edit('rename_track', { track: { index: 0 }, name: 'After the save' });
    await at.edit('add_device', { track: { name: 'Saved' }, class_name: 'Eq8' });
    const list = await at.list(2);
    const told = async (from: string, to: string): Promise<readonly string[]> => {
      const { sentences } = await ask<Compared>(at, `compare?from=${from}&to=${to}`);
      return sentences.map(({ text }) => text);
    };
    const acts = async () => {
      const { entries } = await ask<Kept>(at, 'history?most=500');
      return entries.filter(({ type }) => type === 'act').map(({ revision }) => revision);
    };
    await expect.poll(async () => (await acts()).length).toBeGreaterThan(1);
    const [newest = 0] = await acts();
    expect((await told('save', String(newest))).toSorted()).toEqual(list.toSorted());
    expect(await told(String(newest), 'save')).toEqual(
      expect.arrayContaining([expect.stringContaining('After the save'), expect.stringContaining('deleted')]),
    );
    expect(await told('save-1', String(newest))).toHaveLength(3);
    const env = { LIVETREE_STATE_DIR: `${at.folder}/history` };
    const { stdout, stderr } = await livetree(['diff', '--sentences', 'Song@save', `Song@${newest}`], {
      env,
    });
    expect(stderr).toContain('only the tree');
    expect(stdout.trim().split('\n').toSorted()).toEqual(list.toSorted());
  }, 60_000);
});
