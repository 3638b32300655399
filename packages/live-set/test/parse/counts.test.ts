import { expect, test } from 'vitest';
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

function expectTrueCounts(set: CorpusSet): void {
  const ours = inManifestWords(setStats(parse(readXml(set))));
  const theirs = Object.fromEntries(Object.keys(ours).map((name) => [name, set.counts[name]]));
  expect(ours, set.name).toEqual(theirs);
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
