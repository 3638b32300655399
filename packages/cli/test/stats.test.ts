import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpusPath, countedSet, hasCorpus } from './support/corpus.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree } from './support/run.ts';

const folder = testFolder();

/** Numbers by path of names: `tracks.audio`. */
function flat(value: object, prefix = ''): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).map(([name, part]) =>
    typeof part === 'object' && part !== null ? flat(part, `${prefix}${name}.`) : { [prefix + name]: part },
  );
  return Object.assign({}, ...entries);
}

/** Our figure → its name in the manifest of the corpus, which another program made. */
const COUNTS = {
  'tracks.audio': 'AudioTrack',
  'tracks.midi': 'MidiTrack',
  'tracks.group': 'GroupTrack',
  'tracks.return': 'ReturnTrack',
  scenes: 'scenes',
  clipSlots: 'clip_slots',
  'clips.session': 'session_clips',
  'clips.arrangement': 'arrangement_clips',
  'clips.takeLane': 'take_clips',
  midiClips: 'MidiClip',
  audioClips: 'AudioClip',
  devices: 'devices',
  pluginDevices: 'plugin_devices',
  maxDevices: 'mx_devices',
  racks: 'racks',
  chains: 'branches',
  notes: 'midi_notes',
  warpMarkers: 'warp_markers',
  locators: 'locators',
  takeLanes: 'take_lanes',
  automationEnvelopes: 'automation_envelopes',
  clipEnvelopes: 'clip_envelopes',
} as const;

describe('livetree stats', () => {
  it('[CLI-12] prints the counts of the demo Set as they are kept', async () => {
    const { stdout, stderr, code } = await livetree(['stats', DEMO]);
    expect([code, stderr]).toEqual([0, '']);
    const path = fileURLToPath(new URL('golden/demo.stats.txt', import.meta.url));
    if (process.env['LIVETREE_UPDATE'] === '1') writeFileSync(path, stdout);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
  });

  it('[CLI-13] --json has schema 1, the creator and every figure, as numbers', async () => {
    const { stdout } = await livetree(['stats', '--json', DEMO]);
    const { schema, creator, ...figures } = flat(JSON.parse(stdout));
    expect([schema, creator]).toEqual([1, 'Ableton Live 12.1.11']);
    expect(Object.keys(figures).sort()).toEqual(Object.keys(COUNTS).sort());
    expect(Object.values(figures).every((figure) => Number.isInteger(figure))).toBe(true);
  });

  it
    .skipIf(!hasCorpus)
    .each([
      ['launchpadseq_js_l8'],
      ['space_navigate'],
      ['clyphx_example'],
      ['keijiro_dxft'],
      ['maxdevtools_test'],
      ['producerpal_e2e_test_set'],
      ['briesen_ranger_rawxml'],
    ])('[CLI-14] %s: every figure equals what another program counted', async (name) => {
    const { file, counts, creator } = countedSet(name);
    const { stdout } = await livetree(['stats', '--json', corpusPath(file)]);
    const { schema: _, creator: writer, ...figures } = flat(JSON.parse(stdout));
    const expected = Object.entries(COUNTS).map(([ours, theirs]) => [ours, counts[theirs]]);
    expect(figures).toEqual(Object.fromEntries(expected));
    expect(writer).toBe(creator);
  });

  it('[CLI-15] --coverage accounts for every element and attribute of the file', async () => {
    const { stdout } = await livetree(['stats', '--json', '--coverage', DEMO]);
    const { coverage } = JSON.parse(stdout);
    const xml = gunzipSync(readFileSync(DEMO)).toString();
    const sum = (shares: Readonly<Record<string, number>>): number =>
      Object.values(shares).reduce((total, share) => total + share, 0);
    expect(sum(coverage.elements)).toBe(xml.match(/<[A-Za-z]/g)?.length);
    expect([coverage.live, coverage.elements.lost, coverage.attributes.lost]).toEqual([12, 0, 0]);
    const text = (await livetree(['stats', '--coverage', DEMO])).stdout;
    expect(text).toMatch(/elements: [\d.]+ % modelled, [\d.]+ % other settings, [\d.]+ % noise, 0 lost/);
  });
});

describe('livetree xml', () => {
  it('[CLI-16] prints the XML byte for byte, of compressed and of bare files', async () => {
    const xml = gunzipSync(readFileSync(DEMO));
    const { bytes, stderr, code } = await livetree(['xml', DEMO]);
    expect([code, stderr]).toEqual([0, '']);
    expect(bytes.equals(xml)).toBe(true);
    const bare = await livetree(['xml', folder.file('bare.als', xml)]);
    expect(bare.bytes.equals(xml)).toBe(true);
  });
});
