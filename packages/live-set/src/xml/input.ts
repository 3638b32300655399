import { LiveSetError, type LiveSetErrorCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { placeOf } from './place.ts';
import type { Oddity } from './tape.ts';

/** Begin and end of most messages. */
export const DAMAGED = 'The file is damaged';
export const REMEDY = 'Live keeps earlier versions in the folder "Backup" beside the Set.';

/** The document while it is scanned: its bytes, what the rare paths need, and the one place that makes errors. */
export class XmlInput {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Bytes of the document. */
  readonly length: number;
  readonly limits: Limits;
  readonly platform: Platform;
  readonly oddities: Oddity[] = [];
  /** Name of the innermost open element, for messages; set before a rare path is entered. */
  inside: string | undefined;
  /** Set by the readers of references: the offset after what they read. */
  next = 0;
  /** Bits of all non-ASCII-relevant bytes seen by the rare paths, or-ed together. */
  seen = 0;

  constructor(bytes: Uint8Array, limits: Limits, platform: Platform) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.length;
    this.limits = limits;
    this.platform = platform;
  }

  /** Byte at `offset`; −1 after the end. */
  at(offset: number): number {
    return offset < this.length ? this.bytes[offset]! : -1;
  }

  /** Whether the ASCII `text` stands at `offset`. */
  startsWith(text: string, offset: number): boolean {
    for (let i = 0; i < text.length; i += 1) {
      if (this.at(offset + i) !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  /** First offset from `from` where the byte `value` stands; {@link length} when there is none. */
  indexOf(value: number, from: number): number {
    const found = this.bytes.indexOf(value, from);
    return found < 0 ? this.length : found;
  }

  /** Notes a legal but un-Live-like thing once. */
  odd(code: string, message: string): void {
    if (!this.oddities.some((oddity) => oddity.code === code)) this.oddities.push({ code, message });
  }

  /** The text is not well-formed at `offset`; cut off when that is its end. @throws LiveSetError always */
  malformed(offset: number, what: string): never {
    if (offset >= this.length) this.cutOff();
    this.fail('XML_MALFORMED', offset, what);
  }

  /** @throws LiveSetError XML_CUT_OFF always */
  cutOff(): never {
    const place = placeOf(this.bytes, this.length);
    const where = this.inside === undefined ? 'breaks off' : `breaks off inside <${this.inside}>`;
    throw new LiveSetError(
      'XML_CUT_OFF',
      `${DAMAGED}: the XML ${where} at line ${place.line}. ${REMEDY}`,
      place,
    );
  }

  /** @throws LiveSetError always, with the place in the message */
  fail(code: LiveSetErrorCode, offset: number, what: string): never {
    const place = placeOf(this.bytes, offset);
    const inside = this.inside === undefined ? '' : ` inside <${this.inside}>`;
    if (this.#isMerge(offset)) {
      throw new LiveSetError(
        code,
        `The file holds the marks of a merge that was not finished (line ${place.line}). Choose one of the two versions in git: "git checkout --ours" or "--theirs".`,
        place,
      );
    }
    throw new LiveSetError(
      code,
      `${DAMAGED}: ${what}${inside} at line ${place.line}, column ${place.column}. ${REMEDY}`,
      place,
    );
  }

  /** Whether git left `<<<<<<<` there. */
  #isMerge(offset: number): boolean {
    return [offset, offset - 1].some((at) => this.startsWith('<<<<<<<', Math.max(at, 0)));
  }

  /** The document goes beyond a limit of the reader. @throws LiveSetError always */
  exceeds(code: LiveSetErrorCode, offset: number, what: string): never {
    const place = placeOf(this.bytes, offset);
    const message = `The file holds ${what} (line ${place.line}, column ${place.column}). No Set that Live saved looks like that.`;
    throw new LiveSetError(code, message, place);
  }
}
