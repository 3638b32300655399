/** Bit of {@link BYTE_CLASS}: the byte may stand in a name. */
export const NAME_BYTE = 2;

/** Byte → its class. Bytes of multi-byte characters count as name bytes; {@link isNameCharacter} decides. */
export const BYTE_CLASS = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    if (byte >= 0x80 || isNameCharacter(byte)) classes[byte] = NAME_BYTE;
  }
  return classes;
}

/** NameStartChar beyond ASCII, as pairs first–last (XML 1.0, fifth edition, production 4). */
const NAME_START_RANGES = [
  0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00,
  0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff,
];

/** NameChar beyond NameStartChar and ASCII (production 4a). */
const NAME_EXTRA_RANGES = [0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040];

function inRanges(codePoint: number, ranges: readonly number[]): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (codePoint >= (ranges[i] ?? 0) && codePoint <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Whether a name may begin with this character. */
export function isNameStart(codePoint: number): boolean {
  if (codePoint >= 0x80) return inRanges(codePoint, NAME_START_RANGES);
  return (
    (codePoint >= 0x61 && codePoint <= 0x7a) ||
    (codePoint >= 0x41 && codePoint <= 0x5a) ||
    codePoint === 0x5f ||
    codePoint === 0x3a
  );
}

/** Whether this character may stand in a name. */
export function isNameCharacter(codePoint: number): boolean {
  if (isNameStart(codePoint)) return true;
  if (codePoint >= 0x80) return inRanges(codePoint, NAME_EXTRA_RANGES);
  return (codePoint >= 0x30 && codePoint <= 0x39) || codePoint === 0x2d || codePoint === 0x2e;
}

/** Whether a text is a name of XML. */
export function isName(text: string): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return points.length > 0 && isNameStart(points[0] ?? 0) && points.every(isNameCharacter);
}

/** Whether XML 1.0 allows this character at all. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 9 || codePoint === 10 || codePoint === 13;
  return (
    codePoint <= 0xd7ff ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}

/** Space, tab, line feed or carriage return. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}
