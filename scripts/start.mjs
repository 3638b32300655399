/**
 * `npm start [-- ARGS]`: builds what is out of date, then is the command line tool, in this very process: nothing
 * to pass signals on to, nothing left behind.
 *
 *     npm start                          the demo: a Set being edited in a simulated Live
 *     npm start -- "My Set.als" [...]    serves that Set
 *     npm start -- show "My Set.als"     any other command of the tool
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..');
const BIN = join(ROOT, 'packages/cli/dist/bin.js');
const VIEWER = join(ROOT, 'packages/viewer');
const VIEWER_PAGE = join(VIEWER, 'dist/index.html');
const STAMP = join(ROOT, '.cache/start-built');

const SKIPPED = new Set(['dist', 'node_modules', 'test']);

/** Time of the newest file or folder under `path`, ms; 0 when there is nothing. A folder's own time tells of deletions. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).filter((name) => !SKIPPED.has(name));
  return Math.max(stats.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const sources = () =>
  readdirSync(join(ROOT, 'packages')).flatMap((name) =>
    ['src', 'package.json', 'tsconfig.json', 'vite.config.ts', 'index.html'].map((part) =>
      join(ROOT, 'packages', name, part),
    ),
  );

const newestSource = () =>
  Math.max(...[...sources(), join(ROOT, 'tsconfig.base.json'), join(ROOT, 'package-lock.json')].map(newest));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    stdio: 'inherit',
    cwd: args.includes('-b') ? ROOT : VIEWER,
  });
  if (status !== 0) fail('The build did not succeed; the messages above say why.');
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function build() {
  if (!existsSync(join(ROOT, 'node_modules/typescript'))) fail('Run this first: npm ci');
  const source = newestSource();
  if (existsSync(BIN) && existsSync(VIEWER_PAGE) && changed(STAMP) >= source) return;
  console.error('Building LiveTree (the first time takes a while) …');
  run('node_modules/typescript/bin/tsc', '-b');
  run('scripts/bundle.mjs');
  if (changed(VIEWER_PAGE) < source) run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(STAMP, '');
}

const isPath = (text) => existsSync(text) || /[/\\]|\.(als|xml)$/i.test(text);

/** What the tool is given. Options alone belong to `serve`, save those that ask about the tool. */
function toolArguments(args) {
  const [first] = args;
  if (first === undefined) return ['demo'];
  if (/^(-h|--help|-V|--version)$/.test(first)) return args;
  if (first.startsWith('-')) return args.some(isPath) ? ['serve', ...args] : ['demo', ...args];
  return isPath(first) ? ['serve', ...args] : args;
}

build();
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.argv = [process.execPath, BIN, ...toolArguments(process.argv.slice(2))];
await import(pathToFileURL(BIN).href);
