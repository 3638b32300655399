import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { fixture } from '../corpus.ts';
import { allOf, named } from '../nodes.ts';

/** `LIVETREE_UPDATE=1` writes the files anew (then `npx biome format --write` them): read every line that changes. */
const isUpdate = process.env['LIVETREE_UPDATE'] === '1';

function expectGolden(file: string, value: unknown): void {
  const path = resolve(import.meta.dirname, file);
  if (isUpdate) writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(path, 'utf8')));
}

describe('trees, byte by byte', () => {
  test.each(['small-l8', 'small-l9', 'small-l10', 'small-l11', 'small-l12'])('[PARSE-52] %s', (name) => {
    expectGolden(`${name}.tree.json`, fixture(name).root);
  });
});

describe('six edits and a save', () => {
  const before = fixture('demo');
  const { ops, touched } = diffSets(before, fixture('demo-next'));

  test('[DIFF-10] the demo and the demo edited: as recorded', () => {
    expectGolden('demo.diff.json', { ops, touched });
  });

  test('[DIFF-11] six edits show, the noise of a save does not', () => {
    const { root } = before;
    const keys = named(root, 'clip', 'Keys Intro').id.replace('/s0', '/s1');
    const [, eq, pump] = named(root, 'track', 'Bass').lists.devices ?? [];
    const bassVerse = named(root, 'track', 'Bass').lists.clips?.[0];
    expect(ops).toHaveLength(5);
    expect(ops).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ op: 'set', id: keys, props: { name: 'Verse Keys B' } }),
        expect.objectContaining({
          op: 'set',
          id: named(root, 'track', 'Vox Double').id,
          props: { mute: true },
        }),
        expect.objectContaining({ op: 'set', id: bassVerse?.id, props: { noteCount: 5 } }),
        expect.objectContaining({
          op: 'set',
          id: allOf(root, 'scene').at(-1)?.id,
          props: { annotation: 'fade by hand' },
        }),
        expect.objectContaining({
          op: 'move',
          id: pump?.id,
          parent: named(root, 'track', 'Pad für Intro').id,
          list: 'devices',
          index: 1,
        }),
      ]),
    );
    expect(touched.map(({ id, facets, other }) => [id, facets, other]).sort()).toEqual(
      [
        [eq?.id, ['parameters'], []],
        [bassVerse?.id, ['notes'], []],
        [named(root, 'track', 'Vox Double').id, ['parameters'], []],
      ].sort(),
    );
  });
});
