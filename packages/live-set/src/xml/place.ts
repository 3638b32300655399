import type { ErrorPlace } from '../errors.ts';

const LINE_FEED = 10;

/**
 * Line and column (both 1-based, the column in bytes) of an offset. Counts from the beginning, so it is
 * for error messages only. Linear in `offset`.
 */
export function placeOf(bytes: Uint8Array, offset: number): ErrorPlace {
  let line = 1;
  let lineStart = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < offset; at = bytes.indexOf(LINE_FEED, at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}
