/** Real Sets for the tests: many, of all versions, and successive saves. They are never copied into the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe } from 'vitest';
import { nodePlatform } from '../src/node/platform.ts';
import { type ParsedSet, parseSet } from '../src/parse/parse-set.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The folder of the real Sets: `LIVETREE_CORPUS`, relative to the repository. */
export const corpusFolder = resolve(ROOT, process.env['LIVETREE_CORPUS'] ?? '../shared/corpus');
export const hasCorpus = existsSync(resolve(corpusFolder, 'manifest.json'));
if (!hasCorpus) {
  process.stderr.write(
    `\nSKIPPED: no corpus of real Sets at ${corpusFolder}. Set LIVETREE_CORPUS to its folder.\n`,
  );
}

/** A Set of the corpus, as its manifest describes it. `counts` were taken by an independent script. */
export interface CorpusSet {
  readonly name: string;
  /** Path below {@link corpusFolder}. */
  readonly file: string;
  /** `Ableton Live 12.1.11` */
  readonly creator: string;
  /** Size when inflated, in bytes. */
  readonly xml_bytes: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Successive saves of one Set, in order. */
export interface CorpusSeries {
  readonly series: string;
  readonly versions: readonly CorpusSet[];
}

interface Manifest {
  readonly files: readonly CorpusSet[];
  readonly series: readonly CorpusSeries[];
}

const manifest: Manifest = hasCorpus
  ? (JSON.parse(readFileSync(resolve(corpusFolder, 'manifest.json'), 'utf8')) as Manifest)
  : { files: [], series: [] };

/** The single Sets. */
export const corpusFiles = manifest.files;
export const corpusSeries = manifest.series;
/** All Sets: the single ones and every save of the series. */
export const corpusSets: readonly CorpusSet[] = [
  ...corpusFiles,
  ...corpusSeries.flatMap(({ versions }) => versions),
];

const SMALL = [
  'series/l08-launchpad-seq/0012.als',
  'files/launchpadseq_js_l8.als',
  'files/nodechomsky_gpio_house.als',
  'files/nodechomsky_fly_write_jam.als',
  'files/fleeting.als',
  'files/beatz_me_rehuso.als',
  'files/keijiro_midianimation.als',
  'files/maxdevtools_test.als',
  'series/l11-alp-rawxml/0003.als',
  'files/lucas_base_l12.als',
  'files/besser_apple_cover.als',
  'files/besser_uk_garage.als',
  'series/l12-test/0009.als',
];
/** Small Sets of every version, with racks, plug-ins, Max devices, audio, automation, take lanes, groups. */
export const smallSets: readonly CorpusSet[] = corpusSets.filter(({ file }) => SMALL.includes(file));

/** Version of Live that wrote a Set: 8 … 12. */
export const liveMajor = (set: CorpusSet): number => Number(/Live (\d+)/.exec(set.creator)?.[1]);

/** `describe` for what needs the corpus; skipped without it. */
export const describeCorpus = describe.skipIf(!hasCorpus);

/** Compressed or bare bytes → XML. */
export function inflated(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** The XML of a Set of the corpus. */
export const readXml = ({ file }: Pick<CorpusSet, 'file'>): Buffer =>
  inflated(readFileSync(resolve(corpusFolder, file)));

/** Parses XML given as bytes or text. */
export const parse = (xml: Uint8Array | string): ParsedSet =>
  parseSet(typeof xml === 'string' ? Buffer.from(xml) : xml, { platform: nodePlatform });

const MOST_KEPT = 4;
const kept = new Map<string, ParsedSet>();

/** A parsed Set of the corpus; the few asked for last are kept. */
export function parseFile(set: Pick<CorpusSet, 'file'>): ParsedSet {
  const known = kept.get(set.file) ?? parse(readXml(set));
  kept.delete(set.file);
  kept.set(set.file, known);
  if (kept.size > MOST_KEPT) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
  return known;
}

/** The XML of one of our own fixtures, as text. */
export const fixtureXml = (name: string): string =>
  inflated(readFileSync(resolve(ROOT, 'fixtures', `${name}.als`))).toString('utf8');

/** One of our own fixtures, parsed. */
export const fixture = (name: string): ParsedSet => parse(fixtureXml(name));
