import { describe, expect, test } from 'vitest';
import { LiveSetError } from '../../src/errors.ts';
import type { FacetItem } from '../../src/model/facet.ts';
import {
  FACET_COUNT,
  FACET_NAMES,
  type FacetName,
  type NodeId,
  type TreeNode,
} from '../../src/model/node.ts';
import { type ParsedSet, readFacet } from '../../src/parse/parse-set.ts';
import { ROLE } from '../../src/parse/roles.ts';
import { walk } from '../../src/patch/tree.ts';
import { attributeText } from '../../src/xml/text.ts';
import { corpusSets, describeCorpus, fixture, liveMajor, parse, parseFile, smallSets } from '../corpus.ts';
import { changeAttributes, deleteElement, duplicateElement, mark } from '../mutations.ts';
import { allOf, named } from '../nodes.ts';
import { attributesByPlace, elementsByPlace } from '../places.ts';

const MORE = [
  'files/clyphx_example.als',
  'files/mapspat_demo.als',
  'files/producerpal_arrangement_clips.als',
];
const SETS = [...smallSets, ...corpusSets.filter(({ file }) => MORE.includes(file))];

const isSound = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(Number.isFinite) : typeof value !== 'number' || Number.isFinite(value);

/** What is wrong with the items of one facet; empty when all is well. */
function faults(node: TreeNode, facet: FacetName, items: readonly FacetItem[]): readonly string[] {
  const count = (node.props as Readonly<Record<string, unknown>>)[FACET_COUNT[facet]] ?? 0;
  const found: string[] = [];
  if (items.length !== count) found.push(`${items.length} items, the skeleton says ${count}`);
  if (new Set(items.map(({ key }) => key)).size !== items.length) found.push('a key occurs twice');
  for (const item of items) {
    if (!Object.values(item).every(isSound)) found.push(`not a number in ${JSON.stringify(item)}`);
    if (facet === 'parameters' && !item['name']) found.push(`no name in ${JSON.stringify(item)}`);
  }
  if (facet === 'notes' && !isInOrder(items)) found.push('notes are not in order');
  return found.map((fault) => `${node.id} ${facet}: ${fault}`);
}

/** By time, then pitch. */
function isInOrder(notes: readonly FacetItem[]): boolean {
  const place = (note: FacetItem): readonly [number, number] => [
    Number(note['time'] ?? 0),
    Number(note['pitch']),
  ];
  return notes.every((note, index) => {
    if (index === 0) return true;
    const [time, pitch] = place(note);
    const [timeBefore, pitchBefore] = place(notes[index - 1]!);
    return timeBefore < time || (timeBefore === time && pitchBefore <= pitch);
  });
}

/** What is wrong with the facets of a Set. */
const faultsOf = (set: ParsedSet): readonly string[] =>
  [...walk(set.root)].flatMap((node) =>
    FACET_NAMES.flatMap((facet) => faults(node, facet, readFacet(set, node.id, facet))),
  );

describe('facets of a Set that Live did not write', () => {
  const SMALL = ['small-l8', 'small-l9', 'small-l10', 'small-l11', 'small-l12'];

  test.each(['small-l9', 'small-l12'])(
    '[PARSE-64] one element missing or written twice leaves every facet sound: %s',
    (name) => {
      const marked = mark(fixture(name));
      for (const [element] of elementsByPlace(marked.set)) {
        if (marked.roles.elements[element!] !== ROLE.modelled) continue;
        const damaged = [deleteElement(marked, element!), duplicateElement(marked, element!)];
        for (const { xml, path, what } of damaged) {
          if (what === 'duplicated' && !IN_LIST.test(path)) continue;
          const parsed = parseIfSet(xml);
          if (parsed !== undefined) expect(faultsOf(parsed), `${path} ${what}`).toEqual([]);
        }
      }
    },
  );

  test.each(SMALL)('[PARSE-64] no number where one should be leaves every facet sound: %s', (name) => {
    const { set } = mark(fixture(name));
    for (const text of ['', '1.#INF', '-nan(ind)', '1e999']) {
      const changes = attributesByPlace(set).map(([attribute]) => ({ attribute: attribute!, value: text }));
      const numbers = changes.filter(({ attribute }) => isNumber(set, attribute));
      expect(numbers.length).toBeGreaterThan(50);
      expect(faultsOf(parse(changeAttributes(set, numbers))), text).toEqual([]);
    }
  });
});

/** What may stand more than once where it stands. */
const IN_LIST =
  /\/(Tracks|Devices|Branches|Events|Notes|KeyTracks|Envelopes\/Envelopes|Modulations|WarpMarkers|SampleParts|ParameterList)\/\w+$/;

