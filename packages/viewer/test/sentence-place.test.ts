/** How often the page finds the thing a sentence tells of, over all real saves that follow one another. */
import { diffSets, type NodeId, parseSet, sentences, Tree, type TreeNode } from '@livetree/live-set';
import { nodePlatform } from '@livetree/live-set/node';
import { expect, it } from 'vitest';
import { type CorpusSet, corpusSeries, describeCorpus, readXml } from '../../live-set/test/corpus.ts';
import { namesOf } from '../src/names.ts';
import { placesOfSentences } from '../src/sentence-place.ts';
import { numbersOf, titleOf } from '../src/words.ts';

/** Of the sentences that lead somewhere, the share that must lead to one of their things, or to what it lies in. */
const RIGHT = 0.97;
/** Of the sentences of one thing that is still there, the share that must lead somewhere. */
const LED = 0.95;

const parseFile = (set: CorpusSet) => parseSet(readXml(set), { platform: nodePlatform });

/** Saves of each series that are looked at. */
const SAVES = 9;

function namesIn(tree: Tree) {
  const get = (id: NodeId): TreeNode | undefined => tree.get(id);
  const titles = { numbers: numbersOf(tree.root), find: get };
  const above = (id: NodeId): readonly TreeNode[] => {
    const path: TreeNode[] = [];
    for (let at = tree.parentOf(id); at !== undefined && at.kind !== 'set'; at = tree.parentOf(at.id))
      path.push(at);
    return path;
  };
  return namesOf({ root: tree.root, title: (node: TreeNode) => titleOf(node, titles), above }, get);
}

describeCorpus('sentences of real saves', () => {
  it('[VIEW-24] lead to what they tell of', () => {
    const counts = { sentences: 0, led: 0, right: 0, near: 0, single: 0, singleLed: 0 };
    const wrong: string[] = [];
    for (const { versions } of corpusSeries) {
      let before = parseFile(versions[0]!);
      for (const version of versions.slice(1, SAVES)) {
        const after = parseFile(version);
        const told = sentences(before, diffSets(before, after));
        const tree = new Tree(after.root);
        const names = namesIn(tree);
        const nodes = [...new Set(told.flatMap((sentence) => sentence.nodes))];
        const texts = told.map(({ text }) => text);
        const places = placesOfSentences(texts, nodes, names);
        for (const [index, { text, nodes: own }] of told.entries()) {
          const found = places[index];
          const isSingle = own.length === 1 && tree.get(own[0]!) !== undefined;
          counts.sentences += 1;
          counts.single += Number(isSingle);
          if (isSingle && found === undefined) wrong.push(`${text} → nothing`);
          if (found === undefined) continue;
          counts.led += 1;
          counts.singleLed += Number(isSingle);
          const outcome = judge(found, own, tree);
          if (outcome === 'wrong') wrong.push(`${text} → ${names.title(found)}`);
          else counts[outcome] += 1;
        }
        before = after;
      }
    }
    process.stderr.write(`places of sentences: ${JSON.stringify(counts)}\n`);
    expect((counts.right + counts.near) / counts.led, wrong.join('\n')).toBeGreaterThan(RIGHT);
    expect(counts.singleLed / counts.single, wrong.join('\n')).toBeGreaterThan(LED);
  });
});

/** `near`: what one of them lies in, or lay in. */
function judge(found: NodeId, own: readonly NodeId[], tree: Tree): 'right' | 'near' | 'wrong' {
  if (own.includes(found)) return 'right';
  const left = own.filter((id) => tree.get(id) !== undefined);
  const above = left.flatMap((id) => {
    const path: NodeId[] = [];
    for (let at = tree.parentOf(id); at !== undefined; at = tree.parentOf(at.id)) path.push(at.id);
    return path;
  });
  return left.length === 0 || above.includes(found) ? 'near' : 'wrong';
}
