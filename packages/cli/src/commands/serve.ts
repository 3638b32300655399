import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hub, HubErrorCode, HubOptions } from '@livetree/hub';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';

interface Options {
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly poll?: number;
  readonly dev?: true;
  readonly open: boolean;
}

const HELP = `
The address is printed on stdout. A file that is not there yet is waited for. Ctrl-C ends it.

Examples:
  livetree serve "My Song.als"
  livetree serve --no-open --port 9000 "A.als" "B.als"
  livetree serve --host 192.168.1.20 --token a-long-secret "My Song.als"`;

export function addServe(program: Command, output: Output): void {
  program
    .command('serve')
    .argument('[paths...]', 'the .als files to mirror')
    .description('mirror Sets to a browser: each save shows there as a small change')
    .option(
      '-p, --port <port>',
      'port to listen on, 0 for any (default: the first free one from 8765 on)',
      wholeNumber(0, 65_535),
    )
    .option(
      '--host <address>',
      'address to listen on; any other than this computer needs --token',
      '127.0.0.1',
    )
    .option('--token <text>', 'what a browser on another computer must give')
    .option('--poll <ms>', 'look at the files every so many ms (network drives)', wholeNumber(50, 3_600_000))
    .option('--dev', 'let the viewer’s development server (port 5173) connect')
    .option('--no-open', 'do not open the browser')
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) => run(paths, options, output));
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

async function run(paths: readonly string[], options: Options, output: Output): Promise<void> {
  const viewer = viewerDir();
  // From here on: who reads the address may end us at once.
  const interrupted = untilInterrupted();
  const hub = await start(hubOptions(paths, options, viewer, output), output);
  if (hub === undefined) return;
  await announce(hub, paths, viewer, output);
  if (options.open && process.stdout.isTTY === true) openBrowser(hub.url);
  await interrupted;
  output.say('Closing …');
  setTimeout(() => process.exit(EXIT.ok), CLOSE_MS).unref();
  await hub.close();
}

/** ms after which what still holds the process (a Set that is being read) is left to the system. */
const CLOSE_MS = 800;

function hubOptions(
  paths: readonly string[],
  { port, host, token, poll, dev }: Options,
  viewer: string | undefined,
  output: Output,
): HubOptions {
  const say = (text: string): void => output.say(printable(text));
  return {
    paths: paths.map((path) => resolve(path)),
    host,
    ...(port === undefined ? {} : { port }),
    ...(token === undefined ? {} : { token }),
    ...(poll === undefined ? {} : { pollMs: poll }),
    ...(dev === undefined ? {} : { dev }),
    ...(viewer === undefined ? {} : { viewerDir: viewer }),
    logger: { info: () => {}, warn: say, error: say },
  };
}

/** The built viewer: inside the package, or beside it in the repository. */
function viewerDir(): string | undefined {
  const places = ['../viewer', '../../../viewer/dist'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return places.find((path) => existsSync(`${path}/index.html`));
}

/** What is the fault of the command line; all else is the fault of the place. */
const USAGE: ReadonlySet<HubErrorCode> = new Set(['TOKEN_NEEDED', 'PATH_REFUSED', 'TOO_MANY_SETS']);

/** @returns `undefined` after saying why there is no hub */
async function start(options: HubOptions, output: Output): Promise<Hub | undefined> {
  // Only here: the other commands start in half the time without the hub's libraries.
  const { HubError, startHub } = await import('@livetree/hub');
  try {
    return await startHub(options);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    output.say(printable(error.message + remedyFor(error.code, options)));
    process.exitCode = USAGE.has(error.code) ? EXIT.usage : EXIT.hub;
    return undefined;
  }
}

function remedyFor(code: HubErrorCode, { paths = [] }: HubOptions): string {
  if (code === 'TOKEN_NEEDED') return ' Give it with --token.';
  return code === 'PATH_REFUSED' ? ` Given: ${paths.join(', ')}` : '';
}

/** The address is data: `url=$(livetree serve …)` is of use to scripts. */
async function announce(
  hub: Hub,
  paths: readonly string[],
  viewer: string | undefined,
  output: Output,
): Promise<void> {
  output.say(`LiveTree shows ${paths.length === 0 ? 'no Set yet' : printable(paths.join(', '))} at`);
  await output.data(`${hub.url}\n`);
  if (viewer === undefined) output.say('The viewer is not built: run "npm run build" in the repository.');
  output.say('Save in Live, and the page shows what changed. Ctrl-C ends.');
}

/**
 * Resolves at the first Ctrl-C or termination. Later ones change nothing: the end is near by itself, and npm hands
 * on the very Ctrl-C that the terminal has already sent.
 */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
