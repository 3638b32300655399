import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { coverage } from '../../src/coverage.ts';
import { diffSets } from '../../src/diff/diff.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { fixture, fixtureXml, inflated, parse } from '../corpus.ts';
import { ROLE } from '../../src/parse/roles.ts';
import { walk } from '../../src/patch/tree.ts';
import { setStats } from '../../src/stats.ts';
import { duplicateElement, mark } from '../mutations.ts';
import { names } from '../nodes.ts';
import { elementsByPlace } from '../places.ts';

describe('whatever the writing', () => {
  const xml = fixtureXml('demo');

  test('[PARSE-33] CRLF, LF, compressed or bare: the same Set', () => {
    const crlf = xml.replaceAll('\n', '\r\n');
    expect(crlf).not.toBe(xml);
    const set = parse(xml);
    for (const other of [parse(crlf), parse(inflated(gzipSync(xml))), parse(xml.replaceAll('\t', '  '))]) {
      expect(other.root).toEqual(set.root);
      expect(diffSets(set, other)).toMatchObject({ ops: [], touched: [] });
    }
  });

  test('[PARSE-34] a newer Live is read like the newest known, and said to be odd', () => {
    const newer = parse(xml.replace('Ableton Live 12.1.11', 'Ableton Live 13.0'));
    expect(newer.oddities.map(({ code }) => code)).toEqual(['NEW_LIVE']);
    expect(newer.root.props).toMatchObject({ liveMajor: 13, creator: 'Ableton Live 13.0' });
    expect(newer.root.lists).toEqual(parse(xml).root.lists);
  });

  test('[PARSE-35] no writer, or one from before Live 8, is said to be odd', () => {
    const without = parse(xml.replace(' Creator="Ableton Live 12.1.11"', ''));
    expect(without.oddities.map(({ code }) => code)).toEqual(['UNKNOWN_WRITER']);
    expect(without.root.props).not.toHaveProperty('creator');
    const old = parse(xml.replace('Ableton Live 12.1.11', 'Ableton Live 7.0.18'));
    expect(old.oddities.map(({ code }) => code)).toEqual(['OLD_LIVE']);
  });

  test('[PARSE-37] what another program put beside the Set is one of its other settings', () => {
    const beside = (value: string) =>
      parse(xml.replace('</Ableton>', `\t<Stamp>\n\t\t<By Value="${value}" />\n\t</Stamp>\n</Ableton>`));
    const [one, other] = [beside('one'), beside('other')];
    expect(one.oddities.map(({ code }) => code)).toEqual(['EXTRA_ELEMENT']);
    expect(coverage(one).elements.lost).toBe(0);
    expect(diffSets(one, other).touched).toEqual([{ id: 'set', facets: [], other: ['Stamp'] }]);
  });

  test('[PARSE-36] a track that names a group not before it, and slots without scene, are said to be odd', () => {
    const orphan = parse(xml.replace('<TrackGroupId Value="9" />', '<TrackGroupId Value="900" />'));
    expect(orphan.oddities.map(({ code }) => code)).toEqual(['UNKNOWN_GROUP']);
    expect(names(orphan.root.lists.tracks)).toContain('Keys 日本');
    const slot = /<ClipSlot Id="7">[\s\S]*?\n\t{7}<\/ClipSlot>/.exec(xml)?.[0] ?? '';
    const more = parse(xml.replace(slot, `${slot}${slot}`));
    expect(more.oddities.map(({ code }) => code)).toEqual(['SLOT_COUNT']);
  });
});

/** Kind and type of every node, in order. */
const kindsOf = ({ root }: ParsedSet): readonly string[] =>
  [...walk(root)].map(({ kind, props }) => `${kind} ${'type' in props ? props.type : ''}`);

