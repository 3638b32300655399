import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Hub } from '@livetree/hub';
import { type Command, InvalidArgumentError } from 'commander';
import { findPython, type Python } from '../demo/find-python.ts';
import { startPlayer } from '../demo/player.ts';
import { readRecording } from '../demo/recording.ts';
import { type Simulator, startSimulator } from '../demo/simulator.ts';
import { EXIT } from '../exit-codes.ts';
import { closeSoon, untilInterrupted } from '../interrupt.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';
import { ownFile } from '../own-files.ts';
import { printable } from '../printable.ts';
import { viewerDir } from '../serve/viewer-dir.ts';

interface Options {
  readonly seed: number;
  readonly speed: number;
  readonly port?: number;
  readonly open: boolean;
  readonly replay?: boolean;
}

const HELP = `
No Live is needed: a simulated one runs the real Remote Script and edits a copy of the Set, as a musician would; you
watch. That needs Python 3.7 or later (python3, python or py on the PATH, or LIVETREE_PYTHON); without it a recorded run
of such a Live is played, over and over. Ctrl-C ends it.

Examples:
  livetree demo
  livetree demo --speed 4 --seed 7
  livetree demo --replay            the recorded run
  livetree demo "My Song.als"       a copy of your own Set; the file itself is never touched`;

export function addDemo(program: Command, output: Output): void {
  program
    .command('demo')
    .argument('[file]', 'the Set that is played with (default: one of our own with 63 tracks)')
    .description('watch a Set being edited in a simulated Live')
    .option('--seed <n>', 'another seed is another musician', number(0, 2 ** 31), 1)
    .option('--speed <x>', 'how much faster than real time', number(0.1, 100), 1)
    .option('-p, --port <port>', 'port of the page, 0 for any', number(0, 65_535))
    .option('--replay', 'play the recorded run, as without Python')
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
  const python = options.replay === true ? undefined : await findPython();
  if (python === undefined && file !== undefined) {
    output.say(options.replay === true ? REPLAY_OF_FILE : NO_PYTHON);
    process.exitCode = options.replay === true ? EXIT.usage : EXIT.hub;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'livetree-demo-'));
  try {
    await play(await copyOf(file, folder), { ...options, python, folder }, interrupted, output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NO_PYTHON =
  'To play with a Set of your own the demo needs Python 3.7 or later, and none answers as python3, python or py. Install it, or name it in LIVETREE_PYTHON. Without it: `livetree demo` alone plays a recorded run, and livetree serve "My Song.als" shows a saved Set.';
const REPLAY_OF_FILE = 'The recorded run is one of our own Set: give --replay without a file.';

/** The Set in a project folder of its own: the simulated Live saves over it. */
async function copyOf(file: string | undefined, folder: string): Promise<string> {
  const source = file === undefined ? ownFile('fixtures/demo-live.als') : resolve(file);
  const name = file === undefined ? 'Night Bus.als' : basename(source);
  const project = join(folder, `${name.replace(/\.als$/i, '')} Project`);
  await mkdir(project);
  const copy = join(project, name);
  await copyFile(source, copy);
  return copy;
}

interface Stage extends Options {
  /** Absent: the recorded run is played. */
  readonly python: Python | undefined;
  readonly folder: string;
}

async function play(set: string, stage: Stage, interrupted: Promise<void>, output: Output): Promise<void> {
  const hub = await startDemoHub(set, stage, output);
  const simulator = await startLive(set, stage, hub.port, output);
  try {
    await output.data(`${hub.url}\n`);
    output.say(sayWhat(set, stage));
    if (stage.open && process.stdout.isTTY === true) openBrowser(hub.url);
    const problem = await Promise.race([interrupted.then(() => undefined), simulator.ended]);
    if (problem !== undefined) {
      output.say(printable(`${problem} The page goes on showing what was last known.`));
      await interrupted;
    }
    output.say('Closing …');
  } finally {
    await closeSoon(async () => {
      await simulator.close();
      await hub.close();
    });
  }
}

async function startLive(set: string, stage: Stage, port: number, output: Output): Promise<Simulator> {
  const { python, seed, speed, folder } = stage;
  if (python === undefined) return startPlayer({ recording: await readRecording(), port, set, speed });
  const onLine = (line: string): void => {
    if (/error|traceback/i.test(line)) output.say(printable(line));
  };
  return startSimulator({ python, set, port, seed, speed, spoolDir: join(folder, 'spool'), onLine });
}

function sayWhat(set: string, { python, replay }: Stage): string {
  if (python !== undefined)
    return `A simulated Live edits a copy of "${basename(set)}" (Python ${python.version}). Ctrl-C ends.`;
  const why = replay === true ? 'This' : 'No Python 3.7 or later answers here, so this';
  return `${why} is a recorded run of a simulated Live that edits "${basename(set)}"; at its end it begins again. Ctrl-C ends.`;
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
