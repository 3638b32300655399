import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SENTENCE_KINDS, type SentenceKind } from '../../src/sentences/sentence.ts';
import { changedIds, changeOf, telling } from './band.ts';
import { EXAMPLES } from './examples.ts';

describe('one gesture, one sentence', () => {
  for (const example of EXAMPLES) {
    it(`[DIFF-50] ${example.kind}: ${example.text}`, () => {
      const { sentences } = telling(example);
      const told = sentences.map(({ text, kind, minor }) => ({ text, kind, minor }));
      const minor = SENTENCE_KINDS[example.kind] === 'state';
      expect(told).toEqual([{ text: example.text, kind: example.kind, minor }]);
    });

    it(`[DIFF-51] ${example.kind}: every changed node is named or folded`, () => {
      const { sentences, folded } = telling(example);
      const known = new Set([...sentences.flatMap(({ nodes }) => nodes), ...folded.map((one) => one.node)]);
      expect(changedIds(changeOf(example)).filter((id) => !known.has(id))).toEqual([]);
    });
  }

  it('[DIFF-50] there is an example of each kind', () => {
    const missing = Object.keys(SENTENCE_KINDS).filter((kind) =>
      EXAMPLES.every((example) => example.kind !== kind),
    );
    expect(missing).toEqual([]);
    expect(Object.keys(SENTENCE_KINDS).length).toBeGreaterThanOrEqual(40);
  });
});

const PAGE = resolve(import.meta.dirname, '../../../../docs/sentences.md');
const CLASSES = {
  structure: 'Structure',
  sound: 'Sound',
  settings: 'Settings',
  state: 'State of the performance and the machine (minor)',
} as const;

/** Vertical bars would end a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(group: keyof typeof CLASSES): string {
  const kinds = (Object.keys(SENTENCE_KINDS) as SentenceKind[]).filter(
    (kind) => SENTENCE_KINDS[kind] === group,
  );
  const rows = kinds.map((kind) => {
    const example = EXAMPLES.find((one) => one.kind === kind);
    const gesture = example?.gesture === undefined ? '' : ` (${example.gesture})`;
    return `| \`${kind}\` | ${cell(example?.text ?? '')}${gesture} |`;
  });
  return [`### ${CLASSES[group]}`, '', '| kind | for example |', '|---|---|', ...rows].join('\n');
}

describe('docs/sentences.md', () => {
  it('[DIFF-52] lists each kind with its example', () => {
    const page = readFileSync(PAGE, 'utf8');
    const mark = '<!-- from here on made by the tests: LIVETREE_UPDATE=1 -->';
    const [intro = ''] = page.split(mark);
    const groups = Object.keys(CLASSES) as (keyof typeof CLASSES)[];
    const made = `${intro}${mark}\n\n${groups.map(table).join('\n\n')}\n`;
    if (process.env['LIVETREE_UPDATE'] === '1') writeFileSync(PAGE, made);
    expect(readFileSync(PAGE, 'utf8')).toBe(made);
  });
});