describe('what stands twice in a file that Live did not write', () => {
  test.each(['small-l8', 'small-l12'])('[PARSE-65] ids are unique whatever is written twice: %s', (name) => {
    const marked = mark(fixture(name));
    for (const [element] of elementsByPlace(marked.set)) {
      if (marked.roles.elements[element!] !== ROLE.modelled) continue;
      const { xml, path } = duplicateElement(marked, element!);
      const set = parse(xml);
      const ids = [...walk(set.root)].map(({ id }) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(coverage(set).elements.lost, path).toBe(0);
    }
  });
});

const UNKNOWN = '<BrandNew Id="1" Value="1"><Inner Size="2" /></BrandNew>';

/** Where an unknown element is put, and on which node it shows. */
const PLACES: readonly (readonly [string, string])[] = [
  ['the Set', '<LiveSet>'],
  ['a track', '<AudioTrack Id="12"[^>]*>'],
  ['a mixer', '<Mixer>'],
  ['a send', '<TrackSendHolder Id="0">'],
  ['a device', '<Eq8 Id="0">'],
  ['a rack', '<DrumGroupDevice Id="1">'],
  ['a chain', '<DrumBranch Id="0">'],
  ['a drum pad', '<BranchInfo>'],
  ['a plug-in', '<PluginDevice Id="0">'],
  ['a Max device', '<MxDeviceMidiEffect Id="0">'],
  ['a MIDI clip', '<MidiClip Id="0"[^>]*>'],
  ['an audio clip', '<AudioClip Id="0"[^>]*>'],
  ['a loop', '<Loop>'],
  ['notes', '<KeyTrack Id="0">'],
  ['a scene', '<Scene Id="3">'],
  ['a locator', '<Locator Id="1">'],
  ['a take lane', '<TakeLane Id="0">'],
  ['an envelope', '<AutomationEnvelope Id="0">'],
  ['a sample reference', '<SampleRef>'],
  ['the transport', '<Transport>'],
  ['a routing', '<AudioOutputRouting>'],
];

describe('what Live wrote, but is no Set', () => {
  const document = (inside: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton MajorVersion="5" Creator="Ableton Live 12.1">${inside}</Ableton>`;

  test.each([
    ['<Eq8><LomId Value="0" /></Eq8>', 'a device preset (.adv)'],
    ['<UltraAnalog />', 'a device preset (.adv)'],
    ['<BrandNew><On><Manual Value="true" /></On></BrandNew>', 'a device preset (.adv)'],
    ['<OtherNew><LastPresetRef /></OtherNew>', 'a device preset (.adv)'],
    ['<MxDeviceAudioEffect />', 'a device preset (.adv)'],
    ['<GroupDevicePreset />', 'a rack preset (.adg)'],
    ['<Groove />', 'a groove (.agr)'],
    ['<Preferences />', 'no LiveSet inside'],
  ])('[FILE-21] %s', (inside, words) => {
    expect(() => parse(document(inside))).toThrow(words);
  });

  test('[FILE-22] a second document behind the Set, and the marks of a git merge, are named', () => {
    const xml = document('<LiveSet />');
    expect(() => parse(`${xml}\n${xml}`)).toThrow('a second document begins');
    expect(() => parse(`<<<<<<< HEAD\n${xml}`)).toThrow('marks of a merge');
    expect(() => parse(xml.replace('<LiveSet', '\n<<<<<<< ours\n<LiveSet'))).toThrow('marks of a merge');
    expect(() => parse(xml.replace('<LiveSet', '<<LiveSet'))).toThrow('a name is missing');
  });
});

describe('what is new, of a kind that is known', () => {
  const xml = fixtureXml('demo');
  const renamed = (from: string, to: string) =>
    parse(xml.replaceAll(new RegExp(`(?<=</?)${from}(?=[ >])`, 'g'), to));
  const stats = setStats(parse(xml));

  test('[PARSE-62] new racks, chains, plug-ins, Max devices and wrappers of devices are known for what they are', () => {
    const news = [
      ['DrumGroupDevice', 'PadGroupDevice'],
      ['DrumBranch', 'PadBranch'],
      ['PluginDevice', 'ClapPluginDevice'],
      ['MxDeviceMidiEffect', 'MxDeviceGenerator'],
      ['MidiToAudioDeviceChain', 'AnyToAnyDeviceChain'],
    ] as const;
    for (const [from, to] of news) {
      const set = renamed(from, to);
      expect(Buffer.from(set.tape.bytes).toString()).toContain(`<${to}`);
      expect(setStats(set), to).toEqual(stats);
      expect(names(set.root.lists.tracks)).toEqual(names(parse(xml).root.lists.tracks));
      expect(kindsOf(set), to).toEqual(kindsOf(parse(xml)));
    }
  });

  test('[PARSE-63] a kind of track that is not known is one of the other settings, and said to be odd', () => {
    const set = renamed('AudioTrack', 'VideoTrack');
    expect(set.oddities.map(({ code }) => code)).toContain('UNKNOWN_TRACK');
    expect(coverage(set).elements.lost).toBe(0);
    expect(setStats(set)).toEqual({ ...stats, tracks: { ...stats.tracks, audio: 0 } });
  });

  test('[PARSE-61] a device on the pre-hear track, and a clip beyond the last scene, are counted', () => {
    const device = '<Devices><Limiter Id="0"><On><Manual Value="true" /></On></Limiter></Devices>';
    const last = xml.lastIndexOf('<Devices />');
    const withDevice = `${xml.slice(0, last)}${device}${xml.slice(last + '<Devices />'.length)}`;
    expect(xml.slice(last)).toMatch(/^[^>]*>[\s<>/\w]*<\/PreHearTrack>/);
    expect(setStats(parse(withDevice))).toEqual({ ...stats, devices: stats.devices + 1 });
    const slot = /(?<=<ClipSlotList>)[\s\S]*?(?=<ClipSlot Id="1">)/.exec(xml)![0];
    expect(slot).toContain('<MidiClip');
    const set = parse(xml.replace('</ClipSlotList>', `${slot}</ClipSlotList>`));
    const more = setStats(set);
    expect([more.clipSlots, more.clips.session, more.midiClips]).toEqual([
      stats.clipSlots + 1,
      stats.clips.session + 1,
      stats.midiClips + 1,
    ]);
    expect(set.oddities.map(({ code }) => code)).toEqual(['SLOT_COUNT']);
    expect(coverage(set).elements.lost).toBe(0);
  });
});

describe('what no version known has', () => {
  const xml = fixtureXml('demo');
  const insert = (tag: string, what: string): string => {
    const added = xml.replace(new RegExp(tag), (found) => `${found}${what}`);
    if (added === xml) throw new Error(`no ${tag} in the demo`);
    return added;
  };

  test.each(PLACES)('[PARSE-37] an unknown element in %s is one of the other settings', (_, tag) => {
    const known = parse(insert(tag, UNKNOWN));
    const diff = diffSets(parse(xml), known);
    expect(diff.ops).toEqual([]);
    expect(diff.touched).toHaveLength(1);
    const [touched] = diff.touched;
    expect([...touched!.other, ...touched!.facets].join()).toMatch(/BrandNew|^\(|notes|envelopes/);
    expect(coverage(known).elements.lost).toBe(0);
  });

  test.each(PLACES)('[PARSE-38] a change inside of it shows: %s', (_, tag) => {
    const before = parse(insert(tag, UNKNOWN));
    const after = parse(insert(tag, UNKNOWN.replace('2', '3')));
    const { ops, touched } = diffSets(before, after);
    expect([ops.length, touched.length]).toEqual([0, 1]);
  });

  test('[PARSE-39] an unknown attribute shows too', () => {
    const { ops, touched } = diffSets(parse(xml), parse(insert('<Scene Id="3"', ' Mood="calm"')));
    expect([ops.length, touched.length]).toEqual([0, 1]);
  });
});
