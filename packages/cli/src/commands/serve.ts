import { resolve } from 'node:path';
import type { Hub, HubOptions } from '@livetree/hub';
import { type Command, InvalidArgumentError } from 'commander';
import { closeSoon, untilInterrupted } from '../interrupt.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { reachableUrls } from '../serve/addresses.ts';
import { refuseFolder } from '../serve/refuse-folder.ts';
import { serveOrHandOver } from '../serve/serve-or-hand-over.ts';
import { viewerDir } from '../serve/viewer-dir.ts';
import { thisComputer } from '../setup/computer.ts';
import { setupHere } from '../setup/hub-setup.ts';

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly poll?: number;
  readonly dev?: true;
  readonly open: boolean;
  readonly history: boolean;
}

const HELP = `
The address is printed on stdout. A file that is not there yet is waited for. Ctrl-C ends it. Where LiveTree runs
already, the Set is handed to it, its address is printed, and that is all.

Examples:
  livetree serve "My Song.als"
  livetree serve --no-open --port 9000 "A.als" "B.als"
  livetree serve --host 0.0.0.0 --token a-long-secret "My Song.als"   for a tablet in the same network`;

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
      'address to listen on (default: 127.0.0.1); any other than this computer needs --token',
    )
    .option('--token <text>', 'what a browser on another computer must give')
    .option('--poll <ms>', 'look at the files every so many ms (network drives)', wholeNumber(50, 3_600_000))
    .option('--dev', 'let the viewer’s development server (port 5173) connect')
    .option('--no-open', 'do not open the browser')
    .option('--no-history', 'keep nothing: after a restart everything begins anew')
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
  for (const path of paths) await refuseFolder(path);
  const full = paths.map((path) => resolve(path));
  const served = await serveOrHandOver(full, hubOptions(options, viewer, output), options.history);
  if (served.is === 'refused') {
    output.say(printable(served.message));
    process.exitCode = served.code;
    return;
  }
  if (served.is === 'elsewhere') {
    await announceElsewhere(served.url, paths, output);
    showPage(served.url, options);
    return;
  }
  try {
    showPage(await announce(served.hub, options, paths, output), options);
    if (viewer === undefined) output.say('The viewer is not built: run "npm run build" in the repository.');
    output.say(`${paths.length === 0 ? WAITING : FOLLOWING} Ctrl-C ends.`);
    await interrupted;
    output.say('Closing …');
  } finally {
    await closeSoon(() => served.hub.close());
  }
}

function showPage(url: string, { open }: Options): void {
  if (open && process.stdout.isTTY === true) openBrowser(url);
}

function hubOptions(
  { port, host, token, poll, dev }: Options,
  viewer: string | undefined,
  output: Output,
): HubOptions {
  const say = (text: string): void => output.say(printable(text));
  // Port 0 is another one each time: nothing to tell the script.
  const setup = setupHere(thisComputer(), port === 0 ? undefined : port);
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(token === undefined ? {} : { token }),
    ...(poll === undefined ? {} : { pollMs: poll }),
    ...(dev === undefined ? {} : { dev }),
    ...(viewer === undefined ? {} : { viewerDir: viewer }),
    ...(setup === undefined ? {} : { setup }),
    logger: { info: () => {}, warn: say, error: say },
  };
}

/** The address is data: `url=$(livetree serve …)` is of use to scripts. */
async function announce(
  hub: Hub,
  { host = '' }: Options,
  paths: readonly string[],
  output: Output,
): Promise<string> {
  const [url = hub.url, ...others] = reachableUrls(hub.url, host);
  output.say(paths.length === 0 ? 'LiveTree runs at' : `LiveTree shows ${shown(paths)} at`);
  await output.data(`${url}\n`);
  if (others.length > 0) output.say(`Also at ${others.join(' , ')}`);
  return url;
}

async function announceElsewhere(url: string, paths: readonly string[], output: Output): Promise<void> {
  output.say(`LiveTree runs already${paths.length === 0 ? '' : `; it now shows ${shown(paths)}`}, at`);
  await output.data(`${url}\n`);
}

const FOLLOWING = 'Save in Live, and the page shows what changed.';
const WAITING =
  'It shows each Set that Live opens, once its script is in Live; any other can be opened on the page.';

const shown = (paths: readonly string[]): string => printable(paths.join(', '));
