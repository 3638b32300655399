import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree } from './support/run.ts';

const NEXT = fileURLToPath(new URL('../../../fixtures/demo-next.als', import.meta.url));
const folder = testFolder();
const EDITS = [
  'Keys 日本: clip "Verse Keys" renamed "Verse Keys B"',
  'Pump moved from Bass to Pad für Intro',
  'Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
  'Bass › "Bass Verse" (Scene "Verse"): 1 note added (bar 1.4.3)',
  'Vox Double: muted',
  'Scene "Outro": info text changed',
];

describe('livetree diff', () => {
  it('[CLI-32] prints a headline and one line a change', async () => {
    const { code, stdout, stderr } = await livetree(['diff', DEMO, NEXT]);
    const [first, ...rest] = stdout.trimEnd().split('\n');
    expect(first).toMatch(/^6 changes: /);
    expect(rest.map((line) => line.trim())).toEqual(EDITS);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('[CLI-32] --sentences prints nothing else, --stat counts them by kind', async () => {
    expect((await livetree(['diff', '--sentences', DEMO, NEXT])).stdout).toBe(`${EDITS.join('\n')}\n`);
    const { stdout } = await livetree(['diff', '--stat', DEMO, NEXT]);
    expect(stdout).toMatch(/^ +1 {2}clip renamed$/m);
    expect(stdout).toMatch(/^6 sentences, 5 changes in the tree, details of 3 things$/m);
  });

  it('[CLI-33] --message is a commit message: at most 72 characters, an empty line, the changes', async () => {
    const { stdout } = await livetree(['diff', '--message', DEMO, NEXT]);
    const [subject, empty, ...body] = stdout.trimEnd().split('\n');
    expect(subject?.length).toBeLessThanOrEqual(72);
    expect(empty).toBe('');
    expect(body).toEqual(EDITS.map((edit) => `- ${edit}`));
  });

  it('[CLI-34] --json holds headline, sentences and ops', async () => {
    const { stdout } = await livetree(['diff', '--json', DEMO, NEXT]);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 1, headline: expect.stringMatching(/^6 changes/) });
    expect(document.sentences.map(({ text }: { text: string }) => text)).toEqual(EDITS);
    expect(document.ops.map(({ op }: { op: string }) => op).sort()).toEqual([
      'move',
      'set',
      'set',
      'set',
      'set',
    ]);
  });

  it('[CLI-35] the same Set twice: nothing is printed; --exit-code tells by 0 and 1', async () => {
    expect(await livetree(['diff', '--exit-code', DEMO, DEMO])).toMatchObject({ code: 0, stdout: '' });
    expect(await livetree(['diff', '--exit-code', DEMO, NEXT])).toMatchObject({ code: 1 });
    expect(await livetree(['diff', DEMO, NEXT])).toMatchObject({ code: 0 });
    // Bare XML with other line ends is the same Set.
    const text = gunzipSync(readFileSync(DEMO)).toString('utf8');
    const bare = folder.file('bare.als', text.replaceAll('\n', '\r\n'));
    expect(await livetree(['diff', '--exit-code', DEMO, bare])).toMatchObject({ code: 0, stdout: '' });
  });

  it('[CLI-36] two ways of printing at once are refused, and so is a file that is no Set', async () => {
    expect(await livetree(['diff', '--stat', '--json', DEMO, NEXT])).toMatchObject({ code: 2, stdout: '' });
    const notASet = await livetree(['diff', DEMO, fileURLToPath(import.meta.url)]);
    expect(notASet).toMatchObject({ code: 3, stdout: '' });
    expect(notASet.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
