import { describe, expect, it } from 'vitest';
import { scan } from '../../src/xml/scan.ts';
import { corpusFiles, corpusSeries, hasCorpus, readCorpusXml } from './corpus.ts';
import { digestOf, readTape, readWithOracle, rootHash, scanOptions } from './oracle.ts';

/** LIVETREE_ALL=1 takes every save of every series too; it needs some minutes. */
const takesAll = process.env['LIVETREE_ALL'] === '1';
const SKIPPED_ODD = /appledouble|bad_gzip_crc|empty|junk|lfs_pointer/;

const files = [
  ...corpusFiles('files'),
  ...corpusFiles('odd').filter((path) => !SKIPPED_ODD.test(path)),
  ...corpusSeries().flatMap((series) => (takesAll ? series : [series[0]!, series.at(-1)!])),
];

describe.skipIf(!hasCorpus)(
  `every real Set (${takesAll ? 'and every save' : 'first and last save of each series; LIVETREE_ALL=1 for all'})`,
  () => {
    it.each(files)('[PARSE-1] %s: names, attributes, nesting and text are those that saxes reads', (path) => {
      const xml = readCorpusXml(path);
      const tape = scan(xml, scanOptions());
      expect(digestOf((sink) => readTape(tape, sink))).toBe(
        digestOf((sink) => readWithOracle(xml.toString('utf8'), sink)),
      );
    });

    it('[PARSE-7] a Set saved compressed and bare has one hash', () => {
      const [first, second] = corpusSeries()
        .filter((series) => series[0]!.includes('l10-cougar-rawxml'))
        .flat()
        .map((path) => rootHash(scan(readCorpusXml(path), scanOptions())));
      expect(first).toBe(second);
    });

    it('[PARSE-7] the hash of a real Set does not see line ends or indentation, and sees one digit', () => {
      const xml = readCorpusXml('files/lucas_base_l12.als').toString('utf8').replaceAll('\r\n', '\n');
      const hash = (text: string) => rootHash(scan(Buffer.from(text), scanOptions()));
      expect(hash(xml.replaceAll('\n', '\r\n'))).toBe(hash(xml));
      expect(hash(xml.replaceAll(/>\n\t*</g, '>\n<'))).toBe(hash(xml));
      expect(hash(xml.replace(/(<Tempo>.*?<Manual Value="\d+)/s, '$17'))).not.toBe(hash(xml));
    });

    it('[PARSE-7] different element texts of a real Set do not meet in a hash', () => {
      const xml = readCorpusXml('files/besser_house_track.als');
      const tape = scan(xml, scanOptions());
      const textOfHash = new Map<string, string>();
      for (let element = 0; element < tape.size; element += 1) {
        const text = xml.toString('latin1', tape.start[element], tape.stop[element]).replaceAll(/\s+/g, ' ');
        if (text.length > 400) continue;
        const hash = `${tape.hashHigh[element]}:${tape.hashLow[element]}`;
        expect(textOfHash.get(hash) ?? text).toBe(text);
        textOfHash.set(hash, text);
      }
      expect(textOfHash.size).toBeGreaterThan(10_000);
    });
  },
);
