import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DEFAULT_LIMITS, diffSets, type ParsedSet, parseSet } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { describe, expect, it } from 'vitest';
import { setText } from '../src/textconv/set-text.ts';
import { corpusPath, hasCorpus } from './support/corpus.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree } from './support/run.ts';

const NEXT = fileURLToPath(new URL('../../../fixtures/demo-next.als', import.meta.url));
const folder = testFolder();

const DEMO_XML = gunzipSync(readFileSync(DEMO)).toString('utf8');
const ofFile = (path: string): ParsedSet =>
  parseSet(inflateSet(readFileSync(path), DEFAULT_LIMITS), { platform: nodePlatform });
const ofXml = (xml: string): ParsedSet => parseSet(new TextEncoder().encode(xml), { platform: nodePlatform });
const textOf = (set: ParsedSet): string => [...setText(set)].join('');
const linesOf = (set: ParsedSet): readonly string[] => textOf(set).trimEnd().split('\n');

/** Lines that are in only one of both texts. */
function changedLines(a: ParsedSet, b: ParsedSet): { readonly old: string[]; readonly young: string[] } {
  const without = (lines: readonly string[], others: readonly string[]): string[] => {
    const rest = new Map<string, number>();
    for (const line of others) rest.set(line, (rest.get(line) ?? 0) + 1);
    return lines.filter((line) => {
      const count = rest.get(line) ?? 0;
      rest.set(line, count - 1);
      return count <= 0;
    });
  };
  const [old, young] = [linesOf(a), linesOf(b)];
  return { old: without(old, young), young: without(young, old) };
}
const bare = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.trim()).filter((line) => !line.includes('checksum'));

