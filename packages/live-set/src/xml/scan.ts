import { LiveSetError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { DAMAGED, REMEDY, XmlInput } from './input.ts';
import { readEpilog, readProlog } from './misc.ts';
import { AFTER_CLOSE, NameTable } from './names.ts';
import { placeOf } from './place.ts';
import { RareReader } from './read-rarely.ts';
import type { Masks, Tape } from './tape.ts';
import { TapeBuilder } from './tape-builder.ts';
import { flush, scanQuickly } from './tape-writer.ts';

/** What the scanner needs besides the bytes. */
export interface ScanOptions {
  readonly platform: Platform;
  /** Names that get the ids 0…n−1 in this order; ASCII, without repetition. */
  readonly vocabulary: readonly string[];
  /** By vocabulary id; names beyond the vocabulary are never masked. */
  readonly masks: Masks;
  readonly limits: Limits;
}

/**
 * Reads a whole XML document into a {@link Tape} in one pass: names, attributes, text and nesting checked as XML 1.0
 * demands, every element hashed. No DOCTYPE, no namespaces, UTF-8 only. Linear; about the time of inflating.
 *
 * @throws LiveSetError XML_* with the place
 */
export function scan(bytes: Uint8Array, options: ScanOptions): Tape {
  refuseWrongEncoding(bytes, options.platform);
  const input = new XmlInput(bytes, options.limits, options.platform);
  const names = new NameTable(input, options.vocabulary);
  names.mask(options.masks);
  const tape = new TapeBuilder(input, names);
  const reader = new RareReader(tape);
  tape.offset = readProlog(input);
  tape.guess = AFTER_CLOSE;
  do {
    reader.step();
    scanQuickly(tape);
  } while (tape.depth > 0);
  flush(tape);
  input.inside = undefined;
  readEpilog(input, tape.offset);
  const result = tape.finish(bytes);
  if (!result.ascii) refuseNonCharacters(input);
  return result;
}

/** U+FFFE and U+FFFF are well-formed UTF-8 but no characters of XML. */
function refuseNonCharacters(input: XmlInput): void {
  for (let at = input.indexOf(0xef, 0); at < input.length; at = input.indexOf(0xef, at + 1)) {
    if (input.at(at + 1) === 0xbf && input.at(at + 2) >= 0xbe)
      input.malformed(at, 'a character that XML forbids');
  }
}

function refuseWrongEncoding(bytes: Uint8Array, platform: Platform): void {
  const offset = platform.firstInvalidUtf8(bytes);
  if (offset === undefined) return;
  const place = placeOf(bytes, offset);
  const where = `line ${place.line}, column ${place.column}`;
  throw new LiveSetError('XML_ENCODING', `${DAMAGED}: the text is not UTF-8 at ${where}. ${REMEDY}`, place);
}
