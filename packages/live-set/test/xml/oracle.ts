import { createHash, type Hash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { type ScanOptions, scan } from '../../src/xml/scan.ts';
import type { Tape } from '../../src/xml/tape.ts';
import { attributeText, elementText } from '../../src/xml/text.ts';

/** Names that the tests give to the scanner, and which of them the hash leaves out. */
const VOCABULARY = ['Id', 'Value', 'LomId', 'ViewState', 'Selected'];

/** Options for a scan; `masked` names elements and attributes (with `@`). */
export function scanOptions(masked: readonly string[] = [], limits: Partial<Limits> = {}): ScanOptions {
  const mask = (prefix: string) =>
    Uint8Array.from(VOCABULARY, (name) => Number(masked.includes(prefix + name)));
  return {
    platform: nodePlatform,
    vocabulary: VOCABULARY,
    masks: { elements: mask(''), attributes: mask('@') },
    limits: { ...DEFAULT_LIMITS, ...limits },
  };
}

export function scanText(xml: string, masked: readonly string[] = []): Tape {
  return scan(Buffer.from(xml), scanOptions(masked));
}

/** The root's hash, as text. */
export function rootHash(tape: Tape): string {
  return hashOf(tape, 0);
}

export function hashOf(tape: Tape, element: number): string {
  return `${tape.hashHigh[element]}:${tape.hashLow[element]}`;
}

/** Takes every element in document order: depth, name, attributes, own text without white space. */
export type Sink = (line: string) => void;

function describe(depth: number, name: string, attributes: readonly (readonly [string, string])[]): string {
  return JSON.stringify([depth, name, attributes]);
}

const WHITE_SPACE = /[ \t\r\n]+/g;

/** What saxes, a conforming parser written by others, reads. @throws at the first error it finds */
export function readWithOracle(xml: string, sink: Sink): void {
  const parser = new SaxesParser({ xmlns: false });
  const open: string[] = [];
  const texts: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    sink(describe(open.length, tag.name, Object.entries(tag.attributes)));
    open.push(tag.name);
    texts.push('');
  });
  const addText = (text: string) => {
    if (texts.length > 0) texts.push(`${texts.pop()}${text}`);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
    sink(`text ${texts.pop()?.replace(WHITE_SPACE, '')}`);
  });
  parser.write(xml).close();
}

/** What stands on a tape, in the same form. */
export function readTape(tape: Tape, sink: Sink): void {
  const open: number[] = [];
  const close = (before: number) => {
    while (open.length > 0 && tape.end[open.at(-1)!]! <= before) {
      sink(`text ${elementText(tape, open.pop()!, nodePlatform).replace(WHITE_SPACE, '')}`);
    }
  };
  for (let element = 0; element < tape.size; element += 1) {
    close(element);
    sink(describe(open.length, tape.names[tape.name[element]!]!, attributesOf(tape, element)));
    open.push(element);
  }
  close(tape.size);
}

export function attributesOf(tape: Tape, element: number): [string, string][] {
  const attributes: [string, string][] = [];
  for (let i = tape.firstAttribute[element]!; i < tape.firstAttribute[element + 1]!; i += 1) {
    attributes.push([tape.names[tape.attributeName[i]!]!, attributeText(tape, i, nodePlatform)]);
  }
  return attributes;
}

/** All lines of a reading. */
export function linesOf(read: (sink: Sink) => void): string[] {
  const lines: string[] = [];
  read((line) => lines.push(line));
  return lines;
}

/** SHA-1 over all lines of a reading: for files too big to keep two streams of. */
export function digestOf(read: (sink: Sink) => void): string {
  const hash: Hash = createHash('sha1');
  let piece: string[] = [];
  read((line) => {
    piece.push(line);
    if (piece.length < 4096) return;
    hash.update(piece.join('\n'));
    piece = [];
  });
  return hash.update(piece.join('\n')).digest('hex');
}
