import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { LiveSetError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Oddity } from '../xml/tape.ts';
import { inflateSet } from './inflate.ts';
import { gzipOddities, recognise } from './recognise.ts';

/** A Set file as it was read. */
export interface SetFile {
  /** As it lies on disk. */
  readonly file: Buffer;
  /** Inflated; the same bytes as {@link file} when that is bare XML. */
  readonly xml: Uint8Array;
  /** Of {@link file}, hexadecimal. */
  readonly sha256: string;
  /** Milliseconds since 1970; may have a fraction. */
  readonly modifiedMs: number;
  readonly sizeBytes: number;
  readonly oddities: readonly Oddity[];
}

/**
 * Reads and inflates a Set file. Nothing is parsed.
 * @param inflate - {@link inflateSet}, or `inflateSetAside` where other work can go on meanwhile
 * @throws LiveSetError FILE_*, GZIP_*
 */
export async function readSetFile(
  path: string,
  limits: Limits,
  inflate: (file: Uint8Array, limits: Limits) => Uint8Array | Promise<Uint8Array> = inflateSet,
): Promise<SetFile> {
  const { file, modifiedMs } = await readBytes(path, limits).catch((error: unknown) => {
    throw error instanceof LiveSetError ? error : systemError(error, path);
  });
  const xml = await inflate(file, limits);
  const isGzip = recognise(file) === 'gzip';
  const sha256 = createHash('sha256').update(file).digest('hex');
  const oddities = isGzip ? gzipOddities(file, xml.length) : [];
  return { file, xml, sha256, modifiedMs, sizeBytes: file.length, oddities };
}

async function readBytes(path: string, limits: Limits): Promise<{ file: Buffer; modifiedMs: number }> {
  // Before opening: a pipe would wait for its other end for ever.
  refuseSpecialFile(await stat(path), path);
  const handle = await open(path, 'r');
  try {
    return await readHandle(handle, path, limits);
  } finally {
    await handle.close();
  }
}

async function readHandle(
  handle: FileHandle,
  path: string,
  limits: Limits,
): Promise<{ file: Buffer; modifiedMs: number }> {
  const { size, mtimeMs } = await handle.stat();
  if (size > limits.fileBytes) {
    const most = Math.round(limits.fileBytes / 1024 / 1024);
    throw new LiveSetError(
      'FILE_TOO_BIG',
      `"${path}" is ${Math.round(size / 1024 / 1024)} MB; ${most} MB are read at most.`,
    );
  }
  return { file: await handle.readFile(), modifiedMs: mtimeMs };
}

function refuseSpecialFile(stats: { isDirectory(): boolean; isFile(): boolean }, path: string): void {
  if (stats.isDirectory()) {
    throw new LiveSetError(
      'FILE_IS_FOLDER',
      `"${path}" is a folder. Give the Set itself, the file that ends in .als.`,
    );
  }
  if (!stats.isFile())
    throw new LiveSetError(
      'FILE_UNREADABLE',
      `"${path}" is a pipe or device, not an ordinary file. Give the .als file of a Set.`,
    );
}

function systemError(error: unknown, path: string): LiveSetError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new LiveSetError('FILE_NOT_FOUND', `"${path}" does not exist. Was it moved or renamed?`);
    case 'EACCES':
    case 'EPERM':
      return new LiveSetError(
        'FILE_UNREADABLE',
        `"${path}" must not be read by this user. Check its permissions.`,
      );
    default:
      return new LiveSetError(
        'FILE_UNREADABLE',
        `"${path}" cannot be read${code === '' ? '' : ` (${code})`}.`,
      );
  }
}
