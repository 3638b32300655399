/**
 * Writes the part of docs/troubleshooting.md that is made of the table of `livetree doctor`:
 *
 *     npx tsc -b && node scripts/troubleshooting.mjs
 *
 * `--print` prints that part instead; a test compares it with the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DOCTOR_STEPS } from '../packages/cli/dist/setup/doctor-table.js';

const PAGE = resolve(import.meta.dirname, '../docs/troubleshooting.md');
const [BEGIN, END] = ['<!-- begin: doctor -->', '<!-- end: doctor -->'];

const part = DOCTOR_STEPS.map(
  ({ id, what, remedy }, index) => `### ${index + 1}. ${what}\n\n\`${id}\`. **If not:** ${remedy}\n`,
).join('\n');

if (process.argv.includes('--print')) process.stdout.write(part);
else {
  const page = readFileSync(PAGE, 'utf8');
  const [head, rest = ''] = page.split(BEGIN);
  const tail = rest.split(END)[1] ?? '';
  writeFileSync(PAGE, `${head}${BEGIN}\n\n${part}\n${END}${tail}`);
}
