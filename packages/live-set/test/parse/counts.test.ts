import { expect, test } from 'vitest';
import type { ListName, TreeNode } from '../../src/model/node.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { walk } from '../../src/patch/tree.ts';
import { type SetStats, setStats } from '../../src/stats.ts';
import {
  type CorpusSet,
  corpusFiles,
  corpusSeries,
  corpusSets,
  describeCorpus,
  parse,
  readXml,
} from '../corpus.ts';

/** What we count, under the names of the manifest. */
const inManifestWords = (stats: SetStats): Readonly<Record<string, number>> => ({
  AudioTrack: stats.tracks.audio,
  MidiTrack: stats.tracks.midi,
  GroupTrack: stats.tracks.group,
  ReturnTrack: stats.tracks.return,
  scenes: stats.scenes,
  clip_slots: stats.clipSlots,
  session_clips: stats.clips.session,
  arrangement_clips: stats.clips.arrangement,
  take_clips: stats.clips.takeLane,
  MidiClip: stats.midiClips,
  AudioClip: stats.audioClips,
  devices: stats.devices,
  plugin_devices: stats.pluginDevices,
  mx_devices: stats.maxDevices,
  racks: stats.racks,
  branches: stats.chains,
  midi_notes: stats.notes,
  warp_markers: stats.warpMarkers,
  locators: stats.locators,
  take_lanes: stats.takeLanes,
  automation_envelopes: stats.automationEnvelopes,
  clip_envelopes: stats.clipEnvelopes,
});

/** What the tree holds as nodes and tells in their properties, in the same words. */
function treeCounts(set: ParsedSet): Readonly<Record<string, number>> {
  const nodes = walk(set.root);
  const of = (kind: TreeNode['kind'], type?: string): number =>
    nodes.filter(
      (node) => node.kind === kind && (type === undefined || (node.props as { type?: string }).type === type),
    ).length;
  const inList = (list: ListName, isIn: (node: TreeNode) => boolean): number =>
    nodes.reduce((sum, node) => sum + (isIn(node) ? (node.lists[list]?.length ?? 0) : 0), 0);
  const [AudioTrack, MidiTrack, GroupTrack, ReturnTrack] = ['audio', 'midi', 'group', 'return'].map((type) =>
    of('track', type),
  ) as [number, number, number, number];
  return {
    ...{ AudioTrack, MidiTrack, GroupTrack, ReturnTrack },
    scenes: of('scene'),
    session_clips: inList('clips', ({ kind }) => kind === 'track'),
    arrangement_clips: inList('arrangement', () => true),
    take_clips: inList('clips', ({ kind }) => kind === 'takeLane'),
    devices: of('device'),
    plugin_devices: of('device', 'plugin'),
    mx_devices: of('device', 'max'),
    racks: of('device', 'rack'),
    branches: inList('chains', () => true),
    locators: of('locator'),
    take_lanes: of('takeLane'),
  };
}

const pick = (counts: Readonly<Record<string, number>>, names: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, counts[name]]));

function expectTrueCounts(set: CorpusSet): void {
  const parsed = parse(readXml(set));
  const inTree = treeCounts(parsed);
  expect(inTree, `${set.name}, the tree`).toEqual(pick(set.counts, inTree));
  const ours = inManifestWords(setStats(parsed));
  expect(ours, set.name).toEqual(pick(set.counts, ours));
}

describeCorpus('what a Set holds is counted as an independent script counts it', () => {
  test('[PARSE-10] the corpus is there in full: every version of Live, single Sets and series', () => {
    expect(corpusFiles.length).toBeGreaterThan(40);
    const versions = new Set(corpusSets.map(({ creator }) => /Live (\d+)/.exec(creator)?.[1]));
    expect([...versions].sort()).toEqual(['10', '11', '12', '8', '9']);
  });

  test.each(corpusFiles)('[PARSE-10] $name', (set) => {
    expectTrueCounts(set);
  });

  test.each(corpusSeries)('[PARSE-10] every save of $series', ({ versions }) => {
    for (const set of versions) expectTrueCounts(set);
  });
});
