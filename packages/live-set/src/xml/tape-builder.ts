import type { XmlInput } from './input.ts';
import type { NameTable } from './names.ts';
import type { Tape } from './tape.ts';

/** The samples that the first guess of a tape's size rests on: fresh memory is what a scan waits for most. */
const SAMPLES = 24;
const SAMPLE_BYTES = 2048;
const SPARE = 1.15;

/** A tape while it grows, and how far the scanner has come. Shared by the quick loop and the rare path. */
export class TapeBuilder {
  readonly input: XmlInput;
  readonly names: NameTable;

  /** Offset behind the last tag, text or comment read. */
  offset = 0;
  /** Elements and attributes so far, and how many of them have reached the arrays below. */
  size = 0;
  attributeCount = 0;
  flushed = 0;
  flushedAttributes = 0;
  /** Elements that were closed after they had reached the arrays, and wait. */
  late = 0;
  /** Open elements. */
  depth = 0;
  /** The two lanes of the innermost one's hash so far. */
  currentLow = 0;
  currentHigh = 0;
  /** Where in the name records the guesses for the next element stand. */
  guess = 0;
  /** Counts tags tried: marks the attribute names seen in one tag. */
  stamp = 0;
  /** All bytes of values, or-ed together: shows whether the document is ASCII. */
  seen = 0;
  /** What of the document the quick loop has before it; tags may begin in it. */
  windowStart = 0;
  windowLength = 0;

  name: Uint16Array;
  parent: Int32Array;
  end: Uint32Array;
  start: Uint32Array;
  stop: Uint32Array;
  firstAttribute: Uint32Array;
  low: Int32Array;
  high: Int32Array;
  attributeName: Uint16Array;
  valueStart: Uint32Array;
  valueLength: Uint32Array;

  constructor(input: XmlInput, names: NameTable) {
    this.input = input;
    this.names = names;
    const { elements, attributes } = estimate(input);
    this.name = new Uint16Array(elements);
    this.parent = new Int32Array(elements);
    this.end = new Uint32Array(elements);
    this.start = new Uint32Array(elements);
    this.stop = new Uint32Array(elements);
    this.firstAttribute = new Uint32Array(elements);
    this.low = new Int32Array(elements);
    this.high = new Int32Array(elements);
    this.attributeName = new Uint16Array(attributes);
    this.valueStart = new Uint32Array(attributes);
    this.valueLength = new Uint32Array(attributes);
  }

  /** Makes room for all elements and attributes read so far. @throws LiveSetError XML_TOO_MANY_ELEMENTS */
  reserve(): void {
    const { input } = this;
    if (this.size > input.limits.elements) {
      input.exceeds('XML_TOO_MANY_ELEMENTS', this.offset, `more than ${input.limits.elements} elements`);
    }
    if (this.size + 1 > this.name.length) this.#growElements(this.#more(this.size));
    if (this.attributeCount > this.attributeName.length)
      this.#growAttributes(this.#more(this.attributeCount));
  }

  /** Room for a document that goes on as it did so far, but for twice as much as now at the least. */
  #more(count: number): number {
    const expected = (count / (this.offset + 1)) * this.input.length * SPARE;
    return Math.ceil(Math.min(Math.max(expected, count * 1.5), count * 4)) + 64;
  }

  #growElements(capacity: number): void {
    this.name = grown(this.name, new Uint16Array(capacity));
    this.parent = grown(this.parent, new Int32Array(capacity));
    this.end = grown(this.end, new Uint32Array(capacity));
    this.start = grown(this.start, new Uint32Array(capacity));
    this.stop = grown(this.stop, new Uint32Array(capacity));
    this.firstAttribute = grown(this.firstAttribute, new Uint32Array(capacity));
    this.low = grown(this.low, new Int32Array(capacity));
    this.high = grown(this.high, new Int32Array(capacity));
  }

  #growAttributes(capacity: number): void {
    this.attributeName = grown(this.attributeName, new Uint16Array(capacity));
    this.valueStart = grown(this.valueStart, new Uint32Array(capacity));
    this.valueLength = grown(this.valueLength, new Uint32Array(capacity));
  }

  /** The tape of a document read to its end and flushed. */
  finish(bytes: Uint8Array): Tape {
    this.firstAttribute[this.size] = this.attributeCount;
    return {
      bytes,
      size: this.size,
      attributeCount: this.attributeCount,
      name: this.name,
      parent: this.parent,
      end: this.end,
      start: this.start,
      stop: this.stop,
      firstAttribute: this.firstAttribute,
      attributeName: this.attributeName,
      valueStart: this.valueStart,
      valueLength: this.valueLength,
      hashLow: new Uint32Array(this.low.buffer),
      hashHigh: new Uint32Array(this.high.buffer),
      names: this.names.names,
      ascii: ((this.seen | this.input.seen) & 0x80808080) === 0,
      oddities: this.input.oddities,
    };
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** About how many elements and attributes a document has, from samples all over it. */
function estimate(input: XmlInput): { elements: number; attributes: number } {
  const step = Math.max(Math.floor(input.length / SAMPLES), SAMPLE_BYTES);
  let elements = 0;
  let quotes = 0;
  let looked = 1;
  for (let from = 0; from < input.length; from += step) {
    const end = Math.min(from + SAMPLE_BYTES, input.length);
    for (let at = input.indexOf(0x3c, from); at < end; at = input.indexOf(0x3c, at + 1)) {
      if (input.at(at + 1) !== 0x2f) elements += 1;
    }
    for (let at = input.indexOf(0x22, from); at < end; at = input.indexOf(0x22, at + 1)) quotes += 1;
    looked += end - from;
  }
  const scale = (input.length / looked) * SPARE;
  return { elements: Math.ceil(elements * scale) + 64, attributes: Math.ceil((quotes / 2) * scale) + 64 };
}
