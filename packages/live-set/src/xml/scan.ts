import { LiveSetError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { DAMAGED, REMEDY, XmlInput } from './input.ts';
import { readEpilog, readProlog } from './misc.ts';
import { AFTER_CLOSE, NameTable } from './names.ts';
import { placeOf } from './place.ts';
import { RareReader } from './read-rarely.ts';
import { scanQuickly } from './scan-quickly.ts';
import type { Masks, Tape } from './tape.ts';
import { TapeBuilder } from './tape-builder.ts';

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
  const idName = names.idOf('Id');
  const valueName = names.idOf('Value');
  const tape = new TapeBuilder(input, names);
  const reader = new RareReader(tape);
  tape.offset = readProlog(input);
  tape.guess = AFTER_CLOSE;
  do {
    reader.step();
    scanQuickly(tape, idName, valueName);
  } while (tape.current >= 0);
  input.inside = undefined;
  readEpilog(input, tape.offset);
  return tape.finish(bytes);
}

function refuseWrongEncoding(bytes: Uint8Array, platform: Platform): void {
  const offset = platform.firstInvalidUtf8(bytes);
  if (offset === undefined) return;
  const place = placeOf(bytes, offset);
  const where = `line ${place.line}, column ${place.column}`;
  throw new LiveSetError('XML_ENCODING', `${DAMAGED}: the text is not UTF-8 at ${where}. ${REMEDY}`, place);
}
