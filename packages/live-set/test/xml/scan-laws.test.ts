import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, draft, embed, LIVE_STYLE, type Style, style, write } from './documents.ts';
import { hashOf, linesOf, readTape, readWithOracle, rootHash, scanText } from './oracle.ts';

const RUNS = 300;

/** All places of a value in a draft, each as a function that changes that value alone. */
function changes(root: Draft): Draft[] {
  const own = root.attributes.map((_, i) => ({
    ...root,
    attributes: root.attributes.map(([key, value], k): readonly [string, string] => [
      key,
      k === i ? `${value}1` : value,
    ]),
  }));
  const inner = root.children.flatMap((child, i) => {
    const changed = typeof child === 'string' ? [`${child}F`] : changes(child);
    return changed.map((next) => ({
      ...root,
      children: root.children.map((old, k) => (k === i ? next : old)),
    }));
  });
  return [...own, ...inner];
}

function withoutMasked(root: Draft, names: readonly string[]): Draft {
  return {
    ...root,
    attributes: root.attributes.filter(([key]) => !names.includes(`@${key}`)),
    children: root.children
      .filter((child) => typeof child === 'string' || !names.includes(child.name))
      .map((child) => (typeof child === 'string' ? child : withoutMasked(child, names))),
  };
}

describe('scan, on generated documents', () => {
  it('[PARSE-1] reads what saxes reads, in the quick loop and out of it', () => {
    fc.assert(
      fc.property(draft, style, (root, how) => {
        for (const xml of [write(root, how), embed(write(root, how), 3)]) {
          const read = linesOf((sink) => readTape(scanText(xml), sink));
          expect(read).toEqual(linesOf((sink) => readWithOracle(xml, sink)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-7] the hash does not depend on indentation, line ends, quotes, escapes, CDATA or comments', () => {
    fc.assert(
      fc.property(draft, style, style, (root, one, other) => {
        expect(rootHash(scanText(write(root, one)))).toBe(rootHash(scanText(write(root, other))));
      }),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-7] every copy of an element has one hash, whichever path read it', () => {
    fc.assert(
      fc.property(draft, style, fc.array(style, { minLength: 1, maxLength: 4 }), (root, how, others) => {
        const bare = scanText(write(root, how));
        const copies = others.map((other) => write(root, { ...other, declaration: false })).join('');
        const tape = scanText(embed(copies, 2));
        for (let i = 0, element = 1; i < others.length * 2; i += 1, element = tape.end[element]!) {
          expect(hashOf(tape, element)).toBe(rootHash(bare));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-7] changing any one value or text changes the hash', () => {
    fc.assert(
      fc.property(draft, (root) => {
        const hashes = [root, ...changes(root)].map((each) => rootHash(scanText(write(each, LIVE_STYLE))));
        expect(new Set(hashes.slice(1)).has(hashes[0]!)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-8] masked elements and attributes add nothing, wherever they stand', () => {
    const masked = ['ViewState', 'Selected', '@Id', '@LomId'];
    fc.assert(
      fc.property(draft, style, (root, how) => {
        const whole = embed(write({ ...root, name: 'Set' }, { ...how, declaration: false }), 2);
        const rest = embed(write(withoutMasked({ ...root, name: 'Set' }, masked), how), 2);
        expect(rootHash(scanText(whole, masked))).toBe(rootHash(scanText(rest, masked)));
      }),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-8] a masked element has its own hash, as if it were not masked', () => {
    const tape = (masked: string[]) => scanText('<a><ViewState Value="1"><b/></ViewState></a>', masked);
    expect(hashOf(tape(['ViewState']), 1)).toBe(hashOf(tape([]), 1));
    expect(hashOf(tape(['ViewState']), 0)).not.toBe(hashOf(tape([]), 0));
  });

  it('[PARSE-7] the hash tells order, nesting and names apart', () => {
    const documents = [
      '<a><b/><c/></a>',
      '<a><c/><b/></a>',
      '<a><b><c/></b></a>',
      '<a><b/></a>',
      '<a b=""/>',
      '<a b="" c=""/>',
      '<a c="" b=""/>',
      '<a b="c"/>',
      '<a>bc</a>',
      '<a>b</a>',
      '<a>b<c/></a>',
      '<a><c/>b</a>',
      '<b/>',
      '<a/>',
    ];
    expect(new Set(documents.map((xml) => rootHash(scanText(xml)))).size).toBe(documents.length);
  });

  it('[PARSE-2] the tape is in document order with parents, ends and byte ranges', () => {
    fc.assert(
      fc.property(draft, style, (root, how: Style) => {
        const xml = Buffer.from(embed(write(root, how), 2));
        const tape = scanText(xml.toString());
        expect(tape.parent[0]).toBe(-1);
        for (let element = 1; element < tape.size; element += 1) {
          const parent = tape.parent[element]!;
          expect(parent < element && tape.end[element]! <= tape.end[parent]!).toBe(true);
          expect(
            tape.start[element]! > tape.start[parent]! && tape.stop[element]! <= tape.stop[parent]!,
          ).toBe(true);
          const text = xml.toString('utf8', tape.start[element], tape.stop[element]);
          expect(text.startsWith(`<${tape.names[tape.name[element]!]}`) && text.endsWith('>')).toBe(true);
        }
        expect(tape.firstAttribute[tape.size]).toBe(tape.attributeCount);
      }),
      { numRuns: 100 },
    );
  });
});
