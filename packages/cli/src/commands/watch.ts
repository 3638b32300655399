import type { Entry, SetInfo } from '@livetree/protocol';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { closeSoon, untilInterrupted } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { entryJson, entryText } from '../watch/entry-text.ts';
import type { FollowerEvents } from '../watch/follower.ts';

interface Options {
  readonly ndjson?: true;
}

const HELP = `
Each save in Live prints its time, a headline and what changed. Where "livetree serve" runs already, the Set is handed
to it, and followed there; without a file all its Sets are followed. Ctrl-C ends it, with exit code 0.

--ndjson prints one line of JSON for each save, with these fields:
  schema, type "entry", set (id), setName, path, revision, time (ms since 1970), origin,
  save (the headline), names (of the changes, for filters), nodes (ids), sentences

Examples:
  livetree watch "My Song.als"
  livetree watch --ndjson "My Song.als" | jq -r .save
  livetree watch                         all Sets of the "livetree serve" that runs`;

export function addWatch(program: Command, output: Output): void {
  program
    .command('watch')
    .argument('[file]', 'an .als file; where no LiveTree runs it need not be there yet')
    .description('say what changes, with each save')
    .option('--ndjson', 'one line of JSON for each save')
    .addHelpText('after', HELP)
    .action((file: string | undefined, options: Options) => run(file, options, output));
}

async function run(file: string | undefined, options: Options, output: Output): Promise<void> {
  const interrupted = untilInterrupted();
  // Only here: the other commands need neither sockets nor a client.
  const { isRefusal, startWatch } = await import('../watch/watch.ts');
  const ended = new Ending();
  try {
    const watch = await startWatch(file, eventsFor(file === undefined, options, output, ended));
    if (watch === undefined) {
      output.say('No LiveTree runs. Name a Set, or start "livetree serve" with one first.');
      process.exitCode = EXIT.hub;
      return;
    }
    await Promise.race([interrupted, ended.promise]);
    await closeSoon(() => watch.close());
  } catch (error) {
    if (!isRefusal(error)) throw error;
    output.say(printable(file === undefined ? error.message : `"${file}": ${error.message}`));
    process.exitCode = error.code === 'PATH_REFUSED' ? EXIT.usage : EXIT.hub;
  }
  if (ended.error !== undefined) throw ended.error;
}

/** Ends the command from inside an event. */
class Ending {
  error: unknown;
  #end: () => void = () => {};
  readonly promise = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  end(error?: unknown): void {
    this.error ??= error;
    this.#end();
  }
}

/** @param areMany whether the name of the Set must be said with each change */
function eventsFor(areMany: boolean, options: Options, output: Output, ending: Ending): FollowerEvents {
  const health = new Health(output);
  let isSaid = false;
  const print = (entry: Entry, set: SetInfo | undefined): void => {
    const named = areMany ? set : undefined;
    const text = options.ndjson === true ? entryJson(entry, set) : entryText(entry, named, output.paint);
    output.data(text).catch((error: unknown) => ending.end(error));
  };
  return {
    entry: print,
    sets: (sets) => health.look(sets),
    ready: (sets) => {
      if (!isSaid) sayReady(sets, output);
      isSaid = true;
    },
    lost: () => {
      isSaid = false;
      output.say('LiveTree does not answer; waiting for it to come back …');
    },
    refused: (reason) => {
      output.say(printable(`LiveTree refuses: ${reason}`));
      process.exitCode = EXIT.hub;
      ending.end();
    },
  };
}

function sayReady(sets: readonly SetInfo[], output: Output): void {
  const names = sets.map(({ name }) => printable(name)).join(', ');
  output.say(`Watching ${names === '' ? 'for Sets to be opened' : names}. Ctrl-C ends.`);
}

/** Says when a file cannot be read (any more), and when it can again; each once. */
class Health {
  readonly #output: Output;
  readonly #said = new Map<string, string>();

  constructor(output: Output) {
    this.#output = output;
  }

  look(sets: readonly SetInfo[]): void {
    for (const { id, name, file } of sets) {
      if (file.state === 'reading') continue;
      const text = file.state === 'ok' ? '' : (file.problem ?? `the file is ${file.state}`);
      if (text === (this.#said.get(id) ?? '')) continue;
      this.#said.set(id, text);
      this.#output.say(printable(`${name}: ${text === '' ? 'the file can be read again' : text}`));
    }
  }
}
