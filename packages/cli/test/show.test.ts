import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS, parseSet, type TreeNode, walk } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { describe, expect, it } from 'vitest';
import { corpusPath, hasCorpus } from './support/corpus.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree } from './support/run.ts';

const folder = testFolder();

/** Compares with a kept text; `LIVETREE_UPDATE=1` keeps the new one. */
function expectGolden(name: string, text: string): void {
  const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  if (process.env['LIVETREE_UPDATE'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

const shown = async (path: string, ...options: readonly string[]): Promise<readonly string[]> => {
  const { stdout, code, stderr } = await livetree(['show', ...options, path]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
};

const demoTree = () =>
  parseSet(inflateSet(readFileSync(DEMO), DEFAULT_LIMITS), { platform: nodePlatform }).root;

/** A little Set, for what no real one holds. */
const setFile = (name: string, inside: string): string =>
  folder.file(
    name,
    `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton MajorVersion="5" MinorVersion="12.0_12120" Creator="Ableton Live 12.1.11"><LiveSet>${inside}</LiveSet></Ableton>`,
  );

describe('livetree show', () => {
  it('[CLI-3] prints the demo Set as it is kept: three levels, and everything', async () => {
    expectGolden('demo.show.txt', `${(await shown(DEMO)).join('\n')}\n`);
    expectGolden('demo.show-all.txt', `${(await shown(DEMO, '--depth', '99')).join('\n')}\n`);
  });

  it('[CLI-4] lists tracks, returns, Main, scenes, locators; in a track devices, clips, sends', async () => {
    const kinds = (lines: readonly string[]): readonly string[] => [
      ...new Set(lines.map((line) => /^[├└│]. *([\p{L}-]+)/u.exec(line)?.[1] ?? '')),
    ];
    const top = (await shown(DEMO, '--depth', '1')).slice(1);
    expect(kinds(top.filter((line) => !/─ (MIDI|Audio|Group) /.test(line)))).toEqual([
      'Return',
      'Main',
      'Scene',
      'Locator',
    ]);
    expect(top.findIndex((line) => line.includes('Return'))).toBe(
      top.filter((line) => /─ (MIDI|Audio|Group) /.test(line)).length,
    );
    const all = await shown(DEMO, '--depth', '9');
    const vox = all.slice(all.findIndex((line) => line.includes('Audio      Vox  ')) + 1);
    const members = vox.slice(
      0,
      vox.findIndex((line) => line.startsWith('├')),
    );
    expect(members.map((line) => /[─│ ]*(\w[\w-]*( clip| lane)?)/.exec(line)?.[1])).toEqual([
      'Device',
      'Device',
      'Max',
      ...['Audio clip', 'Audio clip', 'Audio clip', 'Audio clip'],
      ...['Take lane', 'Audio clip', 'Take lane', 'Audio clip', 'Audio clip'],
      ...['Send', 'Send'],
    ]);
  });

  it('[CLI-5] a send names where it goes; shut sends and faders at 0 dB are left out', async () => {
    const lines = await shown(DEMO, '--depth', '9');
    expect(lines.some((line) => line.endsWith('Send → A-Reverb −8.5 dB'))).toBe(true);
    expect(lines.filter((line) => line.includes('−inf dB'))).toEqual([]);
    expect(lines.filter((line) => / 0\.0 dB/.test(line))).toEqual([]);
  });

  it('[CLI-6] a scene without a name goes by its number, also at its clips; a run of them is one line', async () => {
    const path = setFile(
      'scenes.als',
      `<Scenes>${['', ' 2', 'Verse', '', '', ' 6', '7', '']
        .map((name, id) => `<Scene Id="${id}"><Name Value="${name}"/></Scene>`)
        .join('')}</Scenes>`,
    );
    expect((await shown(path)).slice(1)).toEqual([
      '├─ Scene      1',
      '├─ Scene      2',
      '├─ Scene      Verse',
      '├─ Scenes     4–6  3 without name',
      '├─ Scene      7',
      '└─ Scene      8',
    ]);
  });

  it('[CLI-7] places are bars of the Set’s signature; locators follow in the order of the song', async () => {
    const locators = [96.5, 6, 0]
      .map((time, id) => `<Locator Id="${id}"><Time Value="${time}"/><Name Value="at ${time}"/></Locator>`)
      .join('');
    const path = setFile('locators.als', `<Locators><Locators>${locators}</Locators></Locators>`);
    expect((await shown(path)).slice(1)).toEqual([
      '├─ Locator    at 0  bar 1',
      '├─ Locator    at 6  bar 2.3',
      '└─ Locator    at 96.5  bar 25.1.3',
    ]);
  });

  it('[CLI-8] --depth cuts the tree, and counts what lies below', async () => {
    const lines = await shown(DEMO, '--depth', '1');
    expect(lines[1]).toBe('├─ Group      Drums  (2 tracks, 1 device)');
    expect(lines.every((line, index) => index === 0 || /^[├└]/.test(line))).toBe(true);
  });

  it('[CLI-9] --json is the complete tree', async () => {
    const { stdout } = await livetree(['show', '--json', DEMO]);
    const { schema, root }: { readonly schema: number; readonly root: TreeNode } = JSON.parse(stdout);
    expect(schema).toBe(1);
    expect(root).toEqual(demoTree());
    expect([...walk(root)].length).toBeGreaterThan(100);
  });

  it('[CLI-9] --json with --depth is the tree down to there', async () => {
    const { stdout } = await livetree(['show', '--json', '--depth', '1', DEMO]);
    const { root }: { readonly root: TreeNode } = JSON.parse(stdout);
    expect(root.lists.tracks?.map(({ id }) => id)).toEqual(demoTree().lists.tracks?.map(({ id }) => id));
    expect(Object.keys(root.lists.tracks?.[0]?.lists ?? {})).toEqual([]);
  });

  it('[CLI-10] a name cannot steer the terminal: one node, one line', async () => {
    const name = 'a&#10;b\u009b31mc\u202ed';
    const path = setFile('steer.als', `<Scenes><Scene Id="0"><Name Value="${name}"/></Scene></Scenes>`);
    expect((await shown(path)).slice(1)).toEqual(['└─ Scene      a b\ufffd31mc\ufffdd']);
  });

  it
    .skipIf(!hasCorpus)
    .each([
      ['launchpadseq_js_l8.als'],
      ['nodechomsky_gpio_house.als'],
      ['mapspat_demo.als'],
      ['maxdevtools_test.als'],
      ['besser_language.als'],
      ['briesen_glacier_rawxml.als'],
    ])('[CLI-11] shows %s: no gap in what is said of any node', async (name) => {
    const { stdout, code } = await livetree(['show', '--depth', '99', corpusPath('files', name)]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/undefined|NaN|Infinity|\[object|→ \?|scene \?/);
    expect(stdout).toMatch(/─ (Audio|MIDI) .*\n/);
  });
});
