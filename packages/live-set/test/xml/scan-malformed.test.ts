import { describe, expect, it } from 'vitest';
import { LiveSetError } from '../../src/errors.ts';
import type { Limits } from '../../src/limits.ts';
import { scan } from '../../src/xml/scan.ts';
import { digestOf, readTape, readWithOracle, scanOptions } from './oracle.ts';

function errorOf(xml: string | Uint8Array, limits: Partial<Limits> = {}): LiveSetError {
  try {
    scan(typeof xml === 'string' ? Buffer.from(xml) : xml, scanOptions([], limits));
  } catch (error) {
    if (error instanceof LiveSetError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** Put in front, so that the quick loop is at work when the mistake comes. */
const BEFORE = `<w>\n${'\t<Manual Value="1" />\n'.repeat(50)}`;
const AFTER = `\n${'\t<Manual Value="1" />\n'.repeat(400)}</w>`;

const MALFORMED: readonly (readonly [code: string, place: string, xml: string])[] = [
  ['XML_CUT_OFF', '1:1', ''],
  ['XML_CUT_OFF', '2:1', '<?xml version="1.0" encoding="UTF-8"?>\n'],
  ['XML_CUT_OFF', '1:4', '<a>'],
  ['XML_CUT_OFF', '1:3', '<a'],
  ['XML_CUT_OFF', '1:12', '<a><b Value'],
  ['XML_CUT_OFF', '1:14', '<a><b Value="'],
  ['XML_CUT_OFF', '1:16', '<a><b Value="12'],
  ['XML_CUT_OFF', '1:17', '<a><b Value="12"'],
  ['XML_CUT_OFF', '2:5', '<a>\n</a '],
  ['XML_CUT_OFF', '1:9', '<abc></a'],
  ['XML_CUT_OFF', '1:10', '<a><!-- x'],
  ['XML_CUT_OFF', '1:6', '<a><!'],
  ['XML_CUT_OFF', '1:15', '<a><![CDATA[xx'],
  ['XML_CUT_OFF', '1:7', '<a>&am'],
  ['XML_MALFORMED', '1:4', '<a></b>'],
  ['XML_MALFORMED', '1:7', '<a><b></a></b>'],
  ['XML_MALFORMED', '1:6', '<abc></abcd>'],
  ['XML_MALFORMED', '1:5', '<a/><b/>'],
  ['XML_MALFORMED', '1:5', '<a/>text'],
  ['XML_MALFORMED', '1:1', 'text<a/>'],
  ['XML_MALFORMED', '1:7', '<a b="<"/>'],
  ['XML_MALFORMED', '1:2', '<1a/>'],
  ['XML_MALFORMED', '1:2', '< a/>'],
  ['XML_MALFORMED', '1:4', '<a 1b="2"/>'],
  ['XML_MALFORMED', '1:6', '<a b=2/>'],
  ['XML_MALFORMED', '1:5', '<a b/>'],
  ['XML_MALFORMED', '1:9', '<a b="1"c="2"/>'],
  ['XML_MALFORMED', '1:5', '<a / >'],
  ['XML_MALFORMED', '1:4', '<a>]]></a>'],
  ['XML_MALFORMED', '1:4', '<a>&#0;</a>'],
  ['XML_MALFORMED', '1:7', '<a b="&#xD800;"/>'],
  ['XML_MALFORMED', '1:4', '<a>&#x110000;</a>'],
  ['XML_MALFORMED', '1:4', '<a>&#X41;</a>'],
  ['XML_MALFORMED', '1:4', '<a>& b</a>'],
  ['XML_MALFORMED', '1:5', '<a>a\u0000</a>'],
  ['XML_MALFORMED', '1:7', '<a b="\u0001"/>'],
  ['XML_MALFORMED', '1:4', '<a>\uFFFE</a>'],
  ['XML_MALFORMED', '1:10', '<a><!---- x--></a>'],
  ['XML_MALFORMED', '1:4', '<a><?xml version="1.0"?></a>'],
  ['XML_MALFORMED', '2:1', '\n<?xml version="1.0"?><a/>'],
  ['XML_MALFORMED', '1:1', '<?xml version="1.1"?><a/>'],
  ['XML_MALFORMED', '1:1', '<![CDATA[x]]><a/>'],
  ['XML_MALFORMED', '1:1', '<?8ml b?><a/>'],
  ['XML_MALFORMED', '1:4', '<a><? b?></a>'],
  ['XML_DUPLICATE_ATTRIBUTE', '1:10', '<a b="1" b="1"/>'],
  ['XML_DUPLICATE_ATTRIBUTE', '1:18', '<a b="1" Id="2"  b="3"/>'],
  ['XML_DOCTYPE', '1:1', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['XML_DOCTYPE', '1:4', '<a><!DOCTYPE a></a>'],
  ['XML_UNKNOWN_ENTITY', '1:4', '<a>&nbsp;</a>'],
  ['XML_UNKNOWN_ENTITY', '1:8', `<a b='"&lol;'/>`],
  ['XML_ENCODING', '1:1', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
];

describe('scan, on damaged text', () => {
  it.each(MALFORMED)('[PARSE-3] %s at %s: %s', (code, place, xml) => {
    const error = errorOf(xml);
    expect([error.code, `${error.place?.line}:${error.place?.column}`]).toEqual([code, place]);
    expect(error.message).toMatch(/^The file .*\.$/);
  });

  it.each(
    MALFORMED.filter(
      ([code, , xml]) => !['XML_ENCODING', 'XML_DOCTYPE'].includes(code) && !xml.includes('"1.1"'),
    ),
  )('[PARSE-3] saxes refuses it too: %s at %s: %s', (_code, _place, xml) => {
    expect(() => readWithOracle(xml, () => undefined)).toThrow();
  });

  it('[PARSE-3] the same mistakes are found in the middle of a big document, on their line', () => {
    const inside = MALFORMED.filter(
      ([code, , xml]) => code !== 'XML_CUT_OFF' && /^<a.*>$/s.test(xml) && xml !== '<a/><b/>',
    );
    expect(inside.length).toBeGreaterThan(20);
    for (const [code, , xml] of inside) {
      const error = errorOf(`${BEFORE}\t${xml}${AFTER}`);
      expect([xml, error.place?.line]).toEqual([xml, 52]);
      expect([xml, error.code]).toEqual([xml, code]);
    }
  });

  it('[PARSE-3] invalid UTF-8 is named with its place', () => {
    const bytes = Buffer.concat([Buffer.from('<a>\n<b c="'), Buffer.from([0xe4]), Buffer.from('"/></a>')]);
    expect(errorOf(bytes)).toMatchObject({ code: 'XML_ENCODING', place: { offset: 10, line: 2, column: 7 } });
    expect(errorOf(Buffer.from('\uFEFF<a/>', 'utf16le')).code).toBe('XML_ENCODING');
  });

  it('[PARSE-3] a file cut off says where and what to do', () => {
    expect(errorOf(`${BEFORE}\t<MidiClip Time="0">\n\t\t<Loop>`).message).toBe(
      'The file is damaged: the XML breaks off inside <Loop> at line 53. Live keeps earlier versions in the folder "Backup" beside the Set.',
    );
  });

  it('[PARSE-3] a document cut off anywhere is refused, always as cut off', () => {
    const whole = `<?xml version="1.0"?>\n<Set A='1'>\n\t<b c="&amp;" />\n<!-- x --><d>0A<![CDATA[0B]]></d></Set>`;
    for (let length = 0; length < whole.length; length += 1) {
      expect([length, errorOf(whole.slice(0, length)).code]).toEqual([length, 'XML_CUT_OFF']);
    }
  });

  it('[PARSE-4] limits: depth, elements, length of an attribute, names', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(errorOf(nested(11), { depth: 10 })).toMatchObject({ code: 'XML_TOO_DEEP', place: { offset: 30 } });
    expect(scan(Buffer.from(nested(10)), scanOptions([], { depth: 10 })).size).toBe(10);
    expect(errorOf(nested(2000)).code).toBe('XML_TOO_DEEP');
    expect(errorOf(`<r>${'<a/>'.repeat(10)}</r>`, { elements: 10 }).code).toBe('XML_TOO_MANY_ELEMENTS');
    expect(scan(Buffer.from(`<r>${'<a/>'.repeat(9)}</r>`), scanOptions([], { elements: 10 })).size).toBe(10);
    expect(errorOf('<a b="12345"/>', { attributeBytes: 4 }).code).toBe('XML_ATTRIBUTE_TOO_LONG');
    expect(errorOf(`${BEFORE}<a b="12345"/>${AFTER}`, { attributeBytes: 4 }).code).toBe(
      'XML_ATTRIBUTE_TOO_LONG',
    );
    const names = Array.from({ length: 66_000 }, (_, i) => `<n${i}/>`).join('');
    expect(errorOf(`<r>${names}</r>`).code).toBe('XML_TOO_MANY_NAMES');
    expect(errorOf(`<${'n'.repeat(2000)}/>`).code).toBe('XML_TOO_MANY_NAMES');
  });

  it('[PARSE-4] huge documents of one kind are read, not refused: text, attributes, comments, children', () => {
    const size = (xml: string) => scan(Buffer.from(xml), scanOptions()).size;
    expect(size(`<a>${'0123456789ABCDEF\n'.repeat(200_000)}</a>`)).toBe(1);
    expect(size(`<a b="${'x'.repeat(3_000_000)}"/>`)).toBe(1);
    expect(size(`<a ${Array.from({ length: 5000 }, (_, i) => `b${i}="${i}"`).join(' ')}/>`)).toBe(1);
    expect(size(`<a>${'<!-- -->'.repeat(100_000)}</a>`)).toBe(1);
    expect(size(`<a>${'<b/>'.repeat(300_000)}</a>`)).toBe(300_001);
    expect(size(`<a>${'\t'.repeat(3_000_000)}<b/></a>`)).toBe(2);
  });

  it('[PARSE-4] more names than the quick loop has room for are read all the same', () => {
    const children = Array.from(
      { length: 12_000 },
      (_, i) => `<n${i} a${i % 100}="${i}" /><n${i % 50}/>`,
    ).join('\n\t');
    const xml = `<r>${children}</r>`;
    const tape = scan(Buffer.from(xml), scanOptions());
    expect(digestOf((sink) => readTape(tape, sink))).toBe(digestOf((sink) => readWithOracle(xml, sink)));
  });

  it('[PARSE-4] the limit of depth can be raised to 8,192, no further', () => {
    const nested = (depth: number) => Buffer.from('<a>'.repeat(depth) + '</a>'.repeat(depth));
    expect(scan(nested(8192), scanOptions([], { depth: 100_000 })).size).toBe(8192);
    expect(errorOf(nested(8193), { depth: 100_000 }).code).toBe('XML_TOO_DEEP');
  });

  it('[PARSE-5] what Live does not write but XML allows is read and named', () => {
    const codes = (xml: string) =>
      scan(Buffer.from(xml), scanOptions()).oddities.map((oddity) => oddity.code);
    expect(codes('<?xml version="1.0" encoding="UTF-8"?>\n<a>\n\t<b Value="1" />\n</a>\n')).toEqual([]);
    expect(codes('\uFEFF<a/>')).toEqual(['XML_BOM']);
    expect(codes('<!-- a --><a><!-- b --></a>')).toEqual(['XML_COMMENT']);
    expect(codes('<a><?b c?></a>')).toEqual(['XML_INSTRUCTION']);
    expect(codes('<a><![CDATA[b]]></a>')).toEqual(['XML_CDATA']);
  });

  it('[PARSE-6] names of the vocabulary have its ids, and whether all is ASCII is known', () => {
    const tape = scan(Buffer.from('<Other LomId="1"><ViewState/></Other>'), scanOptions());
    expect(tape.names.slice(0, 5)).toEqual(['Id', 'Value', 'LomId', 'ViewState', 'Selected']);
    expect([tape.attributeName[0], tape.name[1]]).toEqual([2, 3]);
    expect(tape.name[0]).toBeGreaterThan(4);
    expect(tape.ascii).toBe(true);
    for (const xml of [
      '<a b="é"/>',
      '<a>é</a>',
      '<é/>',
      '<a é="1"/>',
      '<!--é--><a/>',
      `${BEFORE}<a b="é"/>${AFTER}`,
    ]) {
      expect([xml, scan(Buffer.from(xml), scanOptions()).ascii]).toEqual([xml, false]);
    }
  });
});
