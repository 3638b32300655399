/** The simulated Live: a Python process with the real Remote Script inside, which connects to the hub by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { ownFile } from '../own-files.ts';
import type { Python } from './find-python.ts';

export interface SimulatorOptions {
  readonly python: Python;
  /** The Set that is opened, and saved over. */
  readonly set: string;
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
  /** Folder for what the script keeps while the hub is away. */
  readonly spoolDir: string;
  /** A line of the simulator's own log. */
  readonly onLine: (line: string) => void;
}

export interface Simulator {
  /** Resolves when the process has ended, with a sentence when that was not asked for. */
  readonly ended: Promise<string | undefined>;
  close(): Promise<void>;
}

/** ms for Live to say goodbye. */
const GOODBYE_MS = 600;

export function startSimulator(options: SimulatorOptions): Simulator {
  const child = spawn(options.python.command, [...options.python.args, ...argumentsOf(options)], {
    cwd: ownFile('live-simulator'),
    env: environment(options),
    stdio: ['pipe', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let isClosing = false;
  // A Ctrl-C in the terminal has reached it before us: there is nobody to say goodbye to.
  child.stdin?.on('error', () => {});
  readLines(child, options.onLine);
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(`The simulated Live cannot be started: ${error.message}`));
    child.on('exit', (code, signal) =>
      resolve(isClosing ? undefined : `The simulated Live has ended (${signal ?? `code ${code}`}).`),
    );
  });
  return {
    ended,
    async close() {
      isClosing = true;
      // The end of its input is what quitting Live is to the simulator: the script says goodbye.
      child.stdin?.end('{"id":0,"do":"quit"}\n');
      const timer = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function argumentsOf({ set, seed, speed }: SimulatorOptions): readonly string[] {
  const script = ownFile('remote-script/LiveTree');
  const how = ['--seed', String(seed), '--speed', String(speed), '--musician', 'mixed', '--rate', '0.7'];
  return ['-m', 'live_simulator', '--set', set, '--script', script, ...how, '--control'];
}

const environment = ({ port, spoolDir }: SimulatorOptions): NodeJS.ProcessEnv => ({
  ...process.env,
  PYTHONPATH: ownFile('live-simulator'),
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  LIVETREE_PORTS: String(port),
  LIVETREE_COMMAND_PORTS: '0',
  LIVETREE_SPOOL_DIR: spoolDir,
});

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
