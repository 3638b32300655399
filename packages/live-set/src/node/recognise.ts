import { LiveSetError } from '../errors.ts';
import type { Oddity } from '../xml/tape.ts';

/** How the XML of a Set lies in its file: compressed, as Live saves it, or bare (docs/als-format.md, "Container"). */
export type Container = 'gzip' | 'xml';

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const APPLE_DOUBLE = [0x00, 0x05, 0x16, 0x07];
const MAX_DEVICE = [0x61, 0x6d, 0x70, 0x66];
const WEB_PAGE = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)[\s>]/i;
/** What people take for a Set or put in its place, by how it begins. */
const OTHERS: readonly (readonly [starts: readonly string[], what: string])[] = [
  [['PK\u0003\u0004'], 'This is a ZIP archive, not a Set. Unpack it, and give the .als file inside.'],
  [
    ['7z\u00bc\u00af', 'Rar!', '\u00fd7zXZ', 'BZh'],
    'This is an archive, not a Set. Unpack it, and give the .als file inside.',
  ],
  [['RIFF', 'FORM', 'fLaC', 'OggS', 'ID3'], 'This is a sound file, not a Set. Give the .als file of a Set.'],
  [['MThd'], 'This is a MIDI file, not a Set. Give the .als file of a Set.'],
];
const LOOKED_AT_BYTES = 256;

/**
 * Tells by its first bytes what a file is.
 * @throws LiveSetError FILE_EMPTY, FILE_APPLE_DOUBLE, FILE_LFS_POINTER, FILE_OTHER_LIVE_DOCUMENT, FILE_NOT_A_SET
 */
export function recognise(file: Uint8Array): Container {
  if (file.length === 0) {
    throw new LiveSetError(
      'FILE_EMPTY',
      'The file is empty. If it lies in a synced folder, wait until it has been downloaded.',
    );
  }
  if (startsWith(file, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(file, APPLE_DOUBLE)) {
    throw new LiveSetError(
      'FILE_APPLE_DOUBLE',
      'This is a side file that macOS makes on foreign disks; the real Set has the same name without "._" in front.',
    );
  }
  if (startsWith(file, MAX_DEVICE)) {
    throw new LiveSetError('FILE_OTHER_LIVE_DOCUMENT', 'This is a Max for Live device (.amxd), not a Set.');
  }
  const text = Buffer.from(file.subarray(0, LOOKED_AT_BYTES)).toString('latin1');
  if (text.startsWith(LFS_POINTER)) {
    throw new LiveSetError(
      'FILE_LFS_POINTER',
      'This is a Git LFS pointer in place of the Set, which was not downloaded. Run "git lfs pull" in the project.',
    );
  }
  if (WEB_PAGE.test(text)) {
    throw new LiveSetError(
      'FILE_NOT_A_SET',
      'This is a web page, not a Set. Download the file itself (on GitHub: "Download raw file").',
    );
  }
  // A byte order mark of UTF-8 or UTF-16 may stand before the first "<"; the scanner says what is wrong with UTF-16.
  if (/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff\0)?[ \t\r\n]*</.test(text)) return 'xml';
  if (file.every((byte) => byte === 0)) {
    throw new LiveSetError(
      'FILE_EMPTY',
      'The file holds nothing but zeros: its content was never written or downloaded. If it lies in a synced folder, wait until it has been; else Live keeps earlier versions in the folder "Backup" beside the Set.',
    );
  }
  const [, what] = OTHERS.find(([starts]) => starts.some((start) => text.startsWith(start))) ?? [];
  throw new LiveSetError(
    'FILE_NOT_A_SET',
    what ?? 'This is not a Live Set: the file is neither compressed nor XML. Give the .als file of a Set.',
  );
}

function startsWith(file: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => file[i] === byte);
}

const FLAGS = 3;
const MODIFIED_TIME = 4;
const OPERATING_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * What shows that another tool than Live compressed the file: a stored name, a time, an unknown system, or something
 * behind the compressed Set. Live writes none of them (docs/als-format.md, "Container").
 *
 * @param xmlBytes length of what came out
 */
export function gzipOddities(file: Uint8Array, xmlBytes: number): Oddity[] {
  const oddities: Oddity[] = [];
  const hasTime = [0, 1, 2, 3].some((i) => file[MODIFIED_TIME + i] !== 0);
  if (file[FLAGS] !== 0 || hasTime || file[OPERATING_SYSTEM] === UNKNOWN_SYSTEM) {
    oddities.push({ code: 'GZIP_OTHER_TOOL', message: 'The file was compressed by another tool than Live.' });
  }
  if (trailerLength(file) !== xmlBytes % 2 ** 32) {
    oddities.push({
      code: 'GZIP_TRAILING_BYTES',
      message: 'The compressed Set is followed by something else, which Live does not write.',
    });
  }
  return oddities;
}

/** The length of the inflated data, modulo 2³², as the last four bytes of a gzip file tell it; 0 when it is too short. */
export function trailerLength(file: Uint8Array): number {
  if (file.length < 18) return 0;
  return new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(file.length - 4, true);
}