const isNumber = ({ tape, platform }: ParsedSet, attribute: number): boolean =>
  /^-?\d/.test(attributeText(tape, attribute, platform));

/** Without its root element a document is no Set. */
function parseIfSet(xml: Uint8Array): ParsedSet | undefined {
  try {
    return parse(xml);
  } catch (error) {
    if (error instanceof LiveSetError) return undefined;
    throw error;
  }
}

describeCorpus('facets of every node', () => {
  test.each(SETS)(
    '[PARSE-40] as many items as the skeleton says, keys once, numbers finite: $name',
    ({ file }) => {
      const set = parseFile({ file });
      const found: string[] = [];
      let items = 0;
      for (const node of walk(set.root)) {
        for (const facet of FACET_NAMES) {
          const read = readFacet(set, node.id, facet);
          items += read.length;
          found.push(...faults(node, facet, read));
        }
      }
      expect(found).toEqual([]);
      expect(items).toBeGreaterThan(20);
    },
  );

  test('[PARSE-41] from Live 10 on every envelope of a track names the parameter that it moves', () => {
    let count = 0;
    for (const { file } of SETS.filter((one) => liveMajor(one) >= 10)) {
      const set = parseFile({ file });
      for (const { id } of allOf(set.root, 'track')) {
        for (const envelope of readFacet(set, id, 'envelopes')) {
          count++;
          expect(envelope['parameter'], `${file} ${id} ${envelope.key}`).toBeTypeOf('string');
          expect((envelope['points'] as readonly number[]).length).toBeGreaterThanOrEqual(2);
        }
      }
    }
    expect(count).toBeGreaterThan(20);
  });
});

