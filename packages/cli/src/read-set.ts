import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DEFAULT_LIMITS, LiveSetError, type ParsedSet } from '@livetree/live-set';
import { inflateSetAside, nodePlatform, readSetFile, type SetFile } from '@livetree/live-set/node';
import { type Output, withProgress } from './output.ts';
import { printable } from './printable.ts';

/** A compressed Set of this size may take a second on a slow computer. */
const LONG_BYTES = 1024 * 1024;

/**
 * Reads and inflates a Set, without parsing it.
 * @throws LiveSetError, with the path in its message
 */
export function readXml(path: string, output: Output): Promise<SetFile> {
  return reading(path, output, () => readSetFile(path, DEFAULT_LIMITS));
}

/**
 * Reads and parses a Set; says what is unusual about it.
 * @throws LiveSetError, with the path in its message
 */
export async function readSet(path: string, output: Output): Promise<ParsedSet> {
  return reading(path, output, async () => {
    const [file, { parseSet }] = await Promise.all([
      readSetFile(path, DEFAULT_LIMITS, inflateSetAside),
      import('./parser.ts'),
    ]);
    const set = parseSet(file.xml, { platform: nodePlatform, fileName: path });
    for (const { message } of [...file.oddities, ...set.oddities]) output.say(`Note: ${printable(message)}`);
    return set;
  });
}

async function reading<T>(path: string, output: Output, work: () => Promise<T>): Promise<T> {
  const isLong = (await sizeOf(path)) >= LONG_BYTES;
  return withProgress(output, `Reading ${printable(basename(path))} …`, isLong, () => naming(path, work));
}

/** 0 when it cannot be told: reading will say why. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** In a script over many files a message must say which one it means. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LiveSetError) || error.message.includes(`"${path}"`)) throw error;
    throw new LiveSetError(error.code, `"${path}": ${error.message}`, error.place);
  }
}
