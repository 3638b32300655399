#!/usr/bin/env node
import { statSync } from 'node:fs';

/** The whole tool in one file (scripts/bundle.mjs), which starts far sooner than its 130 modules. */
const BUNDLE = new URL('./livetree.js', import.meta.url);
/** Written by every `tsc -b` that changed something of what is in the bundle. */
const STAMPS = [
  '.',
  '../../live-set/dist',
  '../../live-set/dist/node',
  '../../protocol/dist',
  '../../client/dist',
];

const changed = (url: URL): number | undefined => statSync(url, { throwIfNoEntry: false })?.mtimeMs;

/** False in a checkout where modules were built after the bundle: then these are what is meant. */
function isBundleCurrent(): boolean {
  const made = changed(BUNDLE);
  if (made === undefined) return false;
  return STAMPS.every((folder) => (changed(new URL(`${folder}/.tsbuildinfo`, BUNDLE)) ?? 0) <= made);
}

const tool: typeof import('./main.ts') = isBundleCurrent()
  ? await import(BUNDLE.href)
  : await import('./main.ts');
await tool.main();
