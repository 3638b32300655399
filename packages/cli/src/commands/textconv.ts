import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { LiveSetError, type LiveSetErrorCode, type ParsedSet } from '@livetree/live-set';
import { type Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { readSet } from '../read-set.ts';
import { setText, TEXT_FORMAT } from '../textconv/set-text.ts';

const HELP = `
One property a line, in the order of Live: parameters in their units, notes, envelopes, warp markers. What has no
line of its own is in a checksum: two saves give the same text exactly when nothing in them differs.
A file that is no Set (a Git LFS pointer, a damaged one) gives one line that says so, and exit code 0: git would
give up the whole diff otherwise.

Examples:
  livetree git-setup                     lets git call it, for every .als
  livetree textconv "My Song.als" | less`;

export function addTextconv(program: Command, output: Output): void {
  program
    .command('textconv')
    .argument('<file>', 'an .als file; git gives a copy under any name')
    .description('print a Set as text for git diff')
    .addOption(
      new Option('--format <number>', 'version of the text').choices([String(TEXT_FORMAT)]).hideHelp(),
    )
    .addHelpText('after', HELP)
    .action((file: string) => run(file, output));
}

async function run(file: string, output: Output): Promise<void> {
  const set = await readSet(file, QUIET(output)).catch((error: unknown) => noSet(file, error));
  if (typeof set === 'string') await output.data(`${set}\n`);
  else await print(set, output);
}

/** What is unusual about a file is no matter of a diff. */
const QUIET = (output: Output): Output => ({ ...output, say: () => {}, progress: () => {} });

const PART_CHARACTERS = 256 * 1024;

async function print(set: ParsedSet, output: Output): Promise<void> {
  let part = '';
  for (const piece of setText(set)) {
    part += piece;
    if (part.length < PART_CHARACTERS) continue;
    await output.data(part);
    part = '';
  }
  if (part !== '') await output.data(part);
}

/** There is nothing to convert: git never gives such a path, so somebody mistyped one. */
const MISSING: ReadonlySet<LiveSetErrorCode> = new Set([
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_IS_FOLDER',
]);
const LFS_POINTER = /^oid sha256:([0-9a-f]{64})\nsize (\d+)$/m;

/** One line that is another one for other bytes, and does not name the copy that git made. */
async function noSet(file: string, error: unknown): Promise<string> {
  if (!(error instanceof LiveSetError) || MISSING.has(error.code)) throw error;
  const bytes = await readFile(file);
  if (error.code === 'FILE_EMPTY') return 'An empty file, not a Live Set.';
  const pointer = error.code === 'FILE_LFS_POINTER' ? LFS_POINTER.exec(bytes.toString('latin1')) : null;
  if (pointer !== null)
    return `A Git LFS pointer to a Set of ${pointer[2]} bytes that was not downloaded (sha256 ${pointer[1]}).`;
  const sum = createHash('sha256').update(bytes).digest('hex');
  const why = printable(error.message.replace(`"${file}": `, ''));
  return `Not a readable Live Set (${bytes.length} bytes, sha256 ${sum}): ${why}`;
}
