/**
 * Puts the built command line tool into one file, `packages/cli/dist/livetree.js`: one file starts 100 ms sooner than
 * 130 (docs/decisions/0007). The hub stays outside: only `serve` needs it, and its worker is a file of its own.
 *
 *     tsc -b && node scripts/bundle.mjs
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'packages/cli/dist');

/** Rolldown as Vite brings it: the viewer declares Vite, Vite declares Rolldown. */
function importRolldown() {
  const vite = createRequire(join(ROOT, 'packages/viewer/package.json')).resolve('vite');
  return import(pathToFileURL(createRequire(vite).resolve('rolldown')).href);
}

const { rolldown } = await importRolldown();
const bundle = await rolldown({
  input: join(DIST, 'main.js'),
  platform: 'node',
  external: '@livetree/hub',
  logLevel: 'warn',
});
await bundle.write({
  dir: DIST,
  entryFileNames: 'livetree.js',
  // What a command imports only when it runs.
  chunkFileNames: 'livetree-[name].js',
  format: 'esm',
  // Without comments and white space it is compiled sooner; names stay, for error reports.
  minify: { compress: false, mangle: false, codegen: true },
});
await bundle.close();
