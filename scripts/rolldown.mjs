/** Rolldown as Vite brings it (the viewer declares Vite, Vite declares Rolldown), and how our code is written with it. */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = resolve(import.meta.dirname, '..');

/**
 * Bundles modules for Node.
 * @param options of Rolldown's input
 * @param dir folder to write to
 * @param entryFileNames name of an entry's file, or what gives it
 * @returns the files written, with the modules that are in them
 */
export async function bundle(options, dir, entryFileNames) {
  const vite = createRequire(join(ROOT, 'packages/viewer/package.json')).resolve('vite');
  const { rolldown } = await import(pathToFileURL(createRequire(vite).resolve('rolldown')).href);
  const build = await rolldown({ platform: 'node', logLevel: 'warn', ...options });
  const { output } = await build.write({
    dir,
    entryFileNames,
    // What a command imports only when it runs.
    chunkFileNames: 'livetree-[name].js',
    format: 'esm',
    // Without comments and white space it is compiled sooner; names stay, for error reports.
    minify: { compress: false, mangle: false, codegen: true },
  });
  await build.close();
  return output;
}
