import { DEFAULT_LIMITS, type ParsedSet, parseSet } from '@livetree/live-set';
import { nodePlatform, readSetFile } from '@livetree/live-set/node';
import { basename } from 'node:path';
import { type Output, withProgress } from './output.ts';

/**
 * Reads and parses a Set; says what is odd about it.
 * @throws LiveSetError
 */
export function readSet(path: string, output: Output): Promise<ParsedSet> {
  return withProgress(output, `Reading ${basename(path)} …`, async () => {
    const file = await readSetFile(path, DEFAULT_LIMITS);
    // A pause, so that the progress line appears before the thread is busy.
    await new Promise((resolve) => setImmediate(resolve));
    const set = parseSet(file.xml, { platform: nodePlatform });
    for (const { message } of [...file.oddities, ...set.oddities]) output.say(`Odd: ${message}`);
    return set;
  });
}
