/**
 * The flat form of an XML document: structure of arrays, elements in document order (pre-order).
 * Element 0 is the root. Nothing is decoded; offsets are bytes into {@link Tape.bytes}.
 *
 * The children of `e` are: first `e + 1` (when `end[e] > e + 1`), then each time `end[child]`, up to `end[e]`.
 */
export interface Tape {
  readonly bytes: Uint8Array;
  /** Number of elements / of attributes; the arrays may be longer. */
  readonly size: number;
  readonly attributeCount: number;
  /** Element → index into {@link names}. */
  readonly name: Uint16Array;
  /** Element → its parent; −1 for the root. */
  readonly parent: Int32Array;
  /** Element → the element after its subtree. */
  readonly end: Uint32Array;
  /** Element → offset of its `<`, and the offset after its last `>`. */
  readonly start: Uint32Array;
  readonly stop: Uint32Array;
  /** Element → its first attribute; the attributes of `e` end at `firstAttribute[e + 1]` (one entry more than elements). */
  readonly firstAttribute: Uint32Array;
  /** Attribute → index into {@link names}, start and length of the raw value between its quotes. */
  readonly attributeName: Uint16Array;
  readonly valueStart: Uint32Array;
  /** Top bit ({@link HAS_ESCAPES}): the value holds `&`, tab or line end and must be unescaped. */
  readonly valueLength: Uint32Array;
  /**
   * Element → 2 × 32-bit hash of its subtree: names, attributes and text, without what `Masks` leaves out.
   * Independent of line ends, indentation, quotes, escapes, and of the order in which names were met.
   */
  readonly hashLow: Uint32Array;
  readonly hashHigh: Uint32Array;
  /** Name index → text. The first ones are those of the `vocabulary` given, in its order. */
  readonly names: readonly string[];
  /** The whole document is ASCII: values decode as Latin-1. */
  readonly ascii: boolean;
  /** What is legal but not as Live writes it; at most a few, for the report. */
  readonly oddities: readonly Oddity[];
}

export const HAS_ESCAPES = 0x8000_0000;
export const LENGTH_MASK = 0x7fff_ffff;

/** Something that was read but that Live itself would not have written. */
export interface Oddity {
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** What the hash of an element leaves out. Indexes into the vocabulary. */
export interface Masks {
  /** Elements that are noise wherever they stand: their whole subtree adds nothing. */
  readonly elements: Uint8Array;
  /** Attributes that are never content (`Id`). */
  readonly attributes: Uint8Array;
}
