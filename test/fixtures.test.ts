import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url));
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.als'));

const xmlOf = (folder: string, name: string): string =>
  gunzipSync(readFileSync(join(folder, name))).toString('utf8');

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: Element | undefined;
}

/** Every element in document order; throws where saxes finds the document not well-formed. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { tag: name, attributes, parent: open.at(-1) };
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

const isPointee = ({ tag }: Element): boolean =>
  tag.endsWith('Target') || tag === 'Pointee' || tag.startsWith('ControllerTargets.');

const pointeesOf = (elements: readonly Element[]): readonly number[] =>
  elements
    .filter((element) => isPointee(element) && 'Id' in element.attributes)
    .map(({ attributes }) => Number(attributes['Id']));

const valuesOf = (elements: readonly Element[], tag: string): readonly number[] =>
  elements.filter((element) => element.tag === tag).map(({ attributes }) => Number(attributes['Value']));

const count = (elements: readonly Element[], tag: string): number =>
  elements.filter((element) => element.tag === tag).length;

/** Siblings that share tag and Id. */
function twins(elements: readonly Element[]): readonly string[] {
  const seen = new Map<Element | undefined, Set<string>>();
  return elements.flatMap(({ tag, attributes, parent }) => {
    if (attributes['Id'] === undefined) return [];
    const keys = seen.get(parent) ?? new Set();
    const key = `${tag} ${attributes['Id']}`;
    const known = keys.has(key);
    seen.set(parent, keys.add(key));
    return known ? [key] : [];
  });
}

describe('fixtures', () => {
  const remade = mkdtempSync(join(tmpdir(), 'livetree-fixtures-'));
  beforeAll(() => {
    execFileSync(process.execPath, [join(FOLDER, 'make.mjs'), remade]);
  });
  afterAll(() => rmSync(remade, { recursive: true }));

  it('[OPS-1] make.mjs writes exactly the committed fixtures, no more and no less', () => {
    expect(readdirSync(remade).sort()).toEqual([...NAMES].sort());
    for (const name of NAMES) expect(xmlOf(remade, name) === xmlOf(FOLDER, name), name).toBe(true);
  });

  it.each(NAMES)('[OPS-2] %s is a gzip file and a document as Live writes them', (name) => {
    const bytes = readFileSync(join(FOLDER, name));
    expect([...bytes.subarray(0, 9)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0]);
    const elements = elementsOf(xmlOf(FOLDER, name));
    expect(elements[0]?.tag).toBe('Ableton');
    expect(elements[1]?.tag).toBe('LiveSet');
    expect(twins(elements)).toEqual([]);
  });

  it.each(NAMES)(
    '[OPS-3] %s: pointees are unique, below NextPointeeId, and every reference resolves',
    (name) => {
      const elements = elementsOf(xmlOf(FOLDER, name));
      const pointees = pointeesOf(elements);
      expect(pointees.length).toBeGreaterThan(200);
      expect(new Set(pointees).size).toBe(pointees.length);
      for (const limit of valuesOf(elements, 'NextPointeeId'))
        expect(Math.max(...pointees)).toBeLessThan(limit);
      const references = valuesOf(elements, 'PointeeId');
      expect(references.length).toBeGreaterThan(0);
      expect(references.filter((id) => !pointees.includes(id))).toEqual([]);
    },
  );

  it.each(NAMES)('[OPS-4] %s: every track has as many slots as the Set has scenes', (name) => {
    const elements = elementsOf(xmlOf(FOLDER, name));
    const scenes = count(elements, 'Scene');
    const isSlotOf = (list: string, { tag, parent }: Element): boolean =>
      tag === 'ClipSlot' && parent?.tag === 'ClipSlotList' && parent.parent?.tag === list;
    const tracks = count(elements, 'AudioTrack') + count(elements, 'MidiTrack');
    for (const list of ['MainSequencer', 'FreezeSequencer']) {
      expect(elements.filter((element) => isSlotOf(list, element)).length, list).toBe(tracks * scenes);
    }
    expect(count(elements, 'GroupTrackSlot')).toBe(count(elements, 'GroupTrack') * scenes);
  });

  it('[OPS-5] the demo holds one of everything the README promises', () => {
    const elements = elementsOf(xmlOf(FOLDER, 'demo.als'));
    const expected = {
      AudioTrack: 5,
      MidiTrack: 5,
      GroupTrack: 4,
      ReturnTrack: 2,
      Scene: 8,
      Locator: 4,
      DrumBranch: 8,
      PluginDevice: 1,
      MxDeviceAudioEffect: 1,
      MxDeviceMidiEffect: 1,
      TakeLane: 2,
      ClipEnvelope: 1,
      AutomationEnvelope: 6,
    };
    const counted = Object.keys(expected).map((tag) => [tag, count(elements, tag)]);
    expect(Object.fromEntries(counted)).toEqual(expected);
  });

  it('[OPS-6] demo-next keeps all pointees of demo; only the dragged device changed its list', () => {
    const before = elementsOf(xmlOf(FOLDER, 'demo.als'));
    const after = elementsOf(xmlOf(FOLDER, 'demo-next.als'));
    const sorted = (elements: readonly Element[]) => [...pointeesOf(elements)].sort((a, b) => a - b);
    expect(sorted(after)).toEqual(sorted(before));
    expect(pointeesOf(after)).not.toEqual(pointeesOf(before));
    expect(count(after, 'MidiNoteEvent')).toBe(count(before, 'MidiNoteEvent') + 1);
  });

  it.each([
    ['small-l8.als', 'Ableton Live 8.', 'MasterTrack', 'SceneNames', 'ModulationList'],
    ['small-l9.als', 'Ableton Live 9.', 'MasterTrack', 'SceneNames', 'ModulationAutomation'],
    ['small-l10.als', 'Ableton Live 10.', 'MasterTrack', 'SceneNames', 'AutomationEnvelope'],
    ['small-l11.als', 'Ableton Live 11.', 'MasterTrack', 'Scenes', 'FollowAction'],
    ['small-l12.als', 'Ableton Live 12.3', 'MainTrack', 'Scenes', 'NoteAlgorithms'],
  ])('[OPS-7] %s is in the schema of %s', (name, creator, ...tags) => {
    const elements = elementsOf(xmlOf(FOLDER, name));
    expect(elements[0]?.attributes['Creator']?.startsWith(creator)).toBe(true);
    for (const tag of tags) expect(count(elements, tag), tag).toBeGreaterThan(0);
  });
});
