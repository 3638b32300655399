/** Saves of real life that change four hundred places and are one thing. */
import { describe, expect, it } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { headline } from '../../src/sentences/headline.ts';
import type { Sentence } from '../../src/sentences/sentence.ts';
import { sentences } from '../../src/sentences/sentences.ts';
import { fixtureXml, parse } from '../corpus.ts';

const PROJECT = '/Users/mira/Music/Night Bus Project';
const demo = fixtureXml('demo');
function told(before: string, after: string): readonly Sentence[] {
  const old = parse(before);
  return sentences(old, diffSets(old, parse(after)));
}
const texts = (all: readonly Sentence[]): readonly string[] => all.map(({ text }) => text);

/** As the samples lay before they were collected: on the desktop, outside of the project. */
const scattered = demo
  .replaceAll(`${PROJECT}/Samples/Imported/`, '/Users/mira/Desktop/Loops/')
  .replaceAll('"Samples/Imported/', '"../../Desktop/Loops/')
  .replaceAll('<RelativePathType Value="3"', '<RelativePathType Value="1"');

describe('files of a Set', () => {
  it('[LIFE-1] Collect All and Save is one sentence, whatever it rewrites', () => {
    const all = told(scattered, demo);
    expect(texts(all)).toEqual([expect.stringMatching(/^\d+ samples collected into the project$/)]);
    expect(Number.parseInt(all[0]?.text ?? '', 10)).toBeGreaterThan(10);
    expect(headline(all)).toBe(all[0]?.text);
  });

  it('[LIFE-1] what was edited beside it is still told', () => {
    const edited = demo.replace(/<Tempo>([\s\S]*?)<Manual Value="[^"]*"/, '<Tempo>$1<Manual Value="99"');
    expect(texts(told(scattered, edited))).toEqual([
      expect.stringContaining('collected into the project'),
      expect.stringMatching(/^Tempo .* → 99 BPM$/),
    ]);
  });

  it.each([
    ['a Mac', '/Users/tom/Dropbox/Night Bus Project'],
    ['Windows', 'D:/Tom/Night Bus Project'],
  ])('[LIFE-2] opened on another computer, %s, all paths differ: one sentence, and no edit', (_, path) => {
    const there = demo
      .replaceAll(PROJECT, path)
      .replace(/<BrowserContentPath Value="[^"]*"/g, '<BrowserContentPath Value="query:Samples#elsewhere"');
    const all = told(demo, there);
    expect(texts(all)).toEqual([
      expect.stringMatching(
        /^\d+ files at another path: the project was moved, or opened on another computer$/,
      ),
    ]);
    expect(all[0]?.minor).toBe(true);
    expect(headline(all)).toMatch(/^No edits \(\d+ files at another path: the project was moved/);
  });

  it('[LIFE-2] another file in the place of one is no move', () => {
    const swapped = demo.replaceAll(/Rim Tile(?=\.wav)/g, 'Rim Wood');
    expect(texts(told(demo, swapped)).join()).toContain('Rim Wood');
  });
});

describe('text between tags', () => {
  it('[DIFF-100] another state of a plug-in is no other place of a file', () => {
    const turned = demo.replace(/(<ProcessorState>\s*)[0-9A-F]{4}/, '$10000');
    expect(turned).not.toBe(demo);
    expect(texts(told(demo, turned))).toEqual([expect.stringMatching(/: state of the plug-in changed$/)]);
  });

  it('[DIFF-100] with its files elsewhere, too, both are told', () => {
    const turned = demo.replace(/(<ProcessorState>\s*)[0-9A-F]{4}/, '$10000');
    const there = turned.replaceAll(PROJECT, '/Users/tom/Dropbox/Night Bus Project');
    expect(texts(told(demo, there))).toEqual([
      expect.stringMatching(/files at another path/),
      expect.stringMatching(/: state of the plug-in changed$/),
    ]);
  });
});

describe('the copy of a frozen track', () => {
  /** The slots of the copy in their order, each with a clip of that length. */
  const withCopies = (...lengths: readonly number[]): string => {
    const slots = lengths.map((length, at) => {
      const value = `<Value><AudioClip Id="0"><CurrentEnd Value="${length}" /></AudioClip></Value>`;
      return `<ClipSlot Id="${at}"><LomId Value="0" /><ClipSlot>${value}</ClipSlot><HasStop Value="true" /></ClipSlot>`;
    });
    return demo.replace(
      /(<FreezeSequencer>(?:(?!<\/FreezeSequencer>)[\s\S])*?<ClipSlotList>)[\s\S]*?(<\/ClipSlotList>)/,
      (_, before: string, after: string) => before + slots.join('') + after,
    );
  };

  it('[DIFF-101] follows the scenes without a word, and else is named', () => {
    const scenes = /<Scenes>\s*(<Scene [\s\S]*?<\/Scene>)\s*(<Scene [\s\S]*?<\/Scene>)/;
    const frozen = withCopies(4, 8);
    const swapped = withCopies(8, 4).replace(scenes, '<Scenes>$2$1');
    const all = texts(told(frozen, swapped));
    expect(all.join()).toContain('Scene "Verse" moved, row 2 → 1');
    expect(all.filter((text) => /frozen|other settings/.test(text))).toEqual([]);
    expect(texts(told(frozen, withCopies(8, 4)))).toEqual([expect.stringMatching(/: frozen copy changed$/)]);
  });
});

describe('a save by a Live that nobody has seen', () => {
  const newer = demo
    .replace(/MinorVersion="[^"]*"/, 'MinorVersion="13.0_13001"')
    .replace(/Creator="[^"]*"/, 'Creator="Ableton Live 13.0.1"')
    .replace(/SchemaChangeCount="\d+"/, 'SchemaChangeCount="9"')
    .replace(/<NextPointeeId/, '<Telepathy><Depth Value="3" /></Telepathy>\n\t\t<NextPointeeId')
    .replaceAll(/<LomId Value="0" \/>/g, '<LomId Value="0" /><Aura Value="blue" />');

  it('[LIFE-3] is read as the newest known, told in one sentence, and its own settings are no changes', () => {
    const set = parse(newer);
    expect(set.oddities.map(({ code }) => code)).toEqual(['NEW_LIVE']);
    expect(texts(told(demo, newer))).toEqual(['Saved with Live 13.0.1, before 12.1.11']);
  });

  it('[LIFE-3] two saves of it are compared as any others, with what is new in it', () => {
    const renamed = newer.replace('<Depth Value="3"', '<Depth Value="4"');
    expect(texts(told(newer, renamed))).toEqual(['Other settings changed']);
  });
});
