import type { SetInfo } from '@livetree/protocol';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { setsOf, unsavedOf } from '../hub-api.ts';
import { meantSets } from '../meant-set.ts';
import type { Output } from '../output.ts';
import { runningHub } from '../running-hub.ts';
import { lostText, type StatusView, statusText } from '../status/status-text.ts';

/** Version of the JSON that this command prints. */
const SCHEMA = 1;

interface Options {
  readonly json?: true;
  readonly lost?: true;
}

const HELP = `
Compares what Live has open with the file it was saved to last, property by property, as the "livetree serve" that
runs sees it. Live does not report everything (automation, plug-in windows, …): an empty list does not say that
nothing is left to save.

--lost shows what was not saved when Live ended (a crash, or closed without saving), with what is needed to do it again.

Examples:
  livetree status
  livetree status "My Song.als"
  livetree status --json | jq '.sets[].unsaved.total'`;

export function addStatus(program: Command, output: Output): void {
  program
    .command('status')
    .argument('[set]', 'path, name or id of a Set that is served (default: all)')
    .description('say what changed in Live since the save')
    .option('--lost', 'what was not saved when Live ended')
    .option('--json', 'as one JSON document')
    .addHelpText('after', HELP)
    .action((set: string | undefined, options: Options) => run(set, options, output));
}

async function run(wanted: string | undefined, options: Options, output: Output): Promise<void> {
  const hub = await runningHub();
  const served = hub && (await setsOf(hub));
  if (hub === undefined || served === undefined) {
    output.say('No LiveTree runs. Start "livetree serve" first; then open the Set in Live.');
    process.exitCode = EXIT.hub;
    return;
  }
  const sets = wanted === undefined ? served : await meantSets(served, wanted);
  if (sets.length === 0 && wanted !== undefined) {
    output.say(`No such Set is served: "${wanted}". ${servedText(served)}`);
    process.exitCode = EXIT.usage;
    return;
  }
  const views = await Promise.all(
    sets.map(async (set): Promise<StatusView> => ({ set, unsaved: await unsavedOf(hub, set.id) })),
  );
  await output.data(textOf(views, options, output));
}

const servedText = (sets: readonly SetInfo[]): string =>
  sets.length === 0 ? 'None is.' : `These are: ${sets.map(({ name }) => name).join(', ')}.`;

function textOf(views: readonly StatusView[], options: Options, { paint }: Output): string {
  if (options.json === true) {
    const sets = views.map(({ set, unsaved }) => ({ ...set, unsaved: unsaved ?? null }));
    return `${JSON.stringify({ schema: SCHEMA, sets })}\n`;
  }
  const now = Date.now();
  if (options.lost !== true) {
    const texts = views.map((view) => statusText(view, paint, now));
    return texts.length === 0 ? 'No Set is open.\n' : texts.join('\n');
  }
  const lost = views.flatMap(({ set, unsaved }) =>
    (unsaved?.lost ?? []).map((one) => lostText(set, one, paint, now)),
  );
  return lost.length === 0 ? 'Nothing was lost that LiveTree knows of.\n' : lost.join('\n');
}
