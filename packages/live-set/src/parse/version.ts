/** Which documents are Sets, and which writers are known. */
import { LiveSetError } from '../errors.ts';
import { describeDevice } from '../tables/device-names.ts';
import type { Reader } from './reader.ts';
import { nameId } from './vocabulary.ts';

/** Oldest and newest Live whose Sets were seen. */
const OLDEST = 8;
const NEWEST = { major: 12, minor: 3 };

const LAST_PRESET_REF = nameId('LastPresetRef');
const ON = nameId('On');
const ABLETON = nameId('Ableton');

/** Root children of Live's other documents. */
const RELATIVES: Readonly<Record<string, string>> = {
  GroupDevicePreset: 'a rack preset (.adg)',
  InstrumentGroupDevice: 'a rack preset (.adg)',
  LiveClip: 'a clip (.alc)',
  LiveGroove: 'a groove (.agr)',
  Groove: 'a groove (.agr)',
  Theme: 'a theme (.ask)',
};

/**
 * A clip that Live saved on its own has the form of a Set; only its name tells.
 * @throws LiveSetError FILE_OTHER_LIVE_DOCUMENT
 */
export function rejectClip(fileName: string): void {
  if (!/\.alc$/i.test(fileName)) return;
  throw new LiveSetError(
    'FILE_OTHER_LIVE_DOCUMENT',
    'This is a clip (.alc), not a Set. Give the .als file of the Set.',
  );
}

/** @throws LiveSetError when the document is XML, but not a Set */
export function rejectOtherDocuments(reader: Reader): void {
  const { tape } = reader;
  if (tape.name[0] !== ABLETON) {
    throw new LiveSetError(
      'FILE_NOT_A_SET',
      `This is an XML file, but not one of Live: it begins with <${reader.tag(0)}>. Give the .als file of a Set.`,
    );
  }
  const first = reader.isEmpty(0) ? undefined : reader.tag(1);
  if (first === undefined || first === 'LiveSet') return;
  const relative = Object.hasOwn(RELATIVES, first) ? RELATIVES[first] : undefined;
  const what = relative ?? (isDevice(reader, 1) ? 'a device preset (.adv)' : undefined);
  if (what !== undefined) {
    throw new LiveSetError(
      'FILE_OTHER_LIVE_DOCUMENT',
      `This file was written by Live, but it is ${what}, not a Set. Give the .als file of the Set.`,
    );
  }
}

/** What a preset holds is told by what every device has. */
function isDevice(reader: Reader, element: number): boolean {
  const tag = reader.tag(element);
  if (/Device$|Plugin|Simpler|Sampler/.test(tag) || describeDevice(tag) !== undefined) return true;
  const on = reader.child(element, ON);
  return reader.child(element, LAST_PRESET_REF) >= 0 || (on >= 0 && reader.manual(on) >= 0);
}

/** A Set of a Live that nobody has seen is read as the newest known, and said so. */
export function describeOddVersion(reader: Reader, creator: string | undefined): void {
  const version = /^Ableton Live (\d+)(?:\.(\d+))?/.exec(creator ?? '');
  if (version === null) {
    reader.odd('UNKNOWN_WRITER', `The file does not say which Live wrote it (${creator ?? 'no Creator'}).`);
    return;
  }
  const major = Number(version[1]);
  const minor = Number(version[2] ?? 0);
  if (major < OLDEST) {
    reader.odd(
      'OLD_LIVE',
      `The Set was saved by Live ${major}; Live 8 is the oldest that is known. Save it in a newer Live.`,
    );
  } else if (major > NEWEST.major || (major === NEWEST.major && minor > NEWEST.minor)) {
    reader.odd(
      'NEW_LIVE',
      `The Set was saved by ${creator}, newer than any known; it was read like ${NEWEST.major}.${NEWEST.minor}.`,
    );
  }
}
