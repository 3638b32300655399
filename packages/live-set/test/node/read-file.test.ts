import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveSetError } from '../../src/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import { readSetFile, recognise } from '../../src/node/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'livetree-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function errorOf(path: string, limits: Partial<Limits> = {}): Promise<LiveSetError> {
  try {
    await readSetFile(path, { ...DEFAULT_LIMITS, ...limits });
  } catch (error) {
    if (error instanceof LiveSetError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const xml = Buffer.from('<Ableton Creator="Ableton Live 12.1"><LiveSet/></Ableton>\n'.repeat(40));

describe('readSetFile', () => {
  it('[FILE-6] gives the bytes, the XML, the SHA-256 of the file, its size and time', async () => {
    const file = gzipSync(xml);
    const path = written('Ünser Set.als', file);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const read = await readSetFile(path, DEFAULT_LIMITS);
    expect(file.equals(read.file)).toBe(true);
    expect(xml.equals(read.xml)).toBe(true);
    expect(read).toMatchObject({ sizeBytes: file.length, modifiedMs: 1_700_000_000_000, oddities: [] });
    expect(read.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('[FILE-6] bare XML has no oddities; a file compressed by another tool says so', async () => {
    expect((await readSetFile(written('bare.als', xml), DEFAULT_LIMITS)).oddities).toEqual([]);
    const file = gzipSync(xml);
    file[9] = 255;
    const { oddities } = await readSetFile(written('tool.als', file), DEFAULT_LIMITS);
    expect(oddities.map(({ code }) => code)).toEqual(['GZIP_OTHER_TOOL']);
  });

  it('[FILE-7] what cannot be read has its own code, and the message names the path', async () => {
    const missing = await errorOf(join(folder, 'none.als'));
    expect([missing.code, missing.message.includes('none.als')]).toEqual(['FILE_NOT_FOUND', true]);
    expect((await errorOf(join(written('a file', xml), 'inside.als'))).code).toBe('FILE_NOT_FOUND');
    expect((await errorOf(folder)).code).toBe('FILE_IS_FOLDER');
    expect((await errorOf(written('empty.als', new Uint8Array()))).code).toBe('FILE_EMPTY');
    expect((await errorOf(written('big.als', xml), { fileBytes: 100 })).code).toBe('FILE_TOO_BIG');
    expect((await errorOf(`${folder}/\0.als`)).code).toBe('FILE_UNREADABLE');
  });

  it.skipIf(process.platform === 'win32')('[FILE-7] a device is not waited for', async () => {
    expect((await errorOf('/dev/zero')).code).toBe('FILE_UNREADABLE');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    '[FILE-7] a file without permission says so',
    async () => {
      const path = written('secret.als', xml);
      chmodSync(path, 0);
      expect((await errorOf(path)).code).toBe('FILE_UNREADABLE');
    },
  );
});

describe('recognise', () => {
  const codeOf = (bytes: Uint8Array): string => {
    try {
      return recognise(bytes);
    } catch (error) {
      if (error instanceof LiveSetError) return error.code;
      throw error;
    }
  };

  it.each([
    ['xml', Buffer.from('<?xml version="1.0"?>')],
    ['xml', Buffer.from('\uFEFF\r\n\t <Ableton>')],
    ['xml', Buffer.from('\uFEFF<Ableton>', 'utf16le')],
    ['gzip', Buffer.from([0x1f, 0x8b])],
    ['FILE_EMPTY', Buffer.alloc(0)],
    ['FILE_APPLE_DOUBLE', Buffer.from([0, 5, 0x16, 7, 0, 2])],
    ['FILE_LFS_POINTER', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n')],
    ['FILE_OTHER_LIVE_DOCUMENT', Buffer.from('ampf\u0004\0\0\0')],
    ['FILE_NOT_A_SET', Buffer.from('RIFF\0\0\0\0WAVE')],
    ['FILE_NOT_A_SET', Buffer.from('PK\u0003\u0004')],
    ['FILE_NOT_A_SET', Buffer.from([0x1f])],
  ])('[FILE-2] %s: %o', (expected, bytes) => {
    expect(codeOf(bytes)).toBe(expected);
  });

  it.each([
    ['nothing but zeros', Buffer.alloc(5000)],
    ['web page', Buffer.from('\n<!DOCTYPE html><html>')],
    ['web page', Buffer.from('<html lang="en">')],
    ['ZIP archive', Buffer.from('PK\u0003\u0004')],
    ['archive', Buffer.from('Rar!\u001a')],
    ['sound file', Buffer.from('FORM\0\0\0\u0008AIFF')],
    ['MIDI file', Buffer.from('MThd\0\0\0\u0006')],
    ['Give the .als file', Buffer.from('bplist00')],
  ])('[FILE-20] %s: %o', (words, bytes) => {
    expect(() => recognise(bytes)).toThrow(words);
  });
});
