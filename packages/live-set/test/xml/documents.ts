import fc from 'fast-check';

/** An XML element as a value; a child that is a string is text. */
export interface Draft {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly (Draft | string)[];
}

/** How a {@link Draft} is written down: everything that must not matter to a reader. */
export interface Style {
  readonly lineEnd: '\n' | '\r\n' | '\r' | '';
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly escape: 'least' | 'decimal' | 'hexadecimal' | 'everything';
  readonly empty: '/>' | ' />' | '></';
  readonly text: 'plain' | 'cdata' | 'commented';
  readonly declaration: boolean;
}

const NAMES = [
  'Value',
  'Id',
  'LomId',
  'Name',
  'ViewState',
  'Selected',
  'Track',
  'MidiNoteEvent',
  'ControllerTargets.0',
];
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  fc.stringMatching(/^[A-Za-z_:][A-Za-z0-9_.:-]{0,20}$/),
  fc.constantFrom('Größe', '音', 'a', 'ab', 'abc', 'abcd', 'abcde', 'Values', 'Val', 'Idx'),
);
const character = fc.constantFrom(...'0123456789.-abcXYZ <>&"\'\t\n\r]/=;#', 'é', '–', '音', '😀');
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0', '1', '-1', 'true', 'false', '0.4073802531', '-63072000', '') },
  fc.double({ noNaN: true }).map(String),
  fc.string({ unit: character, maxLength: 24 }),
);
const attributes = fc.uniqueArray(fc.tuple(name, value), { maxLength: 8, selector: ([key]) => key });
const hexDump = fc
  .array(fc.stringMatching(/^[0-9A-F]{1,80}$/), { minLength: 1, maxLength: 4 })
  .map((lines) => lines.join('\n'));
const text = fc.oneof(hexDump, fc.string({ unit: character, minLength: 1, maxLength: 12 }));

/** Trees of a few to a few dozen elements. */
export const draft: fc.Arbitrary<Draft> = fc.letrec<{ node: Draft }>((tie) => ({
  node: fc.record({
    name,
    attributes,
    children: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constant<(Draft | string)[]>([]),
      text.map((only): (Draft | string)[] => [only]),
      fc.array(tie('node'), { maxLength: 6 }),
    ),
  }),
})).node;

export const style: fc.Arbitrary<Style> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r', ''),
  indent: fc.constantFrom('\t', '', '  ', ' \t'),
  quote: fc.constantFrom('"', "'"),
  escape: fc.constantFrom('least', 'decimal', 'hexadecimal', 'everything'),
  empty: fc.constantFrom('/>', ' />', '></'),
  text: fc.constantFrom('plain', 'cdata', 'commented'),
  declaration: fc.boolean(),
});

/** As Live writes. */
export const LIVE_STYLE: Style = {
  lineEnd: '\n',
  indent: '\t',
  quote: '"',
  escape: 'least',
  empty: ' />',
  text: 'plain',
  declaration: true,
};

/** The document. */
export function write(root: Draft, how: Style): string {
  const declaration = how.declaration ? `<?xml version="1.0" encoding="UTF-8"?>${how.lineEnd}` : '';
  return `${declaration}${writeElement(root, how, 0)}${how.lineEnd}`;
}

function writeElement(element: Draft, how: Style, depth: number): string {
  const start = element.attributes.map(
    ([key, own]) => ` ${key}=${how.quote}${escapeValue(own, how)}${how.quote}`,
  );
  const head = `<${element.name}${start.join('')}`;
  if (element.children.length === 0)
    return how.empty === '></' ? `${head}></${element.name}>` : `${head}${how.empty}`;
  const line = `${how.lineEnd}${how.indent.repeat(depth + 1)}`;
  const inner = element.children.map(
    (child) =>
      line + (typeof child === 'string' ? writeText(child, how) : writeElement(child, how, depth + 1)),
  );
  return `${head}>${inner.join('')}${how.lineEnd}${how.indent.repeat(depth)}</${element.name}>`;
}

const PREDEFINED: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
  '>': '&gt;',
};

function escapeValue(text: string, how: Style): string {
  return Array.from(text, (one) => {
    const mustEscape = one === how.quote || '<&\t\n\r'.includes(one);
    return mustEscape || how.escape === 'everything' ? escapeOne(one, how) : one;
  }).join('');
}

function escapeOne(one: string, how: Style): string {
  const code = one.codePointAt(0) ?? 0;
  if (how.escape === 'decimal') return `&#${code};`;
  if (how.escape === 'hexadecimal') return `&#x${code.toString(16).padStart(3, '0')};`;
  return PREDEFINED[one] ?? `&#x0${code.toString(16).toUpperCase()};`;
}

function writeText(text: string, how: Style): string {
  if (how.text === 'cdata') return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  const escaped = Array.from(text, (one) => ('<&>'.includes(one) ? escapeOne(one, how) : one)).join('');
  if (how.text === 'plain' || !/^[0-9A-F\n]+$/.test(text)) return escaped;
  return `${escaped.slice(0, 7)}<!-- <a> & --><?pi <b?>${escaped.slice(7)}`;
}

/**
 * Makes a document long enough, and gives it often enough, for the quick loop: the loop stays away from the last
 * 4 KB and guesses what it has seen before.
 */
export function embed(document: string, copies: number): string {
  const body = document.replace(/^\uFEFF?<\?xml[^>]*\?>/, '');
  return `<w>\n${`\t${body}\n`.repeat(copies)}${'\t<f a="1" />\n'.repeat(400)}</w>`;
}
