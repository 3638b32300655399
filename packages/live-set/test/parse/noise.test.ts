import { describe, expect, test } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { fixtureXml, parse } from '../corpus.ts';

const xml = fixtureXml('demo');

/** What Live rewrites without an edit, as docs/als-format.md has it ("Noise"); not read from the list in code. */
const ELEMENTS = [
  // view
  ...['CurrentTime', 'HighlightedTrackIndex', 'AnchorTime', 'OtherTime', 'CurrentZoom', 'LeftTime'],
  ...['SelectedDevice', 'SelectedEnvelope', 'LaneHeight', 'IsFolded', 'IsExpanded', 'TrackUnfolded'],
  ...['IsContentSelectedInDocument', 'PreferModulationVisible', 'LastSelectedTimeableIndex', 'DrawMode'],
  ...['NoteEditorFoldInZoom', 'NoteEditorFoldInScroll', 'IsSelected', 'IsHighlightedInSessionView'],
  ...['TrackHeaderWidth', 'ShowVideoWindow', 'ViewStateFxSlotCount', 'NextColorIndex', 'WinPosX'],
  // held by scripts while Live runs
  'LomId',
  // bookkeeping
  ...['NextPointeeId', 'OverwriteProtectionNumber', 'TakeId', 'TakeCounter', 'NextId', 'LastModDate'],
  'NeedArrangerRefreeze',
  // what played last
  ...['SavedPlayingSlot', 'SavedPlayingOffset'],
];
const ATTRIBUTES = ['SelectedToolPanel', 'SelectedTransformationName', 'SchemaChangeCount', 'Revision'];

const another = (value: string): string =>
  value === 'true'
    ? 'false'
    : value === 'false'
      ? 'true'
      : /^-?[\d.]+$/.test(value)
        ? `${Number(value) + 3}`
        : `${value}x`;

describe('noise: what Live changes by itself', () => {
  test.each(ELEMENTS)('[PARSE-54] %s, wherever it stands', (tag) => {
    const changed = xml.replaceAll(
      new RegExp(`(<${tag}(?: [^>]*)? Value=")([^"]*)"`, 'g'),
      (_, before: string, value: string) => `${before}${another(value)}"`,
    );
    expect(changed).not.toBe(xml);
    expect(diffSets(parse(xml), parse(changed))).toMatchObject({ ops: [], touched: [] });
  });

  test.each(ATTRIBUTES)('[PARSE-54] the attribute %s', (name) => {
    const changed = xml.replaceAll(
      new RegExp(` ${name}="([^"]*)"`, 'g'),
      (_, value: string) => ` ${name}="${another(value)}"`,
    );
    expect(changed).not.toBe(xml);
    expect(diffSets(parse(xml), parse(changed))).toMatchObject({ ops: [], touched: [] });
  });
});
