import { type Command, Option } from 'commander';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';

const WISHES = ['on', 'off', 'status'] as const;
type Wish = (typeof WISHES)[number];

const HELP = `
Off, LiveTree shows saved files only, and its Remote Script holds no listener in Live. The choice is kept. It is told to
the LiveTree that runs, which turns at once; where none runs it holds from the next start on. The same switch is on the
page, and on port 9001 of the Remote Script.

Examples:
  livetree realtime status
  livetree realtime off`;

export function addRealtime(program: Command, output: Output): void {
  program
    .command('realtime')
    .addArgument(program.createArgument('<on|off|status>', 'what to do').choices(WISHES))
    .description('listen to the running Live, or show saved files only')
    .addOption(new Option('--json', 'print {"realtime": …, "running": …}'))
    .addHelpText('after', HELP)
    .action((wish: Wish, options: { readonly json?: true }) => run(wish, options, output));
}

async function run(wish: Wish, { json }: { readonly json?: true }, output: Output): Promise<void> {
  try {
    const { isOn, isRunning } = await turn(wish);
    await output.data(
      json ? `${JSON.stringify({ realtime: isOn, running: isRunning })}\n` : say(isOn, isRunning),
    );
  } catch (error) {
    output.say(printable(error instanceof Error ? error.message : String(error)));
    process.exitCode = EXIT.hub;
  }
}

function say(isOn: boolean, isRunning: boolean): string {
  const how = isOn ? 'Real time is on: Live is listened to' : 'Real time is off: saved files only';
  return `${how}${isRunning ? '' : ', once LiveTree is started'}.\n`;
}

/** The hub that runs keeps the switch; where none runs it is kept here. */
async function turn(wish: Wish): Promise<{ readonly isOn: boolean; readonly isRunning: boolean }> {
  const { askHub, defaultStateDir, readPreferences, writePreferences } = await import('@livetree/hub');
  const args = wish === 'status' ? {} : { on: wish === 'on' };
  const value = await askHub('realtime', args);
  if (value !== undefined) return { isOn: value === true, isRunning: true };
  const folder = defaultStateDir();
  if (wish !== 'status') await writePreferences(folder, { realtime: wish === 'on' });
  return { isOn: (await readPreferences(folder)).realtime, isRunning: false };
}
