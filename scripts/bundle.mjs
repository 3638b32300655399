/**
 * Puts the built command line tool into one file, `packages/cli/dist/livetree.js`: one file starts 100 ms sooner than
 * 130 (docs/decisions/0007). The hub stays outside: only `serve` needs it, and its worker is a file of its own.
 *
 *     tsc -b && node scripts/bundle.mjs
 */
import { join } from 'node:path';
import { bundle, ROOT } from './rolldown.mjs';

const DIST = join(ROOT, 'packages/cli/dist');

await bundle({ input: join(DIST, 'main.js'), external: '@livetree/hub' }, DIST, 'livetree.js');
