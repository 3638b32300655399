import { describe, expect, test } from 'vitest';
import { diffSets, type SetDiff } from '../../src/diff/diff.ts';
import type { NodeId, TreeNode } from '../../src/model/node.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { applyOps } from '../../src/patch/apply.ts';
import { walk } from '../../src/patch/tree.ts';
import { describeCorpus, fixture, fixtureXml, parse, parseFile, readXml } from '../corpus.ts';
import { allOf, named } from '../nodes.ts';
import { insertScene } from '../xml-edits.ts';

const ids = (nodes: readonly TreeNode[]): readonly NodeId[] => nodes.map(({ id }) => id);
const sessionClips = ({ root }: ParsedSet): readonly NodeId[] =>
  allOf(root, 'clip')
    .filter(({ props }) => props.scene !== undefined)
    .map(({ id }) => id);

/** The one new scene, and nothing else. */
function expectOneNewScene(before: ParsedSet, row: number, diff: SetDiff): void {
  expect(diff.ops).toHaveLength(1);
  expect(diff.ops[0]).toMatchObject({ op: 'insert', parent: 'set', list: 'scenes', index: row });
  expect(ids(diff.after.root.lists.scenes ?? []).toSpliced(row, 1)).toEqual(
    ids(before.root.lists.scenes ?? []),
  );
  expect(sessionClips(diff.after)).toEqual(sessionClips(before));
  expect(diff.touched).toEqual([]);
}

describeCorpus('what a thing is, over real saves', () => {
  test('[ID-1] an Id that Live gave out again is another track: one goes, one comes', () => {
    const [before, after] = [2, 3].map((save) => parseFile({ file: `series/l11-alp-rawxml/000${save}.als` }));
    const { ops } = diffSets(before!, after!);
    expect(ops.map(({ op }) => op).sort()).toEqual(['insert', 'remove']);
    const gone = named(before!.root, 'track', 'Lux');
    const come = named(after!.root, 'track', 'Drift');
    expect([gone.props.autoName, come.props.autoName]).toEqual([true, true]);
    expect(ops).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ op: 'remove', id: gone.id }),
        expect.objectContaining({ op: 'insert', node: expect.objectContaining({ props: come.props }) }),
      ]),
    );
    expect(come.id).not.toBe(gone.id);
  });

  test.each([
    'files/fleeting.als',
    'files/keijiro_midianimation.als',
    'files/besser_uk_garage.als',
    'files/producerpal_arrangement_clips.als',
    'series/l12-test/0009.als',
  ])('[ID-2] clips, scenes, locators and lanes that Live keyed anew are the same: %s', (file) => {
    const xml = readXml({ file }).toString();
    const keyedAnew = xml.replaceAll(
      /<(MidiClip|AudioClip|Scene|Locator|TakeLane)( [^>]*?)?Id="(\d+)"/g,
      (_, tag: string, more: string | undefined, id: string) =>
        `<${tag}${more ?? ' '}Id="${Number(id) + 70_000}"`,
    );
    expect(keyedAnew).not.toBe(xml);
    const before = parse(xml);
    const after = parse(keyedAnew);
    const clips = allOf(before.root, 'clip');
    expect(clips.length).toBeGreaterThan(0);
    expect(ids(allOf(after.root, 'scene'))).not.toEqual(ids(allOf(before.root, 'scene')));
    const diff = diffSets(before, after);
    expect([diff.ops, diff.touched]).toEqual([[], []]);
    expect(ids([...walk(diff.after.root)])).toEqual(ids([...walk(before.root)]));
  });

  test.each([
    ['files/nodechomsky_gpio_house.als', 1],
    ['files/nodechomsky_fly_write_jam.als', 3],
    ['files/clyphx_example.als', 2],
    ['files/launchpadseq_js_l8.als', 2],
    ['series/l09-loopdev/0003.als', 2],
  ])('[ID-3] scenes without Id: one more in the middle moves no clip: %s', (file, row) => {
    const before = parseFile({ file });
    expect(before.root.lists.scenes?.[0]?.id).toMatch(/@/);
    expectOneNewScene(before, row, diffSets(before, insertScene(before, row, 'A new scene')));
  });
});

