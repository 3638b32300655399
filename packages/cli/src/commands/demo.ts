import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Hub } from '@livetree/hub';
import { type Command, InvalidArgumentError } from 'commander';
import { demoSet } from '../demo/demo-set.ts';
import { findPython, type Python } from '../demo/find-python.ts';
import { simulatorHome, startSimulator } from '../demo/simulator.ts';
import { EXIT } from '../exit-codes.ts';
import { closeSoon, untilInterrupted } from '../interrupt.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { viewerDir } from '../serve/viewer-dir.ts';

interface Options {
  readonly seed: number;
  readonly speed: number;
  readonly port?: number;
  readonly open: boolean;
}

const HELP = `
No Live is needed: a simulated one runs the real Remote Script and edits a copy of the Set, as a musician would; you
watch. It needs Python 3.7 or later (python3, python or py on the PATH, or LIVETREE_PYTHON). Ctrl-C ends it.

Examples:
  livetree demo
  livetree demo --speed 4 --seed 7
  livetree demo "My Song.als"       a copy of your own Set; the file itself is never touched`;

export function addDemo(program: Command, output: Output): void {
  program
    .command('demo')
    .argument('[file]', 'the Set that is played with (default: one of our own with 63 tracks)')
    .description('watch a Set being edited in a simulated Live')
    .option('--seed <n>', 'another seed is another musician', number(0, 2 ** 31), 1)
    .option('--speed <x>', 'how much faster than real time', number(0.1, 100), 1)
    .option('-p, --port <port>', 'port of the page, 0 for any', number(0, 65_535))
    .option('--no-open', 'do not open the browser')
    .addHelpText('after', HELP)
    .action((file: string | undefined, options: Options) => run(file, options, output));
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
}

async function run(file: string | undefined, options: Options, output: Output): Promise<void> {
  const interrupted = untilInterrupted();
  const [python, home] = [await findPython(), simulatorHome()];
  if (python === undefined || home === undefined) {
    output.say(NO_PYTHON);
    process.exitCode = EXIT.hub;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'livetree-demo-'));
  try {
    await play(await copyOf(file, folder), { ...options, python, home, folder }, interrupted, output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NO_PYTHON =
  'The demo needs Python 3.7 or later, and none answers as python3, python or py. Install it, or name it in LIVETREE_PYTHON. Without it you can look at a saved Set: livetree serve "My Song.als".';

/** The Set in a project folder of its own: the simulated Live saves over it. */
async function copyOf(file: string | undefined, folder: string): Promise<string> {
  const source = file === undefined ? demoSet() : resolve(file);
  const name = file === undefined ? 'Night Bus.als' : basename(source);
  const project = join(folder, `${name.replace(/\.als$/i, '')} Project`);
  await mkdir(project);
  const copy = join(project, name);
  await copyFile(source, copy);
  return copy;
}

interface Stage extends Options {
  readonly python: Python;
  readonly home: string;
  readonly folder: string;
}

async function play(set: string, stage: Stage, interrupted: Promise<void>, output: Output): Promise<void> {
  const hub = await startDemoHub(set, stage, output);
  const { python, seed, speed, home, folder } = stage;
  const onLine = (line: string): void => {
    if (/error|traceback/i.test(line)) output.say(printable(line));
  };
  const options = { python, set, port: hub.port, seed, speed, spoolDir: join(folder, 'spool'), onLine };
  const simulator = startSimulator(home, options);
  await output.data(`${hub.url}\n`);
  output.say(`A simulated Live edits a copy of "${basename(set)}" (Python ${python.version}). Ctrl-C ends.`);
  if (stage.open && process.stdout.isTTY === true) openBrowser(hub.url);
  const problem = await Promise.race([interrupted.then(() => undefined), simulator.ended]);
  if (problem !== undefined) {
    output.say(printable(`${problem} The page goes on showing what was last known.`));
    await interrupted;
  }
  output.say('Closing …');
  await closeSoon(async () => {
    await simulator.close();
    await hub.close();
  });
}

/** Not among the ports at which a real Live looks for LiveTree. */
const DEMO_PORTS = [8775, 8776, 8777, 8778, 8779, 0];

async function startDemoHub(set: string, { port, folder }: Stage, output: Output): Promise<Hub> {
  const { HubError, startHub } = await import('@livetree/hub');
  const say = (text: string): void => output.say(printable(text));
  const viewer = viewerDir();
  const historyDir = join(folder, 'history');
  const options = {
    paths: [set],
    stateDir: folder,
    historyDir,
    logger: { info: () => {}, warn: say, error: say },
  };
  for (const candidate of port === undefined ? DEMO_PORTS : [port]) {
    try {
      return await startHub({ ...options, port: candidate, ...(viewer && { viewerDir: viewer }) });
    } catch (error) {
      const isTaken = error instanceof HubError && error.code === 'PORT_TAKEN';
      if (!isTaken || port !== undefined) throw error;
    }
  }
  throw new Error('no port is free');
}
