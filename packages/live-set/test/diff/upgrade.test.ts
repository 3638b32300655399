import { describe, expect, test } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { fixtureXml, parse } from '../corpus.ts';
import { named } from '../nodes.ts';

const xml = fixtureXml('demo');
const RANGE = '<MidiControllerRange><Min Value="0" /><Max Value="2" /></MidiControllerRange>';

/** What another version of Live rewrites without an edit: ranges of choices, notes without defaults, new settings. */
const rewritten = (text: string): string =>
  text
    .replaceAll('<CrossFadeState>', `<CrossFadeState>${RANGE}`)
    .replaceAll(' VelocityDeviation="0"', '')
    .replaceAll(' Probability="1"', '')
    .replaceAll(' IsEnabled="true"', '')
    .replaceAll('<Eq8 ', '<Eq8 NewInThisVersion="yes" ');

const upgraded = (text: string): string =>
  rewritten(text).replace('12.0_12120', '12.0_12203').replace('Live 12.1.11', 'Live 12.2.6');

describe('the first save in another version of Live', () => {
  test('[DIFF-12] shows as that, and as nothing else', () => {
    const { ops, touched } = diffSets(parse(xml), parse(upgraded(xml)));
    expect(ops).toEqual([
      {
        op: 'set',
        id: 'set',
        props: { creator: 'Ableton Live 12.2.6', schema: '12.0_12203' },
        was: { creator: 'Ableton Live 12.1.11', schema: '12.0_12120' },
      },
    ]);
    expect(touched).toEqual([]);
  });

  test('[DIFF-12] an edit made with it shows, in the skeleton and in the details', () => {
    const edited = upgraded(xml)
      .replace('<Manual Value="1200" />', '<Manual Value="340" />')
      .replace('Velocity="104"', 'Velocity="99"');
    expect(edited.length).toBe(upgraded(xml).length - 2);
    const before = parse(xml);
    const { ops, touched } = diffSets(before, parse(edited));
    expect(ops).toHaveLength(1);
    expect(touched.map(({ facets, other }) => [...facets, ...other])).toEqual([['notes'], ['parameters']]);
    expect(touched[1]?.id).toBe(named(before.root, 'track', 'Bass').lists.devices?.[1]?.id);
  });

  test('[DIFF-14] in the same version the same differences are other settings', () => {
    const { ops, touched } = diffSets(parse(xml), parse(rewritten(xml)));
    expect(ops).toEqual([]);
    expect(touched.length).toBeGreaterThan(20);
    expect(touched.flatMap(({ other }) => other)).toContain('(notes)');
  });

  test('[DIFF-15] settings in another order are a change, too', () => {
    const accidental = '<AccidentalSpellingPreference Value="3" />';
    const flat = '<PreferFlatRootNote Value="false" />';
    const swapped = xml.replace(accidental, '@').replace(flat, accidental).replace('@', flat);
    expect(swapped).not.toBe(xml);
    expect(diffSets(parse(xml), parse(swapped))).toMatchObject({
      ops: [],
      touched: [{ other: ['(order)'] }],
    });
  });
});
