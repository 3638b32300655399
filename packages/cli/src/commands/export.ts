import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { readMoment } from '../past/read-moment.ts';
import { treeJson } from '../show/tree-json.ts';

/** Version of the JSON that this command prints: that of `show --json`. */
const SCHEMA = 1;

const HELP = `
Examples:
  livetree export "My Song@save-1" > before.json
  livetree export "My Song.als" | jq '.root.lists.tracks[].props.name'`;

export function addExport(program: Command, output: Output): void {
  program
    .command('export')
    .argument('<set>', 'a Set as it was: "My Song@save-1", "My Song@14:30"; or an .als file')
    .description('print the whole tree of a Set as JSON')
    .addHelpText('after', HELP)
    .action(async (text: string) => {
      const { root } = await readMoment(text, output);
      const document = { schema: SCHEMA, root: treeJson(root, Number.POSITIVE_INFINITY) };
      await output.data(`${JSON.stringify(document)}\n`);
    });
}
