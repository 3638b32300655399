/**
 * How smoothly a tree of 100,000 rows scrolls: the times between frames, beside those of an empty window of the
 * same height in the same page. Only their ratio decides; the figures are told.
 */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumPath } from './browser.ts';
import { clip, device, setOf, track } from './tree.ts';
import { viewerWorld } from './world.ts';

const ROWS = 100_000;
/** Of the 95th percentile of the tree's frames to that of the empty window's. */
const MOST = 1.25;
const FRAMES = 60;
/** Other programs only make frames longer: the quietest second of each counts. */
const ROUNDS = 14;
/** Ten rows a frame, six hundred a second. */
const STEP = 240;

const hugeSet = () =>
  setOf({
    tracks: Array.from({ length: 2_000 }, (_, index) =>
      track(
        `Track ${index}`,
        {
          devices: Array.from({ length: 42 }, (_, place) =>
            device(`EQ ${index}.${place}`, {}, { on: place % 3 > 0, parameterCount: 85 }),
          ),
          clips: Array.from({ length: 7 }, (_, place) => clip(`Verse ${index}.${place}`)),
        },
        { color: index % 70, volumeDb: -6, mute: index % 5 === 0 },
      ),
    ),
  });

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
describe.skipIf(chromiumPath === undefined)('a huge Set', () => {
  const { opened } = viewerWorld();

  it('[VIEW-31] of 100,000 open rows scrolls as an empty window of that height does', async () => {
    const { page, tree } = await opened({ viewport: { width: 1280, height: 800 } }, '', { root: hugeSet() });
    await tree.focus();
    for (const key of ['j', '*']) await page.keyboard.press(key);
    const height = () => tree.evaluate((element) => element.scrollHeight);
    await expect.poll(height, { timeout: 30_000 }).toBeGreaterThan(ROWS * 24);
    const empty = await emptyWindow(page, await height());

    const times: Record<'tree' | 'empty', number[]> = { tree: [], empty: [] };
    const quietest = (of: 'tree' | 'empty') => Math.min(...times[of]);
    for (let round = 0; round < ROUNDS; round++) {
      if (round > 1 && quietest('tree') <= MOST * quietest('empty')) break;
      times.empty.push(p95(await framesOf(empty)));
      times.tree.push(p95(await framesOf(tree)));
    }
    const [ours, theirs] = [quietest('tree'), quietest('empty')];
    const rows = Math.floor((await height()) / 24);
    const drawn = await page.getByRole('treeitem').count();
    process.stderr.write(
      `frames: ${rows} rows, ${drawn} drawn; p95 tree ${ours.toFixed(1)} ms, empty ${theirs.toFixed(1)} ms, ` +
        `ratio ${(ours / theirs).toFixed(2)} (rounds: ${times.tree.map((ms) => ms.toFixed(1)).join(' ')} | ` +
        `${times.empty.map((ms) => ms.toFixed(1)).join(' ')})\n`,
    );
    expect(drawn).toBeLessThan(60);
    expect(ours / theirs).toBeLessThanOrEqual(MOST);
  });
});

/** A window of the same place and size over as high a canvas, with nothing in it. */
async function emptyWindow(page: Page, height: number): Promise<Locator> {
  await page.evaluate((height) => {
    const tree = document.querySelector('[role=tree]');
    const box = tree?.getBoundingClientRect();
    const view = document.createElement('div');
    view.id = 'empty';
    view.style.cssText = `position:fixed;z-index:9;overflow:auto;background:#222;left:${box?.left}px;top:${box?.top}px;width:${box?.width}px;height:${box?.height}px`;
    const canvas = document.createElement('div');
    canvas.style.height = `${height}px`;
    view.append(canvas);
    document.body.append(view);
  }, height);
  return page.locator('#empty');
}

/** Scrolls on with every frame. @returns ms between the frames, without the first */
const framesOf = (view: Locator): Promise<readonly number[]> =>
  view.evaluate(
    (element, [frames, step]) =>
      new Promise<number[]>((resolve) => {
        const others = element.id === 'empty' ? [] : [document.getElementById('empty')];
        for (const other of others) if (other) other.style.display = 'none';
        const times: number[] = [];
        let last = 0;
        const frame = (now: number) => {
          if (last > 0) times.push(now - last);
          last = now;
          element.scrollTop = (element.scrollTop + step) % (element.scrollHeight - element.clientHeight);
          if (times.length < frames) requestAnimationFrame(frame);
          else {
            for (const other of others) if (other) other.style.display = '';
            resolve(times);
          }
        };
        element.scrollTop = 0;
        requestAnimationFrame(frame);
      }),
    [FRAMES, STEP] as const,
  );