describe('livetree textconv', () => {
  it.skipIf(!hasCorpus)(
    '[CLI-40] two saves of a real Set (up to 2 MB) give the same text exactly when their difference is empty',
    { timeout: 240_000 },
    () => {
      const outcome = { pairs: 0, equal: 0 };
      for (const series of readdirSync(corpusPath('series'))) {
        const files = readdirSync(corpusPath('series', series)).filter((name) => {
          const { size } = statSync(corpusPath('series', series, name));
          return name.endsWith('.als') && size <= 2 * 1024 * 1024;
        });
        let last: { readonly set: ParsedSet; readonly text: string } | undefined;
        for (const name of files.sort()) {
          const set = ofFile(corpusPath('series', series, name));
          const text = textOf(set);
          if (last !== undefined) {
            const { ops, touched } = diffSets(last.set, set);
            const isEmpty = ops.length + touched.length === 0;
            expect(text === last.text, `${series}/${name}`).toBe(isEmpty);
            outcome.pairs += 1;
            outcome.equal += isEmpty ? 1 : 0;
          }
          last = { set, text };
        }
      }
      process.stderr.write(`textconv: ${outcome.pairs} pairs, ${outcome.equal} of them without a change\n`);
      expect(outcome.pairs).toBeGreaterThan(50);
      expect(outcome.equal).toBeGreaterThan(0);
    },
  );

  it('[CLI-40] line ends, compression and what Live rewrites by itself change nothing; any value does', () => {
    const text = textOf(ofFile(DEMO));
    expect(textOf(ofXml(DEMO_XML.replaceAll('\n', '\r\n')))).toBe(text);
    expect(
      textOf(ofXml(DEMO_XML.replace(/<NextPointeeId Value="\d+"/, '<NextPointeeId Value="99999"'))),
    ).toBe(text);
    for (const [was, now] of [
      ['Velocity="112"', 'Velocity="111"'],
      ['<Manual Value="1200" />', '<Manual Value="1200.0001" />'],
      ['<LiveSet>', '<LiveSet><UnheardOf Value="1" />'],
    ] as const) {
      expect(DEMO_XML).toContain(was);
      expect(textOf(ofXml(DEMO_XML.replace(was, now))), was).not.toBe(text);
    }
  });

  it('[CLI-41] a property a line: parameters in units with their device, notes, envelopes, warp markers', () => {
    const lines = linesOf(ofFile(DEMO)).map((line) => line.trim());
    for (const line of [
      'MIDI track "Bass"',
      'tempo: 124 BPM',
      'EQ Eight › 2 Frequency A: 1.2 kHz',
      'Kick Bus › Simpler › Ve Decay: 300 ms',
      'MIDI clip "Bass Verse" in Scene "Verse"',
      'E1 at 1.4.2, length 0.5, velocity 90, deactivated',
      'envelope of EQ Eight › 2 Frequency A: 4 points',
      '15: 340, curve 0.25 0.75 0.5 1',
      'warp beat 16 at 7.741935 s',
      'info text: Night Bus, third draft.\\n"Finished" is a big word <sic>.',
    ])
      expect(lines).toContain(line);
    expect(
      lines.some((line) => /^send to Return "Reverb": −12\.0 dB, checksum [0-9a-f]{16}$/.test(line)),
    ).toBe(true);
    expect(textOf(ofFile(DEMO))).not.toMatch(/undefined|NaN|\[object/);
  });

  it('[CLI-41] the edits of the demo, and no other lines, but for the checksums of what holds them', () => {
    const { old, young } = changedLines(ofFile(DEMO), ofFile(NEXT));
    // The compressor lies deeper where it was moved to.
    expect(bare(old).filter((line) => !line.includes('Pump'))).toEqual([
      'EQ Eight › 2 Frequency A: 1.2 kHz',
      'MIDI clip "Verse Keys" in Scene "Verse"',
      'muted: no',
    ]);
    expect(bare(young)).toContain('EQ Eight › 2 Frequency A: 340 Hz');
    expect(bare(young)).toContain('A0 at 1.4.3, length 0.25, velocity 99');
    expect(bare(young)).toContain('muted: yes');
    expect([...old, ...young].filter((line) => !line.includes('Pump')).length).toBeLessThan(20);
  });

  it.each([
    ['a track', '<EffectiveName Value="Bass" />', '<UserName Value="Bass" />', 'MIDI track "Sub"'],
    ['a scene', '<Name Value="Verse" />', '<Name Value="Verse" />', 'Scene "Sub"'],
  ])('[CLI-42] %s with another name changes its own line, and those that name it', (_, was, user, line) => {
    const rename = (text: string): string => text.replace(/Value="[^"]*"/, 'Value="Sub"');
    const changed = DEMO_XML.replaceAll(was, rename(was)).replaceAll(user, rename(user));
    const { old, young } = changedLines(ofXml(DEMO_XML), ofXml(changed));
    expect(bare(young)).toContain(line);
    expect(old.length).toBe(young.length);
    const others = bare(young).filter((each) => !each.includes('Sub'));
    expect(others).toEqual([]);
  });

  it('[CLI-42] a track put before others changes no line of theirs', () => {
    const [track = ''] = /<MidiTrack [\s\S]*?<\/MidiTrack>/.exec(DEMO_XML) ?? [];
    const more = DEMO_XML.replace(/<Tracks>\s*/, (start) => `${start}${track}`);
    const { old, young } = changedLines(ofXml(DEMO_XML), ofXml(more));
    expect(old).toEqual([]);
    expect(bare(young)[0]).toMatch(/^MIDI track /);
  });

  it('[CLI-43] what is no Set is one line, exit code 0, another one for other bytes, without the name of the copy', async () => {
    const oid = 'a'.repeat(64);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 31415\n`;
    const cases = [
      [
        folder.file('lfs.als', pointer),
        `A Git LFS pointer to a Set of 31415 bytes that was not downloaded (sha256 ${oid}).\n`,
      ],
      [folder.file('empty', ''), 'An empty file, not a Live Set.\n'],
      [
        folder.file('cut.als', readFileSync(DEMO).subarray(0, 5000)),
        /^Not a readable Live Set \(5000 bytes, sha256 [0-9a-f]{64}\): The file is cut off.*\n$/,
      ],
      [folder.file('Notes of mine', 'just text'), /^Not a readable Live Set \(9 bytes, .*\n$/],
    ] as const;
    for (const [path, text] of cases) {
      const { code, stdout, stderr } = await livetree(['textconv', path]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(text);
      expect(stdout).not.toContain(folder.path);
      expect(stdout.split('\n')).toHaveLength(2);
    }
  });

  it('[CLI-43] a path that leads nowhere is a mistake: exit code 3', async () => {
    const outcome = await livetree(['textconv', join(folder.path, 'no such file.als')]);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('[CLI-44] the command prints that text, whatever the file is called', async () => {
    const copy = folder.file('git-blob-Xy12', readFileSync(DEMO));
    const { code, stdout, stderr } = await livetree(['textconv', '--format', '2', copy]);
    expect([code, stderr, stdout]).toEqual([0, '', textOf(ofFile(DEMO))]);
    expect((await livetree(['textconv', '--format', '99', copy])).code).toBe(2);
  });
});
