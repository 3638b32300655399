import { promisify } from 'node:util';
import { gunzip, gunzipSync, type ZlibOptions } from 'node:zlib';
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
  if (recognise(file) !== 'gzip') return bareXml(file, limits);
  const { atOnce, always, failure } = waysToInflate(file, limits);
  try {
    if (atOnce !== undefined) {
      const xml = gunzipSync(file, atOnce);
      if (xml.length === atOnce.maxOutputLength) return xml;
    }
  } catch {
    // The other way finds out why.
  }
  try {
    return gunzipSync(file, always);
  } catch (error) {
    throw failure(error);
  }
}

/**
 * As {@link inflateSet}, on another thread: a caller who has to load its code meanwhile is done sooner.
 * Not for a thread that may be ended from outside.
 */
export async function inflateSetAside(file: Uint8Array, limits: Limits): Promise<Uint8Array> {
  if (recognise(file) !== 'gzip') return bareXml(file, limits);
  const { atOnce, always, failure } = waysToInflate(file, limits);
  try {
    if (atOnce !== undefined) {
      const xml = await gunzipAside(file, atOnce);
      if (xml.length === atOnce.maxOutputLength) return xml;
    }
  } catch {
    // The other way finds out why.
  }
  try {
    return await gunzipAside(file, always);
  } catch (error) {
    throw failure(error);
  }
}

const gunzipAside = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip);

function bareXml(file: Uint8Array, limits: Limits): Uint8Array {
  if (file.length <= limits.xmlBytes) return file;
  throw new LiveSetError(
    'FILE_TOO_BIG',
    `The file is ${megabytes(file.length)} MB; ${megabytes(limits.xmlBytes)} MB are read at most.`,
  );
}

interface WaysToInflate {
  /**
   * One chunk of just the right size saves a copy and, above all, touching memory twice. The size comes from the
   * trailer, which may lie: when another length comes out, or an error, {@link always} is to be taken.
   */
  readonly atOnce: ZlibOptions | undefined;
  readonly always: ZlibOptions;
  readonly failure: (error: unknown) => LiveSetError;
}

function waysToInflate(file: Uint8Array, limits: Limits): WaysToInflate {
  const byRatio = Math.max(RATIO_FREE_BYTES, file.length * limits.inflateRatio);
  const maxOutputLength = Math.min(limits.xmlBytes, byRatio);
  const length = trailerLength(file);
  const isLikely = length >= file.length && length < maxOutputLength;
  return {
    atOnce: isLikely ? { chunkSize: length + 1, maxOutputLength: length } : undefined,
    always: { maxOutputLength },
    failure: (error) => inflateError(error, limits, byRatio),
  };
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
