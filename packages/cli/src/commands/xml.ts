import { DEFAULT_LIMITS } from '@livetree/live-set';
import { readSetFile } from '@livetree/live-set/node';
import type { Command } from 'commander';
import type { Output } from '../output.ts';

const PART_BYTES = 1024 * 1024;

export function addXml(program: Command, output: Output): void {
  program
    .command('xml')
    .argument('<file>', 'an .als file')
    .description('print the plain XML of a Set, byte for byte')
    .addHelpText('after', '\nExample:\n  livetree xml "My Song.als" | grep -c MidiNoteEvent')
    .action(async (file: string) => {
      // The whole file is inflated first: nothing of a damaged one reaches stdout.
      const { xml } = await readSetFile(file, DEFAULT_LIMITS);
      for (let at = 0; at < xml.length; at += PART_BYTES) await output.data(xml.subarray(at, at + PART_BYTES));
    });
}
