import type { HistoryFilter } from '@livetree/hub';
import type { SetHistory } from '@livetree/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Output } from '../output.ts';

interface Options extends Omit<HistoryFilter, 'most'> {
  readonly most?: number;
  readonly json?: true;
}

/** Entries that are shown unless asked for more. */
const MOST = 30;

const HELP = `
Newest first. Kept are the saves that LiveTree has seen, those that Live has put into Backup/, and what was done in Live.
The first column is what other commands call a moment: livetree show "My Song@save-2".

Examples:
  livetree log "My Song.als"
  livetree log "My Song" --since 2026-03-01 --node Bass
  livetree log --json "My Song" | jq -r '.entries[].save'
  livetree diff "My Song@save-2" "My Song@save"`;

export function addLog(program: Command, output: Output): void {
  program
    .command('log')
    .argument('[set]', 'path, name or id of a Set; without one, where there is only one')
    .description('say what was saved and changed, and when')
    .option('--since <time>', 'not before: 14:30, 2026-03-01, "2026-03-01 14:30"')
    .option('--until <time>', 'not after, likewise')
    .option('--node <text>', 'only what happened to this: part of its name, or its id')
    .option('--name <event>', 'only with changes of this kind: track_renamed, clip_added …')
    .addOption(
      new Option('--origin <origin>', 'only saves, or only what was done in Live').choices(['file', 'live']),
    )
    .option('-n, --most <count>', `how many at most (default: ${MOST}; with --json all that are kept)`, count)
    .option('--json', 'as one JSON document')
    .addHelpText('after', HELP)
    .action((set: string | undefined, options: Options) => run(set ?? '', options, output));
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}

async function run(text: string, { json, most, ...asked }: Options, output: Output): Promise<void> {
  // Only here: the other commands need no store.
  const [{ openHistory }, { findSet }, { logJson, logText }] = await Promise.all([
    import('../past/source.ts'),
    import('../past/find-set.ts'),
    import('../past/log-text.ts'),
  ]);
  const past = await openHistory(output);
  try {
    const { id } = await findSet(text, past);
    const filter = { ...asked, most: most ?? (json === true ? ALL : MOST) };
    const history = await past.json<SetHistory>({ ask: 'history', set: id, filter });
    await output.data(json === true ? logJson(history) : logText(history, output.paint));
    const { reading } = history.place;
    if (reading > 0)
      output.say(`${reading} earlier ${reading === 1 ? 'save is' : 'saves are'} still being read.`);
    if (history.entries.length === 0) output.say('Nothing that is kept fits.');
  } finally {
    past.close();
  }
}

const ALL = 100_000;
