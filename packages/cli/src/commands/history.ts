import { stat } from 'node:fs/promises';
import type { HistoryOverview } from '@livetree/protocol';
import { type Command, InvalidArgumentError } from 'commander';
import type { Output } from '../output.ts';
import { PastProblem } from '../past/past-error.ts';
import { shownPath } from '../past/paths.ts';
import { printable } from '../printable.ts';

const HELP = `
What is kept lies in one folder of yours, and nothing of it is sent anywhere. It holds the saves whole, what they have
in common only once, and what was done in Live. The oldest goes when there is too much, or when it is too old; the newest
save of each Set stays. Deleting changes nothing in your Sets, nor in Live's Backup folders.

Examples:
  livetree history size
  livetree history keep --size 2048 --days 365
  livetree history delete "My Song"`;

export function addHistory(program: Command, output: Output): void {
  const history = program
    .command('history')
    .description('where earlier saves are kept, how many, how long')
    .addHelpText('after', HELP);
  history
    .command('path')
    .description('print the folder')
    .action(() => printPath(output));
  history
    .command('size')
    .description('say how much is kept of which Set')
    .action(() => printSize(output));
  history
    .command('off')
    .description('keep nothing any more; what is kept stays')
    .action(() => turn(false, output));
  history
    .command('on')
    .description('keep history again')
    .action(() => turn(true, output));
  history
    .command('keep')
    .description('say how much is kept')
    .option('--size <megabytes>', 'the oldest saves go when there is more', wholeNumber)
    .option('--days <days>', 'what is older goes', wholeNumber)
    .action((options: KeepOptions) => keep(options, output));
  history
    .command('delete')
    .argument('[set]', 'path, name or id of a Set')
    .option('--all', 'of all Sets')
    .description('delete what is kept of a Set, or all')
    .action((set: string | undefined, options: { readonly all?: true }) => remove(set, options, output));
}

interface KeepOptions {
  readonly size?: number;
  readonly days?: number;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}

/** The whole path, for scripts. */
async function printPath(output: Output): Promise<void> {
  const { defaultStateDir } = await import('@livetree/hub');
  await output.data(`${defaultStateDir()}\n`);
}

const openHistory = async (output: Output) => (await import('../past/source.ts')).openHistory(output);

async function printSize(output: Output): Promise<void> {
  const { defaultStateDir, isHistoryOff } = await import('@livetree/hub');
  if (await isHistoryOff(defaultStateDir())) output.say('History is off: nothing is kept any more.');
  const past = await openHistory(output);
  try {
    await output.data(sizeText(await past.json<HistoryOverview>({ ask: 'overview' })));
  } finally {
    past.close();
  }
}

const COUNT_COLUMNS = 6;

function sizeText({ place, sets }: HistoryOverview): string {
  const { mostMegabytes, mostDays } = place.keep;
  const lines = [
    `${sizeOf(place.sizeBytes)} in ${place.folder ?? ''}; at most ${mostMegabytes} MB and ${mostDays} days are kept`,
    ...actLines(place),
    ...sets.map(
      ({ saves, name, path }) => `${String(saves).padStart(COUNT_COLUMNS)}  ${name}  ${shownPath(path)}`,
    ),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** What lies between the saves has a quarter of the room. */
function actLines({ acts, keep }: HistoryOverview['place']): readonly string[] {
  if (acts === undefined) return [];
  const gone = acts.dropped === 0 ? '' : `; the ${acts.dropped} oldest went for want of room`;
  const share = `${sizeOf(acts.sizeBytes)} of that are changes between saves; at most ${keep.mostMegabytes / 4} MB`;
  return [`${share}${gone}`];
}

const sizeOf = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

async function turn(isOn: boolean, output: Output): Promise<void> {
  const { defaultStateDir, readState, switchHistory } = await import('@livetree/hub');
  const folder = defaultStateDir();
  await switchHistory(folder, isOn);
  const isRunning = (await readState(folder)) !== undefined;
  const when = isRunning ? ' from the next start of LiveTree on' : ' from now on';
  const also =
    !isOn && (await stat(folder)).isDirectory()
      ? ' What is kept stays: "livetree history delete --all" deletes it.'
      : '';
  output.say(`${isOn ? 'History is kept' : 'Nothing is kept'}${when}.${also}`);
}

async function keep({ size, days }: KeepOptions, output: Output): Promise<void> {
  if (size === undefined && days === undefined)
    throw new PastProblem('Say how much: --size, --days, or both.');
  const past = await openHistory(output);
  try {
    const limits = {
      ...(size !== undefined && { mostMegabytes: size }),
      ...(days !== undefined && { mostDays: days }),
    };
    await output.data(sizeText(await past.json<HistoryOverview>({ ask: 'keep', limits })));
  } finally {
    past.close();
  }
}

async function remove(
  text: string | undefined,
  { all }: { readonly all?: true },
  output: Output,
): Promise<void> {
  if ((text === undefined) === (all === undefined))
    throw new PastProblem('Say what to delete: a Set, or --all.');
  const past = await openHistory(output);
  try {
    const { findSet } = await import('../past/find-set.ts');
    const line = text === undefined ? undefined : await findSet(text, past);
    await past.json<HistoryOverview>({ ask: 'delete', ...(line !== undefined && { set: line.id }) });
    const what =
      line === undefined
        ? 'of all Sets'
        : `of "${printable(line.name)}" (${line.saves} ${line.saves === 1 ? 'save' : 'saves'})`;
    output.say(`What was kept ${what} is deleted.`);
  } finally {
    past.close();
  }
}
