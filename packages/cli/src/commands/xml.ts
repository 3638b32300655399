import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { readXml } from '../read-set.ts';

const PART_BYTES = 1024 * 1024;

export function addXml(program: Command, output: Output): void {
  program
    .command('xml')
    .argument('<file>', 'an .als file')
    .description('print the plain XML of a Set, byte for byte')
    .addHelpText(
      'after',
      '\nExamples:\n  livetree xml "My Song.als" > song.xml\n  livetree xml "My Song.als" | grep -c MidiNoteEvent',
    )
    .action((file: string) => run(file, output));
}

/** The whole file is inflated first: nothing of a damaged one reaches stdout. */
async function run(file: string, output: Output): Promise<void> {
  const { xml } = await readXml(file, output);
  for (let at = 0; at < xml.length; at += PART_BYTES) await output.data(xml.subarray(at, at + PART_BYTES));
}
