import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveSetError } from '../../src/errors.ts';
import { scan } from '../../src/xml/scan.ts';
import { hasCorpus, readCorpusXml } from './corpus.ts';
import { draft, embed, style, write } from './documents.ts';
import { linesOf, readTape, readWithOracle, scanOptions } from './oracle.ts';

const RUNS = Number(process.env['LIVETREE_FUZZ_RUNS'] ?? 1500);

/**
 * Where we and saxes may differ, and why. Each entry tells from the document and our error that it applies; in
 * every other case the verdicts must be the same, and so must all that was read.
 */
const DIFFERENCES: readonly { why: string; applies: (xml: string, error: LiveSetError) => boolean }[] = [
  {
    why: 'No Set has a DOCTYPE; refusing it closes the door to entity bombs.',
    applies: (_, error) => error.code === 'XML_DOCTYPE',
  },
  {
    why: 'saxes is given text, so it cannot mind the encoding that is declared; we read UTF-8 only.',
    applies: (_, error) => error.code === 'XML_ENCODING',
  },
  {
    why: 'saxes knows XML 1.1 and any other 1.x; Live writes 1.0.',
    applies: (xml) => /^\uFEFF?<\?xml[^>]*version\s*=\s*.1\.(?!0["'])/.test(xml),
  },
  {
    why: 'saxes takes "<?a?b?>"; XML wants white space or "?>" behind the name of an instruction (production 16).',
    applies: (xml, error) =>
      error.message.includes('processing instruction') && /<\?[^\s?<>]+\?[^>]/.test(xml),
  },
  {
    why: 'A name over 1,000 bytes is beyond our limits.',
    applies: (_, error) => error.code === 'XML_TOO_MANY_NAMES',
  },
  {
    why: 'More than 1,000 nested elements are beyond our limits.',
    applies: (_, error) => error.code === 'XML_TOO_DEEP',
  },
];

interface Mutation {
  readonly kind: 'flip' | 'cut' | 'insert' | 'repeat' | 'remove';
  readonly at: number;
  readonly length: number;
  readonly bytes: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'insert', 'repeat', 'remove'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 40 }),
  bytes: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      '=',
      ' ',
      '\0',
      ']]>',
      '<!--',
      '-->',
      '<![CDATA[',
      '<?',
      '?>',
      '</',
      '\r',
    ),
    fc.constantFrom(
      '&#0;',
      '&#x41;',
      '&amp;',
      '&x;',
      '<a',
      '</a>',
      ' a="1"',
      'Value="2"',
      '<!DOCTYPE a>',
      '\uFFFE',
      '\t',
      'é',
      '\uFEFF',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 3 }),
  ),
});

function mutate(document: Buffer, { kind, at, length, bytes }: Mutation): Buffer {
  const from = Math.floor(at * document.length);
  const to = Math.min(document.length, from + length);
  switch (kind) {
    case 'cut':
      return document.subarray(0, from);
    case 'flip':
      return Buffer.concat([
        document.subarray(0, from),
        Buffer.from(document.subarray(from, from + 1).map((byte) => byte ^ (1 << (length & 7)))),
        document.subarray(from + 1),
      ]);
    case 'insert':
      return Buffer.concat([document.subarray(0, from), Buffer.from(bytes), document.subarray(from)]);
    case 'repeat':
      return Buffer.concat([document.subarray(0, to), document.subarray(from)]);
    case 'remove':
      return Buffer.concat([document.subarray(0, from), document.subarray(to)]);
  }
}

function ours(bytes: Buffer): string[] | LiveSetError {
  try {
    const tape = scan(bytes, scanOptions());
    return linesOf((sink) => readTape(tape, sink));
  } catch (error) {
    if (error instanceof LiveSetError) return error;
    throw error;
  }
}

function theirs(xml: string): string[] | Error {
  try {
    return linesOf((sink) => readWithOracle(xml, sink));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Both read the same, or both refuse, or the difference is a known one. */
function compare(bytes: Buffer): void {
  const read = ours(bytes);
  const xml = bytes.toString('utf8');
  if (read instanceof LiveSetError && DIFFERENCES.some(({ applies }) => applies(xml, read))) return;
  const expected = isUtf8(bytes) ? theirs(xml) : new Error('not UTF-8');
  if (read instanceof LiveSetError) {
    expect(read.place?.offset).toBeLessThanOrEqual(bytes.length);
    expect({ message: read.message, refused: expected instanceof Error }).toEqual({
      message: read.message,
      refused: true,
    });
  } else {
    expect(read).toEqual(expected);
  }
}

describe('scan, on damaged documents', () => {
  it('[PARSE-3] generated documents, changed at random: the verdict of saxes, and no other error', () => {
    fc.assert(
      fc.property(
        draft,
        style,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (root, how, mutations) => {
          const document = write(root, how);
          compare(mutations.reduce(mutate, Buffer.from(document)));
          compare(Buffer.from(embed(mutations.reduce(mutate, Buffer.from(document)).toString(), 2)));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('[PARSE-3] bytes that are no XML at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => compare(Buffer.from(bytes))),
      { numRuns: RUNS },
    );
  });

  it.skipIf(!hasCorpus)(
    '[PARSE-3] real Sets, changed at random: the verdict of saxes, and no other error',
    () => {
      for (const path of [
        'files/dawtool_l10_automation.als',
        'files/infi_project_rawxml.als',
        'odd/dawtool_malformed_no_master_ae.als',
      ]) {
        const document = readCorpusXml(path);
        fc.assert(
          fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) =>
            compare(mutations.reduce(mutate, document)),
          ),
          { numRuns: Math.ceil(RUNS / 5) },
        );
      }
    },
  );
});
