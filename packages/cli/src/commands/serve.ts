import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HUB_PORTS, type Hub, HubError, startHub } from '@livetree/hub';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly poll?: number;
  readonly dev?: true;
  readonly open: boolean;
}

export function addServe(program: Command, output: Output): void {
  program
    .command('serve')
    .argument('[paths...]', 'the .als files to mirror')
    .description('mirror Sets to a browser: each save shows there as a small change')
    .option('-p, --port <port>', `port to listen on (default: the first free one of ${HUB_PORTS.join(', ')})`, wholeNumber)
    .option('--host <address>', 'address to listen on; any other than this computer needs --token', '127.0.0.1')
    .option('--token <text>', 'what a browser on another computer must give')
    .option('--poll <ms>', 'look at the files every so many ms (network drives)', wholeNumber)
    .option('--dev', 'let the viewer’s development server (port 5173) connect')
    .option('--no-open', 'do not open the browser')
    .addHelpText('after', '\nExamples:\n  livetree serve "My Song.als"\n  livetree serve --no-open --port 9000 "A.als" "B.als"\n\nCtrl-C ends it.')
    .action((paths: readonly string[], options: Options) => run(paths, options, output));
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('Give a whole number from 0 to 65535.');
  return number;
}

/** The built viewer: inside the package, or beside it in the repository. */
function viewerDir(): string | undefined {
  const places = ['../viewer', '../../../viewer/dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return places.find((path) => existsSync(`${path}/index.html`));
}

async function run(paths: readonly string[], options: Options, output: Output): Promise<void> {
  let hub: Hub;
  const viewer = viewerDir();
  try {
    hub = await startHub({
      paths: paths.map((path) => resolve(path)),
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.token === undefined ? {} : { token: options.token }),
      ...(options.poll === undefined ? {} : { pollMs: options.poll }),
      ...(options.dev === undefined ? {} : { dev: true }),
      ...(viewer === undefined ? {} : { viewerDir: viewer }),
      logger: { info: () => {}, warn: (text) => output.say(text), error: (text) => output.say(text) },
    });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    output.say(error.message);
    process.exitCode = EXIT.hub;
    return;
  }
  announce(hub, paths, viewer, output);
  if (options.open && process.stdout.isTTY === true) openBrowser(hub.url);
  await untilInterrupted();
  output.say('Closing …');
  await hub.close();
}

function announce(hub: Hub, paths: readonly string[], viewer: string | undefined, output: Output): void {
  output.say(`LiveTree shows ${paths.length === 0 ? 'no Set yet' : paths.join(', ')}`);
  output.say(`  ${hub.url}`);
  if (viewer === undefined) output.say('  The viewer is not built: run "npm run build" in the repository.');
  output.say('Save in Live, and the page shows what changed. Ctrl-C ends.');
}

/** Resolves at the first Ctrl-C or termination; a second one ends the process at once. */
function untilInterrupted(): Promise<void> {
  return new Promise((done) => {
    const stop = (): void => {
      process.once('SIGINT', () => process.exit(EXIT.interrupted));
      done();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
