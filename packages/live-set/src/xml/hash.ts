/*
 * Two independent 32-bit lanes of multiply-and-rotate. The scanner writes these steps out where it is hot;
 * here they stand once as functions for everything else. Every step is a bijection of the state for a given
 * word and of the word for a given state: two inputs that differ in one word never meet.
 *
 * A run of bytes is hashed as little-endian words, then one last word: the 0–3 bytes left, and their number in
 * its top byte. No byte of XML is below 4, so no run is a prefix of another.
 */

const MULTIPLY_LOW = 0x9e3779b1 | 0;
const MULTIPLY_HIGH = 0x85ebca77 | 0;
const ROTATE_LOW = 13;
const ROTATE_HIGH = 17;
/** Start of the two lanes for names and text. */
export const SEED_LOW = 0x2545f491;
export const SEED_HIGH = 0x7a8b6c3d;

/** Adds one word to the low lane. */
export function mixLow(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, MULTIPLY_LOW);
  return (product << ROTATE_LOW) | (product >>> (32 - ROTATE_LOW));
}

/** Adds one word to the high lane. */
export function mixHigh(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, MULTIPLY_HIGH);
  return (product << ROTATE_HIGH) | (product >>> (32 - ROTATE_HIGH));
}

/** Spreads a lane over all its bits at the end of an element. */
export function finish(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return spread ^ (spread >>> 13);
}

/** Hashes a sequence of bytes that comes in pieces. White space is left out on request of the caller, not here. */
export class ByteHash {
  low = SEED_LOW;
  high = SEED_HIGH;
  #word = 0;
  #bytes = 0;

  /** Whether whole words can be added with {@link addWord}. */
  get isAligned(): boolean {
    return this.#bytes === 0;
  }

  reset(low: number, high: number): void {
    this.low = low;
    this.high = high;
    this.#word = 0;
    this.#bytes = 0;
  }

  addByte(byte: number): void {
    this.#word |= byte << (this.#bytes << 3);
    this.#bytes += 1;
    if (this.#bytes === 4) {
      this.addWord(this.#word);
      this.#word = 0;
      this.#bytes = 0;
    }
  }

  addWord(word: number): void {
    this.low = mixLow(this.low, word);
    this.high = mixHigh(this.high, word);
  }

  /** Adds the bytes of one character. */
  addCharacter(codePoint: number): void {
    if (codePoint < 0x80) {
      this.addByte(codePoint);
    } else if (codePoint < 0x800) {
      this.addByte(0xc0 | (codePoint >> 6));
      this.addByte(0x80 | (codePoint & 63));
    } else if (codePoint < 0x10000) {
      this.addByte(0xe0 | (codePoint >> 12));
      this.addByte(0x80 | ((codePoint >> 6) & 63));
      this.addByte(0x80 | (codePoint & 63));
    } else {
      this.addByte(0xf0 | (codePoint >> 18));
      this.addByte(0x80 | ((codePoint >> 12) & 63));
      this.addByte(0x80 | ((codePoint >> 6) & 63));
      this.addByte(0x80 | (codePoint & 63));
    }
  }

  /** Ends the run: afterwards {@link low} and {@link high} hold its hash. */
  end(): void {
    this.addWord(this.#word | (this.#bytes << 24));
    this.#word = 0;
    this.#bytes = 0;
  }
}
