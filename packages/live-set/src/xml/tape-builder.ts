import type { XmlInput } from './input.ts';
import type { NameTable } from './names.ts';
import type { Tape } from './tape.ts';

/** Bytes of XML an element and an attribute: what most Sets need, so that few tapes grow. */
const BYTES_PER_ELEMENT = 44;
const BYTES_PER_ATTRIBUTE = 56;

/** A tape while it grows, and how far the scanner has come. Shared by the quick loop and the rare paths. */
export class TapeBuilder {
  readonly input: XmlInput;
  readonly names: NameTable;

  /** Offset behind the last tag, text or comment read. */
  offset = 0;
  /** Elements and attributes so far. */
  size = 0;
  attributeCount = 0;
  /** The innermost open element, −1 for none; and how many are open. */
  current = -1;
  depth = 0;
  /** The two lanes of its hash so far; those of its ancestors wait in {@link low} and {@link high}. */
  currentLow = 0;
  currentHigh = 0;
  /** Where in the name records the guesses for the next element stand. */
  guess = 0;
  /** Counts tags tried: marks the attribute names seen in one tag. */
  stamp = 0;
  /** All bytes of values and text, or-ed together: shows whether the document is ASCII. */
  seen = 0;

  capacity: number;
  attributeCapacity: number;
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
    this.capacity = Math.min(Math.floor(input.length / BYTES_PER_ELEMENT) + 16, input.limits.elements + 1);
    this.attributeCapacity = Math.floor(input.length / BYTES_PER_ATTRIBUTE) + 16;
    this.name = new Uint16Array(this.capacity);
    this.parent = new Int32Array(this.capacity);
    this.end = new Uint32Array(this.capacity);
    this.start = new Uint32Array(this.capacity);
    this.stop = new Uint32Array(this.capacity);
    this.firstAttribute = new Uint32Array(this.capacity);
    this.low = new Int32Array(this.capacity);
    this.high = new Int32Array(this.capacity);
    this.attributeName = new Uint16Array(this.attributeCapacity);
    this.valueStart = new Uint32Array(this.attributeCapacity);
    this.valueLength = new Uint32Array(this.attributeCapacity);
  }

  /** Makes room for one more element (and the entry behind the last). @throws LiveSetError XML_TOO_MANY_ELEMENTS */
  reserveElement(): void {
    if (this.size + 1 < this.capacity) return;
    const most = this.input.limits.elements + 1;
    if (this.capacity >= most) {
      this.input.exceeds('XML_TOO_MANY_ELEMENTS', this.offset, `more than ${most - 1} elements`);
    }
    const capacity = Math.min(this.capacity * 2, most);
    this.capacity = capacity;
    this.name = grown(this.name, new Uint16Array(capacity));
    this.parent = grown(this.parent, new Int32Array(capacity));
    this.end = grown(this.end, new Uint32Array(capacity));
    this.start = grown(this.start, new Uint32Array(capacity));
    this.stop = grown(this.stop, new Uint32Array(capacity));
    this.firstAttribute = grown(this.firstAttribute, new Uint32Array(capacity));
    this.low = grown(this.low, new Int32Array(capacity));
    this.high = grown(this.high, new Int32Array(capacity));
  }

  /** Appends an attribute. */
  addAttribute(name: number, start: number, length: number): void {
    if (this.attributeCount === this.attributeCapacity) this.#growAttributes();
    this.attributeName[this.attributeCount] = name;
    this.valueStart[this.attributeCount] = start;
    this.valueLength[this.attributeCount] = length;
    this.attributeCount += 1;
  }

  #growAttributes(): void {
    const capacity = this.attributeCapacity * 2;
    this.attributeCapacity = capacity;
    this.attributeName = grown(this.attributeName, new Uint16Array(capacity));
    this.valueStart = grown(this.valueStart, new Uint32Array(capacity));
    this.valueLength = grown(this.valueLength, new Uint32Array(capacity));
  }

  /** Text of an element's name. */
  nameOf(element: number): string {
    return this.names.names[this.name[element] ?? 0] ?? '';
  }

  /** The tape of a document read to its end. */
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
