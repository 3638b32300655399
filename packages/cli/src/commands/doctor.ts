import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { thisComputer } from '../setup/computer.ts';
import { type Diagnosis, diagnose } from '../setup/doctor.ts';
import { type GatherOptions, gather } from '../setup/gather.ts';

interface Options {
  readonly json?: true;
  readonly path?: string;
}

const HELP = `
Walks the chain from Live to the page and says of each step: ok (✓), broken (✗) with what to do, or not known (?). It
only looks. Exit code ${EXIT.ok}: nothing is broken, ${EXIT.different}: something is. Each step is explained in docs/troubleshooting.md.

Examples:
  livetree doctor
  livetree doctor --json              for a report of a fault; it holds paths of this computer`;

export function addDoctor(program: Command, output: Output): void {
  program
    .command('doctor')
    .description('find out what is missing between Live and the page')
    .option('--json', 'one JSON document')
    .option('--path <folder>', 'the User Library (default: the one Live uses)')
    .addHelpText('after', HELP)
    .action(({ json, path }: Options) =>
      runDoctor(
        { computer: thisComputer(), ...(path !== undefined && { library: path }) },
        json === true,
        output,
      ),
    );
}

/** Prints what was found and sets the exit code. */
export async function runDoctor(options: GatherOptions, isJson: boolean, output: Output): Promise<void> {
  const evidence = await gather(options);
  const steps = diagnose(evidence);
  const isSound = steps.every(({ state }) => state !== 'broken');
  if (isJson) {
    const { platform } = options.computer;
    const document = { schema: 1, ok: isSound, platform, script: evidence.ownVersion, steps };
    await output.data(`${JSON.stringify(document, null, 2)}\n`);
  } else
    await output.data(
      `${[...steps.flatMap((step) => lines(step, output)), '', summary(steps)].join('\n')}\n`,
    );
  if (!isSound) process.exitCode = EXIT.different;
}

function lines({ state, what, found, remedy }: Diagnosis, { paint: { colors } }: Output): readonly string[] {
  const sign = { ok: colors.green('✓'), broken: colors.red('✗'), unknown: colors.dim('?') }[state];
  const text = printable(`${what}: ${found}`);
  return [
    `${sign} ${state === 'unknown' ? colors.dim(text) : text}`,
    ...(remedy === undefined ? [] : [`  → ${printable(remedy)}`]),
  ];
}

function summary(steps: readonly Diagnosis[]): string {
  const count = steps.filter(({ state }) => state === 'broken').length;
  if (count === 1) return 'One step is broken; what to do stands below it.';
  if (count > 1) return `${count} steps are broken. Begin with the first: it may be the cause of the others.`;
  const isAllKnown = steps.every(({ state }) => state === 'ok');
  return isAllKnown ? 'All is well.' : 'Nothing is broken, as far as can be known.';
}
