import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveSetError } from '../../src/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import { inflateSet, inflateSetAside } from '../../src/node/inflate.ts';
import { gzipOddities } from '../../src/node/recognise.ts';
import { hasCorpus, readCorpusFile } from '../xml/corpus.ts';

const xml = Buffer.from(
  `<?xml version="1.0"?>\n<Ableton>${'<Manual Value="0.5" />\n'.repeat(3000)}</Ableton>\n`,
);
const set = gzipSync(xml);

function codeOf(file: Uint8Array, limits: Partial<Limits> = {}): string {
  try {
    inflateSet(file, { ...DEFAULT_LIMITS, ...limits });
  } catch (error) {
    if (error instanceof LiveSetError) return error.code;
    throw error;
  }
  return 'read';
}

function withTrailerLength(file: Buffer, length: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt32LE(length >>> 0, copy.length - 4);
  return copy;
}

describe('inflateSet', () => {
  it('[FILE-1] reads a compressed Set, and bare XML without a copy', () => {
    expect(xml.equals(inflateSet(set, DEFAULT_LIMITS))).toBe(true);
    expect(inflateSet(xml, DEFAULT_LIMITS)).toBe(xml);
    expect(gzipOddities(set, xml.length)).toEqual([]);
  });

  it('[FILE-1] reads a Set inside a bigger buffer', () => {
    const around = Buffer.concat([Buffer.from('xxx'), set, Buffer.from('yyyyyy')]);
    expect(xml.equals(inflateSet(around.subarray(3, 3 + set.length), DEFAULT_LIMITS))).toBe(true);
  });

  it('[FILE-3] a file cut off anywhere is called cut off', () => {
    for (let length = 2; length < set.length; length += 7)
      expect([length, codeOf(set.subarray(0, length))]).toEqual([length, 'GZIP_CUT_OFF']);
  });

  it('[FILE-1] on another thread comes out the same, or the same error', async () => {
    const cut = set.subarray(0, set.length - 9);
    const pieces = Buffer.concat([gzipSync(xml.subarray(0, 1000)), gzipSync(xml.subarray(1000))]);
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const files = [set, xml, pieces, cut, withTrailerLength(set, 1), bomb, Buffer.from('junk')];
    for (const [at, file] of files.entries()) {
      const aside = await inflateSetAside(file, DEFAULT_LIMITS).catch((error: unknown) => error);
      if (aside instanceof Uint8Array) expect([at, xml.equals(aside)]).toEqual([at, true]);
      else expect([at, aside]).toMatchObject([at, { code: codeOf(file), name: 'LiveSetError' }]);
      expect([at, aside instanceof Uint8Array]).toEqual([at, at < 3]);
    }
  });

  it('[FILE-3] a file with a byte changed is refused, or is the same Set', () => {
    fc.assert(
      fc.property(fc.nat({ max: set.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const copy = Buffer.from(set);
        copy[at]! ^= bits;
        const code = codeOf(copy);
        expect(['GZIP_DAMAGED', 'GZIP_CUT_OFF', 'FILE_NOT_A_SET', 'read']).toContain(code);
        if (code === 'read') expect(xml.equals(inflateSet(copy, DEFAULT_LIMITS))).toBe(true);
        else if (at >= set.length - 8) expect(code).toBe('GZIP_DAMAGED');
      }),
      { numRuns: 500 },
    );
  });

  it('[FILE-3] a trailer that lies about the length is refused by the checksum of the format, whatever it says', () => {
    for (const length of [0, 1, xml.length - 1, xml.length + 1, 2 ** 31, 2 ** 32 - 1]) {
      expect([length, codeOf(withTrailerLength(set, length))]).toEqual([length, 'GZIP_DAMAGED']);
    }
  });

  it('[FILE-4] zeros behind the compressed Set are left unread and named; anything else is damage', () => {
    for (const behind of [
      Buffer.alloc(1),
      Buffer.alloc(600),
      withTrailerLength(Buffer.alloc(8), xml.length),
    ]) {
      const file = Buffer.concat([set, behind]);
      expect(xml.equals(inflateSet(file, DEFAULT_LIMITS))).toBe(true);
      if (behind.length !== 8)
        expect(gzipOddities(file, xml.length).map(({ code }) => code)).toEqual(['GZIP_TRAILING_BYTES']);
    }
    expect(codeOf(Buffer.concat([set, Buffer.from('more')]))).toBe('GZIP_DAMAGED');
  });

  it('[FILE-4] several compressed pieces are one text, as for gzip', () => {
    const file = Buffer.concat([gzipSync(xml.subarray(0, 1000)), gzipSync(xml.subarray(1000))]);
    expect(xml.equals(inflateSet(file, DEFAULT_LIMITS))).toBe(true);
    expect(gzipOddities(file, xml.length).map(({ code }) => code)).toEqual(['GZIP_TRAILING_BYTES']);
  });

  it('[FILE-5] a file made to fill the memory is refused', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    expect(codeOf(bomb)).toBe('GZIP_BOMB');
    expect(codeOf(withTrailerLength(bomb, bomb.length * 2))).toBe('GZIP_BOMB');
    expect(codeOf(bomb, { inflateRatio: 2000 })).toBe('read');
    expect(codeOf(bomb, { inflateRatio: 2000, xmlBytes: 70 * 1024 * 1024 })).toBe('GZIP_TOO_BIG');
    expect(codeOf(bomb, { xmlBytes: 1024 })).toBe('GZIP_TOO_BIG');
    // Under 64 MB the ratio says nothing: an empty Set of many scenes is as regular.
    expect(codeOf(gzipSync(Buffer.alloc(60 * 1024 * 1024)))).toBe('read');
  });

  it('[FILE-5] limits count for bare XML too, and to the byte', () => {
    expect(codeOf(xml, { xmlBytes: xml.length })).toBe('read');
    expect(codeOf(xml, { xmlBytes: xml.length - 1 })).toBe('FILE_TOO_BIG');
    expect(codeOf(set, { xmlBytes: xml.length })).toBe('read');
    expect(codeOf(set, { xmlBytes: xml.length - 1 })).toBe('GZIP_TOO_BIG');
  });

  it('[FILE-3] no bytes bring out another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, hasHeader) => {
        codeOf(hasHeader ? Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), bytes]) : bytes);
        const raw = Buffer.concat([
          Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
          deflateRawSync(bytes),
          Buffer.alloc(8),
        ]);
        expect(codeOf(raw)).toMatch(/^GZIP_|^read$/);
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(!hasCorpus)('[FILE-2] odd files of the corpus', () => {
    const codes = ['empty', 'junk', 'lfs_pointer', 'appledouble', 'bad_gzip_crc'].map((name) =>
      codeOf(readCorpusFile(`odd/${name}.als`)),
    );
    expect(codes).toEqual([
      'FILE_EMPTY',
      'FILE_NOT_A_SET',
      'FILE_LFS_POINTER',
      'FILE_APPLE_DOUBLE',
      'GZIP_DAMAGED',
    ]);
    for (const name of [
      'thirdparty_gzip_header',
      'python_rewritten',
      'abletoolz_skeleton_12_4_5b',
      'dawtool_live8_handedited',
    ]) {
      const file = readCorpusFile(`odd/${name}.als`);
      const oddities = gzipOddities(file, inflateSet(file, DEFAULT_LIMITS).length);
      expect([name, oddities.map(({ code }) => code)]).toEqual([name, ['GZIP_OTHER_TOOL']]);
    }
    const live = readCorpusFile('files/tedx_set.als');
    expect(gzipOddities(live, inflateSet(live, DEFAULT_LIMITS).length)).toEqual([]);
  });
});
