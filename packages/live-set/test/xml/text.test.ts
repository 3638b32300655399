import { describe, expect, it } from 'vitest';
import { nodePlatform } from '../../src/node/platform.ts';
import { portablePlatform } from '../../src/portable.ts';
import { HAS_ESCAPES } from '../../src/xml/tape.ts';
import { attributeText, elementText, findAttribute } from '../../src/xml/text.ts';
import { scanText } from './oracle.ts';

/** The value of the root's first attribute. */
function meaningOf(raw: string): string {
  return attributeText(scanText(`<a b=${raw}/>`), 0, portablePlatform);
}

describe('attributeText', () => {
  it.each([
    ['"plain"', 'plain'],
    ['""', ''],
    ['"&#x0A;&#10;&#x9;"', '\n\n\t'],
    ['"a\tb\nc\rd\r\ne"', 'a b c d e'],
    ['"&#13;\r\n"', '\r '],
    ['"&lt;&gt;&amp;&quot;&apos;"', `<>&"'`],
    ['"&amp;lt;"', '&lt;'],
    [`'{"push": [36]}'`, '{"push": [36]}'],
    ['"é–音😀"', 'é–音😀'],
    ['"&#x1F600;"', '😀'],
    ['"a > b"', 'a > b'],
  ])('[PARSE-6] %s means %j', (raw, value) => {
    expect(meaningOf(raw)).toBe(value);
  });

  it('[PARSE-6] a value that is not its raw bytes is marked, any other is not', () => {
    const isMarked = (raw: string) => scanText(`<a b=${raw}/>`).valueLength[0]! >= HAS_ESCAPES;
    expect(['"a&amp;"', '"a\tb"', '"a\nb"', `'a&lt;'`].map(isMarked)).toEqual([true, true, true, true]);
    expect(['"a b"', `'a"b'`, '"é"', '""'].map(isMarked)).toEqual([false, false, false, false]);
  });
});

describe('elementText', () => {
  it.each([
    ['<a>0A\n\t0B</a>', '0A\n\t0B'],
    ['<a/>', ''],
    ['<a></a>', ''],
    ['<a b=">">x</a>', 'x'],
    ['<a>x<b>no</b>y<c/>z</a>', 'xyz'],
    ['<a>x\r\ny\rz</a>', 'x\ny\nz'],
    ['<a>&lt;&#10;&amp;amp;</a>', '<\n&amp;'],
    ['<a>x<!-- > no --->y<?no >?>z</a>'.replace('--->', '-->'), 'xyz'],
    ['<a>1<![CDATA[<b>&amp;]]]]><![CDATA[>]]>2</a>', '1<b>&amp;]]>2'],
    ['<a><![CDATA[]]></a >', ''],
    ['<a><!----><![CDATA[é]]></a>', 'é'],
  ])('[PARSE-6] of %s is %j', (xml, text) => {
    expect(elementText(scanText(xml), 0, portablePlatform)).toBe(text);
    expect(elementText(scanText(xml), 0, nodePlatform)).toBe(text);
  });
});

describe('findAttribute', () => {
  it('[PARSE-6] finds an attribute of this element alone', () => {
    const tape = scanText('<r><a LomId="1" Value="2"/><a Id="3"/><a/></r>');
    const found = [1, 2, 3].map((element) => [0, 1, 2].map((name) => findAttribute(tape, element, name)));
    expect(found).toEqual([
      [-1, 1, 0],
      [2, -1, -1],
      [-1, -1, -1],
    ]);
  });
});