describe('what a thing is, in our own Sets', () => {
  test('[ID-4] a device dragged to another track is the same device', () => {
    const before = fixture('demo');
    const pump = named(before.root, 'device', 'Pump');
    const { ops, after } = diffSets(before, fixture('demo-next'));
    const pad = named(after.root, 'track', 'Pad für Intro');
    expect(ids(pad.lists.devices ?? [])).toContain(pump.id);
    expect(ops.filter((op) => op.op !== 'set')).toEqual([
      expect.objectContaining({ op: 'move', id: pump.id, parent: pad.id }),
    ]);
  });

  test.each([8, 9])('[ID-3] Live %i: a scene between others, with a name or without', (version) => {
    const before = fixture(`small-l${version}`);
    expectOneNewScene(before, 0, diffSets(before, insertScene(before, 0, 'A new scene')));
    expectOneNewScene(before, 2, diffSets(before, insertScene(before, 2, 'A new scene')));
    expectOneNewScene(before, 0, diffSets(before, insertScene(before, 0, '')));
  });

  test.each([8, 9])(
    '[ID-8] Live %i: a scene with another name or colour is the same scene, its clip the same clip',
    (version) => {
      const xml = fixtureXml(`small-l${version}`);
      const before = parse(xml);
      const renamed = diffSets(before, parse(xml.replace('<Scene Value="One"', '<Scene Value="Eins"')));
      expect(renamed.ops).toEqual([{ op: 'set', id: 's@0', props: { name: 'Eins' }, was: { name: 'One' } }]);
      expect(sessionClips(renamed.after)).toEqual(sessionClips(before));
      const recoloured = xml.replace(/(<Scene Value="One">[\s\S]*?<ColorIndex Value=")4"/, '$19"');
      expect(diffSets(before, parse(recoloured)).ops).toMatchObject([
        { op: 'set', id: 's@0', props: { color: 9 } },
      ]);
    },
  );

  test.each([8, 9])(
    '[ID-9] Live %i: of several equal clips in a row the one that was removed goes',
    (version) => {
      const xml = fixtureXml(`small-l${version}`);
      const clip = /\n\t+<MidiClip Time="8">[\s\S]*?<\/MidiClip>/.exec(xml)?.[0] ?? '';
      const copyAt = (time: number): string =>
        clip
          .replace('<MidiClip Time="8">', `<MidiClip Time="${time}">`)
          .replace('<CurrentStart Value="8"', `<CurrentStart Value="${time}"`)
          .replace('<CurrentEnd Value="16"', `<CurrentEnd Value="${time + 8}"`);
      const four = parse(xml.replace(clip, [8, 16, 24, 32].map(copyAt).join('')));
      const three = parse(xml.replace(clip, [16, 24, 32].map(copyAt).join('')));
      expect(diffSets(four, three).ops).toMatchObject([{ op: 'remove', id: expect.stringMatching(/@8$/) }]);
      expect(diffSets(three, four).ops).toMatchObject([{ op: 'insert', index: 0 }]);
    },
  );

  test('[ID-5] a device whose pointees are all new is found by place and class', () => {
    const xml = fixtureXml('demo');
    const eq = /<Eq8 Id="1">[\s\S]*?<\/Eq8>/.exec(xml)?.[0] ?? '';
    const swapped = eq.replaceAll(
      /Target Id="(\d+)"/g,
      (_, id: string) => `Target Id="${Number(id) + 90_000}"`,
    );
    const before = parse(xml);
    const diff = diffSets(before, parse(xml.replace(eq, swapped)));
    expect(ids([...walk(diff.after.root)])).toEqual(ids([...walk(before.root)]));
    expect(diff.ops).toEqual([]);
  });

  test('[ID-6] a key that a file uses twice: said to be odd, ids stay unique, all is read', () => {
    const xml = fixtureXml('demo');
    const device = /\n\t+<Limiter Id="1">[\s\S]*?<\/Limiter>/.exec(xml)?.[0] ?? '';
    const track = /\n\t\t\t<AudioTrack Id="13"[\s\S]*?\n\t\t\t<\/AudioTrack>/.exec(xml)?.[0] ?? '';
    const clean = parse(xml);
    const broken = parse(xml.replace(device, device + device).replace(track, track + track));
    expect(new Set(broken.oddities.map(({ code }) => code))).toEqual(new Set(['DUPLICATE_KEY']));
    const found = ids([...walk(broken.root)]);
    expect(new Set(found).size).toBe(found.length);
    expect(allOf(broken.root, 'device')).toHaveLength(allOf(clean.root, 'device').length + 1);
    expect(allOf(broken.root, 'track')).toHaveLength(allOf(clean.root, 'track').length + 1);
    const diff = diffSets(clean, broken);
    expect(applyOps(clean.root, diff.ops)).toEqual(diff.after.root);
    expect(diff.ops.map(({ op }) => op)).toEqual(['insert', 'insert']);
  });

  test('[ID-7] ids do not depend on names, colours or order', () => {
    const xml = fixtureXml('demo');
    const renamed = xml
      .replaceAll(/<(UserName|EffectiveName) Value="([^"]+)"/g, '<$1 Value="$2 X"')
      .replaceAll(/<Color Value="\d+"/g, '<Color Value="1"');
    const before = parse(xml);
    const { after, ops } = diffSets(before, parse(renamed));
    expect(ids([...walk(after.root)])).toEqual(ids([...walk(before.root)]));
    expect(new Set(ops.map(({ op }) => op))).toEqual(new Set(['set']));
  });
});
