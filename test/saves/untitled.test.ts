/** A Set that was never saved, until it is. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PYTHON } from '../simulator.ts';
import { Stage, until } from '../soak/stage.ts';

it.skipIf(PYTHON === undefined)(
  '[REC-115] the first save of an untitled Set: the same Set, the same ids, nothing listed',
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'livetree-untitled-')));
    const stage = await Stage.open({ seed: 5 });
    try {
      const { id, unsaved } = stage.viewer.set ?? {};
      expect(unsaved).toBeUndefined();
      const { from, before } = { from: await stage.hubTree(), before: stage.changes.length };
      const path = join(folder, 'First.als');
      await stage.simulator.ask({ do: 'save', path });
      await until('the first save is compared', () => stage.viewer.set?.unsaved !== undefined, 20_000);
      expect(stage.viewer.set).toMatchObject({ id, path, unsaved: { changes: 0, lost: 0 } });
      const after = await stage.hubTree();
      expect(after.lists.tracks?.map((each) => each.id)).toEqual(from.lists.tracks?.map((each) => each.id));
      expect(stage.changes.length).toBeLessThanOrEqual(before + 1);
    } finally {
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  40_000,
);