describe('facets of our own Sets', () => {
  const set = fixture('demo');
  const read = (node: { readonly id: NodeId }, facet: FacetName) => readFacet(set, node.id, facet);
  const item = (items: readonly FacetItem[], name: string) => items.find((one) => one['name'] === name);
  const eq = named(set.root, 'track', 'Bass').lists.devices?.[1] as TreeNode;

  test('[PARSE-42] EQ Eight: names and units as Live shows them', () => {
    const parameters = read(eq, 'parameters');
    expect(parameters).toHaveLength(85);
    expect(item(parameters, '2 Frequency A')).toMatchObject({
      key: 'Bands.1/ParameterA/Freq',
      value: 1200,
      unit: 'Hz',
      raw: 1200,
      rangeMin: 10,
      rangeMax: 22000,
    });
    expect(item(parameters, '2 Gain A')).toMatchObject({ value: -3.5, unit: 'dB' });
    expect(item(parameters, '1 Filter Type A')).toMatchObject({ value: 'High Pass 12dB', raw: 1 });
    expect(item(parameters, 'Device On')).toMatchObject({ value: true, raw: true });
  });

  test('[PARSE-43] the mixer of tracks, chains and sends', () => {
    const vox = read(named(set.root, 'track', 'Vox'), 'parameters');
    expect(item(vox, 'Track Volume')?.['value']).toBeCloseTo(-1.5, 4);
    expect(item(vox, 'Track Volume')?.['unit']).toBe('dB');
    expect(item(vox, 'X-Fade Assign')).toMatchObject({ value: 'none', raw: 1 });
    const chain = read(named(set.root, 'chain', 'Growl 2'), 'parameters');
    expect(item(chain, 'Chain Volume')?.['value']).toBeCloseTo(-4.5, 4);
    const send = named(set.root, 'track', 'Vox').lists.sends?.[0] as TreeNode;
    expect(read(send, 'parameters')).toMatchObject([{ key: 'Send', name: 'Send', unit: 'dB' }]);
  });

  test('[PARSE-44] the main track: tempo, meter, crossfader, cue volume', () => {
    const main = read(named(set.root, 'track', 'Main'), 'parameters');
    expect(item(main, 'Song Tempo')).toMatchObject({ value: 124, unit: 'BPM' });
    expect(item(main, 'Cue Volume')?.['value']).toBeCloseTo(-6, 4);
    expect(main.map(({ key }) => key)).toContain('CrossFade');
  });

  test('[PARSE-45] macros have the names that the rack gives them', () => {
    const macros = read(named(set.root, 'device', 'Bus Bass'), 'parameters').filter(({ key }) =>
      key.startsWith('MacroControls.'),
    );
    expect(macros).toHaveLength(16);
    expect(macros.slice(0, 5).map((macro) => [macro['name'], macro['value']])).toEqual([
      ['Growl', 38],
      ['Cutoff', 71],
      ['Drive', 12],
      ['Länge', 64],
      ['Macro 5', 0],
    ]);
  });

  test('[PARSE-46] plug-ins and Max devices name their parameters themselves', () => {
    const plugin = read(named(set.root, 'device', 'Glasswing'), 'parameters');
    expect(plugin.slice(1, 5).map(({ key, name, value }) => [key, name, value])).toEqual([
      ['#11', 'Cutoff', 0.62],
      ['#12', 'Resonance', 0.2],
      ['#13', 'Attack', 0.4],
      ['#14', 'Drift', 0.1234567687],
    ]);
    const max = read(named(set.root, 'device', 'Bus Shifter'), 'parameters');
    expect(max.slice(1).map(({ name, value }) => [name, value])).toEqual([
      ['Shift', 3.5],
      ['Grain', 16],
      ['Mode', 1],
    ]);
  });

  test('[PARSE-47] notes by time, then pitch; with what the file says of each', () => {
    const clip = named(set.root, 'track', 'Bass').lists.clips?.[0] as TreeNode;
    expect(
      read(clip, 'notes').map(({ time, pitch, velocity, enabled }) => [time, pitch, velocity, enabled]),
    ).toEqual([
      [0, 33, 110, true],
      [1.5, 36, 104, true],
      [2.5, 33, 96, true],
      [3.25, 40, 90, false],
    ]);
    const kit = read(named(set.root, 'track', 'Kit').lists.clips?.[0] as TreeNode, 'notes');
    expect(kit.find(({ time }) => time === 3.5)).toMatchObject({ probability: 0.5, velocityDeviation: -20 });
  });

  test.each([8, 9, 10, 11, 12])(
    '[PARSE-48] Live %i: defaults that the file leaves out are filled in',
    (version) => {
      const small = fixture(`small-l${version}`);
      const [clip] = allOf(small.root, 'clip').filter(({ props }) => props.name === 'Riff');
      const { key: _, ...first } = readFacet(small, clip!.id, 'notes')[0]!;
      expect(first).toEqual({
        pitch: 60,
        time: 0,
        duration: 1,
        velocity: 100,
        releaseVelocity: 64,
        velocityDeviation: 0,
        probability: 1,
        enabled: true,
      });
    },
  );

  test('[PARSE-49] points of an envelope: time and value in turn, with the curves', () => {
    expect(read(named(set.root, 'track', 'Bass'), 'envelopes')).toMatchObject([
      {
        parameter: '2 Frequency A',
        points: [-63072000, 1200, 32, 1200, 56, 340, 64, 1200],
        curves: [0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.75, 0.5, 1, 0, 0, 0, 0],
      },
    ]);
    const [macro] = read(named(set.root, 'track', 'Bass').lists.clips?.[0] as TreeNode, 'envelopes');
    expect(macro).toMatchObject({ parameter: 'Cutoff', points: [-63072000, 0, 0, 0, 2, 24, 4, 0] });
    expect(macro).not.toHaveProperty('curves');
    const main = read(named(set.root, 'track', 'Main'), 'envelopes');
    const steps = main.map((item) => [item['parameter'], item['steps'] === true]);
    expect(Object.fromEntries(steps)).toEqual({ 'Time Signature': true, 'Song Tempo': false });
  });

  test('[PARSE-50] warp markers and samples', () => {
    expect(
      read(named(set.root, 'clip', 'Vox Verse'), 'warpMarkers').map(({ seconds, beats }) => [seconds, beats]),
    ).toEqual([
      [0.412, 0],
      [15.9, 32],
      [31.36, 64],
      [31.375, 64.03125],
    ]);
    const simpler = named(set.root, 'chain', 'Sub').lists.devices?.[0] as TreeNode;
    expect(read(simpler, 'samples')).toEqual([
      {
        key: '0',
        name: 'Sub C1',
        path: '/Users/mira/Music/Night Bus Project/Samples/Imported/Sub C1.aif',
        rootKey: 60,
        detuneCents: 0,
        sampleStart: 0,
        sampleEnd: 22049,
      },
    ]);
  });

  test('[PARSE-51] what has no such facet, or is not there, has no items', () => {
    expect(read(set.root, 'notes')).toEqual([]);
    expect(read({ id: 'nobody' as NodeId }, 'parameters')).toEqual([]);
    const noSend: ParsedSet = parse(removeSendParameter());
    expect(allOf(noSend.root, 'send').flatMap(({ id }) => readFacet(noSend, id, 'parameters')).length).toBe(
      allOf(set.root, 'send').length - 1,
    );
  });
});

/** A send without its parameter: Live never writes that. */
function removeSendParameter(): string {
  const bytes = fixture('demo').tape.bytes;
  return Buffer.from(bytes)
    .toString()
    .replace(/<Send>[\s\S]*?<\/Send>/, '<Empty />');
}
