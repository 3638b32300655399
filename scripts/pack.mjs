/**
 * Makes the one package that people install, out of what is built: `npm run build && npm run pack [-- FOLDER]`.
 *
 * In it: the tool with the hub and its threads, bundled with all that they import; the built page; the Remote Script;
 * the simulated Live and the Set of the demo. It has no script that npm would run, and one dependency, an optional
 * one: SQLite for Node 20. Where these files lie is what packages/cli/src/own-files.ts expects.
 *
 * Writes livetree-VERSION.tgz to FOLDER (default: .cache) and prints its path; says its size on standard error.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { noticesOf } from './notices.mjs';
import { bundle, ROOT } from './rolldown.mjs';

const target = resolve(process.argv[2] ?? join(ROOT, '.cache'));
const stage = join(target, 'package');

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const readJson = (path) => JSON.parse(read(path));

/** The page, and where Vite leaves the licences of what is in it. */
const VIEWER = 'packages/viewer/dist';
const VIEWER_LICENCES = join(VIEWER, '.vite/license.md');

/** From the repository, by the place in the package. */
const COPIED = {
  viewer: VIEWER,
  'remote-script/LiveTree': 'remote-script/LiveTree',
  'live-simulator/Live': 'live-simulator/Live',
  'live-simulator/live_simulator': 'live-simulator/live_simulator',
  'live-simulator/lom.json': 'live-simulator/lom.json',
  'fixtures/demo-live.als': 'fixtures/demo-live.als',
  'fixtures/demo-recording.jsonl.gz': 'fixtures/demo-recording.jsonl.gz',
  'README.md': 'packages/cli/README.md',
  LICENSE: 'LICENSE',
  'CHANGELOG.md': 'CHANGELOG.md',
};

const isWanted = (path) => !/^(__pycache__|tests|tools|\..*|.*\.pyc)$/.test(basename(path));

/** Loads nothing that an old Node does not understand before it was asked for its version. */
const BIN = `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  const { main } = await import('./livetree.js');
  await main();
} else {
  console.error(\`LiveTree needs Node 20.19 or later; this is \${process.version}. Get it from https://nodejs.org\`);
  process.exitCode = 70;
}
`;

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** One of the tool, with what none of its parts may ask for at run time but this. */
function manifest() {
  const { name, version, description, license, type, engines } = readJson('packages/cli/package.json');
  const sqlite = '@photostructure/sqlite';
  const locked = readJson('package-lock.json').packages[`node_modules/${sqlite}`].version;
  return {
    ...{ name, version, description, license, type, engines },
    keywords: ['ableton', 'ableton-live', 'als', 'live-set', 'diff', 'git', 'music'],
    bin: { livetree: 'dist/bin.js' },
    files: ['dist', 'THIRD-PARTY-NOTICES.md', ...Object.keys(COPIED)],
    optionalDependencies: { [sqlite]: locked },
  };
}

function npm(...args) {
  const { npm_execpath: path } = process.env;
  const [command, ...first] = path?.endsWith('.js') ? [process.execPath, path] : ['npm'];
  const isShell = process.platform === 'win32' && command === 'npm';
  const { status, stdout, stderr } = spawnSync(command, [...first, ...args], {
    cwd: stage,
    shell: isShell,
    encoding: 'utf8',
  });
  if (status !== 0) fail(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;

for (const built of ['packages/cli/dist/main.js', `${VIEWER}/index.html`, VIEWER_LICENCES])
  if (!existsSync(join(ROOT, built))) fail(`${built} is missing. Run this first: npm run build`);

rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, 'dist'), { recursive: true });
// The threads of the hub are started by their names: each is a file of its own, beside what starts it.
const input = {
  livetree: join(ROOT, 'packages/cli/dist/main.js'),
  'parse-worker': join(ROOT, 'packages/hub/dist/node/parse-worker.js'),
  'keeper-thread': join(ROOT, 'packages/hub/dist/node/saves/keeper-thread.js'),
};
const output = await bundle({ input }, join(stage, 'dist'), '[name].js');
writeFileSync(join(stage, 'dist/bin.js'), BIN, { mode: 0o755 });
for (const [to, from] of Object.entries(COPIED))
  cpSync(join(ROOT, from), join(stage, to), { recursive: true, filter: isWanted });
writeFileSync(join(stage, 'THIRD-PARTY-NOTICES.md'), noticesOf(output, read(VIEWER_LICENCES)));
writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);

const [packed] = JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', target));
console.error(
  `${packed.filename}: ${kilobytes(packed.size)} to download, ${kilobytes(packed.unpackedSize)} in ${packed.entryCount} files`,
);
console.log(join(target, packed.filename));
