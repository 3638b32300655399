import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { useScript } from '../../src/xml/scan-quickly.ts';
import type { Tape } from '../../src/xml/tape.ts';
import { describeCorpus, fixtureXml, readXml, smallSets } from '../corpus.ts';
import { draft, embed, LIVE_STYLE, style, write } from './documents.ts';
import { scanText } from './oracle.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

afterEach(() => useScript(false));

/** All that a scan found, without the room that it has left over. */
function found({ bytes: _, size, attributeCount, ...rest }: Tape) {
  const cut = ([key, value]: [string, unknown]) => {
    if (!ArrayBuffer.isView(value)) return [key, value];
    const isAttribute = key === 'attributeName' || key.startsWith('value');
    const count = isAttribute ? attributeCount : key === 'firstAttribute' ? size + 1 : size;
    return [key, (value as Uint32Array).slice(0, count)];
  };
  return { size, attributeCount, ...Object.fromEntries(Object.entries(rest).map(cut)) };
}

function expectTheSame(xml: string): void {
  useScript(true);
  const byScript = found(scanText(xml));
  useScript(false);
  expect(found(scanText(xml))).toEqual(byScript);
}

describe('the quick loop', () => {
  it('[PARSE-55] is the compiled form of its source', () => {
    const script = resolve(ROOT, 'scripts/compile-quick-loop.mjs');
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('[PARSE-55] reads the same as script and as WebAssembly: generated documents', () => {
    const how = fc.oneof(style, fc.constant(LIVE_STYLE));
    fc.assert(
      fc.property(draft, how, (root, each) => {
        expectTheSame(write(root, each));
        expectTheSame(embed(write(root, each), 3));
      }),
      { numRuns: 100 },
    );
  });

  it.each(['demo', 'small-l8', 'small-l12'])('[PARSE-55] reads the same: %s', (name) => {
    expectTheSame(fixtureXml(name));
  });

  it('[PARSE-55] reads the same over many windows, and with more than fits in one piece', () => {
    const many = `<Note Time="0.5" Velocity="100" />\n<A><Name Value="${'x'.repeat(300)}" /></A>`;
    expectTheSame(`<Ableton>${many.repeat(20_000)}</Ableton>`);
  });
});

describeCorpus('the quick loop, on real Sets', () => {
  it.each(smallSets)('[PARSE-55] reads the same: $file', (set) => {
    expectTheSame(readXml(set).toString('utf8'));
  });
});
