import { realpathSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { autostartState, turnOff, turnOn } from '../setup/autostart.ts';
import type { OwnProgram } from '../setup/autostart-files.ts';
import { type Computer, thisComputer } from '../setup/computer.ts';

const HELP = `
Starts "livetree serve --no-open" when you log in, so that it is there when Live opens: by a LaunchAgent on macOS, a
file in the Startup folder on Windows, a unit of your systemd on Linux. One file, which "off" takes away again; one of
the same name that is not ours is left alone.

Examples:
  livetree autostart on
  livetree autostart status`;

const CHOICES = ['on', 'off', 'status'] as const;
type Choice = (typeof CHOICES)[number];

export function addAutostart(program: Command, output: Output): void {
  program
    .command('autostart')
    .addArgument(program.createArgument('<on|off|status>', 'what to do').choices(CHOICES))
    .description('start LiveTree when you log in')
    .addOption(new Option('--json', 'status as JSON'))
    .addHelpText('after', HELP)
    .action((choice: Choice, { json }: { readonly json?: true }) =>
      runAutostart(choice, json === true, output, thisComputer(), ownProgram()),
    );
}

/** The program that runs, whatever link led to it. */
const ownProgram = (): OwnProgram => ({
  node: process.execPath,
  program: realpathSync(process.argv[1] ?? ''),
});

/** @throws SetupError where a file of somebody else is in the way, or nothing can be written */
export async function runAutostart(
  choice: Choice,
  isJson: boolean,
  output: Output,
  computer: Computer,
  own: OwnProgram,
): Promise<void> {
  const hasChanged = choice === 'on' ? turnOn(computer, own) : choice === 'off' && turnOff(computer, own);
  const { state, path } = autostartState(computer, own);
  const isOn = state === 'on' || state === 'other';
  if (isJson) return output.data(`${JSON.stringify({ schema: 1, on: isOn, state, path })}\n`);
  const lines = choice === 'status' ? statusLines(state, path) : changeLines(choice, hasChanged, path);
  await output.data(`${lines.map(printable).join('\n')}\n`);
}

function changeLines(choice: 'on' | 'off', hasChanged: boolean, path: string): readonly string[] {
  if (choice === 'off')
    return [
      hasChanged
        ? 'LiveTree no longer starts at login. One that runs now goes on until you end it.'
        : 'LiveTree does not start at login.',
    ];
  return [
    hasChanged ? 'LiveTree starts at login from now on, by' : 'LiveTree starts at login already, by',
    `  ${path}`,
    ...(hasChanged ? ['To start it now as well: livetree serve'] : []),
  ];
}

function statusLines(state: ReturnType<typeof autostartState>['state'], path: string): readonly string[] {
  switch (state) {
    case 'on':
      return ['on: LiveTree starts at login, by', `  ${path}`];
    case 'off':
      return ['off: LiveTree does not start at login. To change that: livetree autostart on'];
    case 'other':
      return [
        'on, but for a LiveTree or a Node at another place than this one:',
        `  ${path}`,
        'To start this one instead: livetree autostart on',
      ];
    case 'foreign':
      return [
        'off: LiveTree does not start at login. A file that is not ours has the name it needs:',
        `  ${path}`,
      ];
    default:
      return state satisfies never;
  }
}
