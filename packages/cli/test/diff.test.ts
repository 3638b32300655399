import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpusPath, hasCorpus } from './support/corpus.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree } from './support/run.ts';

const NEXT = fileURLToPath(new URL('../../../fixtures/demo-next.als', import.meta.url));
const folder = testFolder();
let variants = 0;
/** The demo Set with other text in its XML. */
const variant = (change: (xml: string) => string): string => {
  const xml = gunzipSync(readFileSync(DEMO)).toString('utf8');
  const changed = change(xml);
  if (changed === xml) throw new Error('nothing was changed');
  return folder.file(`variant ${variants++}.als`, changed);
};
/** One track more is armed. */
const armed = (xml: string): string => xml.replace(/(<MidiTrack [\s\S]*?<IsArmed Value=")false/, '$1true');
const EDITS = [
  'Keys 日本: clip "Verse Keys" renamed "Verse Keys B"',
  'Pump moved from Bass to Pad für Intro',
  'Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
  'Bass › "Bass Verse" (Scene "Verse"): 1 note added (bar 1.4.3)',
  'Vox Double: muted',
  'Scene "Outro": info text changed',
];

const TREE = [
  '├─ Bass',
  '│  ├─ ~ EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
  '│  └─ ~ "Bass Verse" (Scene "Verse"): 1 note added (bar 1.4.3)',
  '├─ ~ Keys › Keys 日本: clip "Verse Keys" renamed "Verse Keys B"',
  '├─ ↕ Pump moved from Bass to Pad für Intro',
  '├─ ~ Vox Double: muted',
  '└─ ~ Scene "Outro": info text changed',
];

describe('livetree diff', () => {
  it('[CLI-32] prints a headline and a tree of the changes', async () => {
    const { code, stdout, stderr } = await livetree(['diff', DEMO, NEXT]);
    const [first, ...rest] = stdout.trimEnd().split('\n');
    expect(first).toMatch(/^6 changes: /);
    expect(rest).toEqual(TREE);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('[CLI-37] a thing with several changes has a line, all others stand on the line of their change', async () => {
    const { stdout } = await livetree(['diff', NEXT, DEMO]);
    expect(stdout).toContain('├─ Bass\n│  ├─ ~ EQ Eight › 2 Frequency A: 340 Hz → 1.20 kHz\n');
    expect(stdout).toContain('\n├─ ~ Vox Double: unmuted\n');
  });

  it.skipIf(!hasCorpus)(
    '[CLI-37] every sentence of a real difference stands in the tree, and in its place',
    async () => {
      const [before, after] = ['0001.als', '0020.als'].map((name) =>
        corpusPath('series/l12-language-mashup', name),
      );
      const both = [before ?? '', after ?? ''];
      const { stdout } = await livetree(['diff', ...both]);
      const {
        sentences,
      }: { readonly sentences: readonly { readonly text: string; readonly minor: boolean }[] } = JSON.parse(
        (await livetree(['diff', '--json', ...both])).stdout,
      );
      const edits = sentences.filter(({ minor }) => !minor);
      expect(stdout.split('\n').filter((line) => /─ [+−↕~] /.test(line))).toHaveLength(edits.length);
      for (const { text } of edits) {
        const end = text.split(': ').at(-1) ?? '';
        expect(stdout).toContain(end);
      }
      expect(stdout).toMatch(
        /^├─ Drums\n│ {2}├─ 6-808 Core Kit\n│ {2}│ {2}├─ ~ clip at bar 11: colour changed$/m,
      );
    },
  );

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

  it('[CLI-38] --message with edits counts what the performance or the computer changed in one line', async () => {
    const edited = variant((xml) => armed(xml).replace('<Manual Value="124"', '<Manual Value="126"'));
    const { stdout } = await livetree(['diff', '--message', DEMO, edited]);
    expect(stdout).toMatch(/^- 1 minor change \(performance, computer\)\n$/m);
    expect(stdout).not.toContain('armed');
    const { stdout: only } = await livetree(['diff', '--message', DEMO, variant(armed)]);
    expect(only).toMatch(/^No edits \(1 minor change\)\n\n- .*: armed\n$/);
  });

  it('[CLI-39] --color and --no-color are meant, whatever the variables say', async () => {
    const isColoured = async (flag: string, env: Readonly<Record<string, string>>): Promise<boolean> =>
      (await livetree(['diff', flag, DEMO, NEXT], { env })).stdout.includes('\u001b');
    expect(await isColoured('--color', { NO_COLOR: '1' })).toBe(true);
    expect(await isColoured('--no-color', { FORCE_COLOR: '1' })).toBe(false);
    expect(await isColoured('--stat', { FORCE_COLOR: '1' })).toBe(false);
    expect((await livetree(['diff', DEMO, NEXT], { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001b[33m~',
    );
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
