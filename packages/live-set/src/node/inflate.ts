import { gunzipSync } from 'node:zlib';
import { LiveSetError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { recognise, trailerLength } from './recognise.ts';

/** Below this the ratio of inflated to compressed size is not looked at. */
const RATIO_FREE_BYTES = 64 * 1024 * 1024;

/**
 * The XML of a Set file, compressed or bare. Bare XML is returned as it is, not copied.
 *
 * @throws LiveSetError GZIP_CUT_OFF, GZIP_DAMAGED, GZIP_TOO_BIG, GZIP_BOMB, FILE_TOO_BIG, and those of {@link recognise}
 */
export function inflateSet(file: Uint8Array, limits: Limits): Uint8Array {
  if (recognise(file) === 'gzip') return inflate(file, limits);
  if (file.length > limits.xmlBytes) {
    throw new LiveSetError(
      'FILE_TOO_BIG',
      `The file is ${megabytes(file.length)} MB; ${megabytes(limits.xmlBytes)} MB are read at most.`,
    );
  }
  return file;
}

function inflate(file: Uint8Array, limits: Limits): Uint8Array {
  const byRatio = Math.max(RATIO_FREE_BYTES, file.length * limits.inflateRatio);
  const maxOutputLength = Math.min(limits.xmlBytes, byRatio);
  try {
    return inflateAtOnce(file, maxOutputLength) ?? gunzipSync(file, { maxOutputLength });
  } catch (error) {
    throw inflateError(error, limits, byRatio);
  }
}

/**
 * One chunk of just the right size saves a copy and, above all, touching memory twice. The size comes from the
 * trailer, which may lie: then undefined, and the usual way is taken.
 */
function inflateAtOnce(file: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  const length = trailerLength(file);
  if (length < file.length || length >= maxOutputLength) return undefined;
  try {
    const xml = gunzipSync(file, { chunkSize: length + 1, maxOutputLength: length });
    return xml.length === length ? xml : undefined;
  } catch {
    return undefined;
  }
}

function inflateError(error: unknown, limits: Limits, byRatio: number): LiveSetError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    if (limits.xmlBytes <= byRatio) {
      return new LiveSetError(
        'GZIP_TOO_BIG',
        `The Set is over ${megabytes(limits.xmlBytes)} MB when inflated, which is the limit.`,
      );
    }
    return new LiveSetError(
      'GZIP_BOMB',
      `The file inflates to over ${limits.inflateRatio} times its size. No Set does that; it was made to fill the memory.`,
    );
  }
  if (code === 'Z_BUF_ERROR') {
    return new LiveSetError(
      'GZIP_CUT_OFF',
      'The file is cut off: its end is missing. If it is still being copied or synced, wait; else Live keeps earlier versions in the folder "Backup" beside the Set.',
    );
  }
  return new LiveSetError(
    'GZIP_DAMAGED',
    'The file is damaged: its compressed data does not add up. Live keeps earlier versions in the folder "Backup" beside the Set.',
  );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
