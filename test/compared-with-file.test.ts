/**
 * Live (simulated) with the real Remote Script and the real hub, and the parser beside them: two readings of one Set.
 * `LIVETREE_ALL=1` takes every Set of the corpus of Live 9 to 12.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeOf, TreeNode } from '@livetree/live-set';
import { DEFAULT_LIMITS, parseSet, tellChange, walk } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { afterEach, describe, expect, it } from 'vitest';
import {
  align,
  NO_PAIRS,
  type Pairing,
  pairingOf,
  type UnsavedSince,
  unsavedSince,
} from '../packages/hub/src/reconcile/index.ts';
import { PYTHON } from './simulator.ts';
import { CORPUS } from './soak/games.ts';
import { Stage, type StageOptions } from './soak/stage.ts';
import { treeOfTruth } from './truth.ts';

const hasCorpus = existsSync(join(CORPUS, 'manifest.json'));
if (!hasCorpus)
  process.stderr.write(
    `\nSKIPPED: no corpus of real Sets at ${CORPUS}. Set LIVETREE_CORPUS to its folder.\n`,
  );

interface Listed {
  readonly file: string;
  readonly creator: string;
}
interface Manifest {
  readonly files: readonly Listed[];
  readonly series: readonly { readonly versions: readonly Listed[] }[];
}
const FEW = [
  'nodechomsky_fly_write_jam',
  'dawtool_l10_automation',
  'infi_project_rawxml',
  'producerpal_e2e_test_set',
];
const isAll = process.env['LIVETREE_ALL'] !== undefined;

function chosen(): readonly string[] {
  if (!hasCorpus) return [];
  if (!isAll) return FEW.map((name) => `files/${name}.als`);
  const { files, series } = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as Manifest;
  const last = series.flatMap(({ versions }) => versions.slice(-1));
  return [...files, ...last].filter(({ creator }) => !/Live [1-8]\./.test(creator)).map(({ file }) => file);
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(options: StageOptions): Promise<Stage> {
  const stage = await Stage.open(options);
  ends.push(() => stage.close());
  return stage;
}

const parsed = (path: string): NodeOf<'set'> =>
  parseSet(inflateSet(readFileSync(path), DEFAULT_LIMITS), { platform: nodePlatform }).root;

const itself = (root: NodeOf<'set'>): Pairing => pairingOf(walk(root).map(({ id }) => [id, id]));

/** What a person reads of it. */
const told = ({ before, after, edits }: UnsavedSince): readonly string[] =>
  tellChange({ before: { root: before }, after: { root: after }, ops: edits, touched: [] })
    .sentences.map(({ text }) => text)
    .toSorted();

/** A slot like any other is in the file only. */
const saysSomething = (node: TreeNode): boolean => node.kind !== 'slot' || node.props.hasStop === false;

describe.skipIf(PYTHON === undefined || !hasCorpus)('Live and the file', () => {
  it.each(chosen())(
    '[REC-70] every node is paired, and nothing that can be compared differs: %s',
    async (name) => {
      const path = join(CORPUS, name);
      const [stage, file] = [await open({ set: path }), parsed(path)];
      const live = await stage.hubTree();
      const pairing = align(live, file, NO_PAIRS);
      expect(walk(live).filter((node) => saysSomething(node) && !pairing.fileOf.has(node.id))).toEqual([]);
      expect(walk(file).filter((node) => saysSomething(node) && !pairing.liveOf.has(node.id))).toEqual([]);
      expect(unsavedSince(live, file, pairing)).toMatchObject({ edits: [], performance: [], unknown: 0 });
    },
  );

  it.each([
    ['mapspat_demo', '12.0.5', 5],
    ...(isAll
      ? ([
          ['producerpal_e2e_test_set', '12.3.6', 3],
          ['launchpadseq_advanced_l10', '11.0.0', 4],
          ['besser_house_track', '12.3.6', 6],
          ['keijiro_dxft', '12.3.6', 7],
          ['tedx_set', '11.3.43', 8],
        ] as const)
      : []),
  ] as const)(
    '[REC-71] after edits the list since the save is what Live itself went through: %s in %s',
    async (name, profile, seed) => {
      const path = join(CORPUS, `files/${name}.als`);
      const [stage, file] = [await open({ set: path, profile, seed, faults: 'none' }), parsed(path)];
      const first = align(await stage.hubTree(), file, NO_PAIRS);
      const before = treeOfTruth(await stage.truth(), profile);
      for (let round = 0; round < 2; round++) {
        await stage.simulator.ask({ do: 'musician', steps: 8, temperament: 'editing' });
        const after = treeOfTruth(await stage.truth(), profile);
        const live = await stage.hubTree();
        // What was deleted and came back by Undo is a new object in Live: content decides that it is the same.
        const found = unsavedSince(live, file, align(live, file, first));
        // What was deleted and made anew in the same place is one thing that changed, to both.
        const wanted = unsavedSince(after, before, align(after, before, itself(before)));
        expect(told(found)).toEqual(told(wanted));
        expect(found.edits.length).toBeGreaterThan(0);
        expect(found.performance.length).toBe(wanted.performance.length);
      }
    },
  );
});
