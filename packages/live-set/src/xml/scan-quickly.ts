import type { TapeBuilder } from './tape-builder.ts';

/*
 * The quick loop, with its memory.
 *
 * V8 knows the constants of the module that uses them: address and length of these arrays become part of the machine
 * code, where an array that is passed in is asked for its map, length and address at every access. That makes the
 * loop two to three times faster (bench/scan.mjs). So the document comes by in windows, and what was read of it
 * leaves in pieces. Nothing here may be exported as a constant: V8 then reads it from a cell again.
 *
 * The memory belongs to one scan at a time. A scan never waits for anything, so there is never a second one.
 */

/** Bytes of a window. The margin behind it is there so that a tag that begins in the window can be read at ease. */
const WINDOW = 32_768;
const MARGIN = 4096;
const INPUT = new Uint8Array(WINDOW + MARGIN);
const VIEW = new DataView(INPUT.buffer);

/** Elements and attributes that wait for being moved to the tape; one tag in a window has under `MOST_ATTRIBUTES`. */
const ROOM = 16_384;
const MOST_ATTRIBUTES = 8192;
const NAME = new Uint16Array(ROOM);
const PARENT = new Int32Array(ROOM);
const END = new Uint32Array(ROOM);
const START = new Uint32Array(ROOM);
const STOP = new Uint32Array(ROOM);
const FIRST_ATTRIBUTE = new Uint32Array(ROOM);
const LOW = new Int32Array(ROOM);
const HIGH = new Int32Array(ROOM);
const ATTRIBUTE_NAME = new Uint16Array(ROOM + MOST_ATTRIBUTES);
const VALUE_START = new Uint32Array(ROOM + MOST_ATTRIBUTES);
const VALUE_LENGTH = new Uint32Array(ROOM + MOST_ATTRIBUTES);
/** Elements that were closed after they had left. */
const LATE = new Uint32Array(ROOM);
const LATE_END = new Uint32Array(ROOM);
const LATE_STOP = new Uint32Array(ROOM);
const LATE_LOW = new Int32Array(ROOM);
const LATE_HIGH = new Int32Array(ROOM);

/** The open elements by depth: number, name, hash so far. That of the innermost is in the tape builder. */
const DEEPEST = 8192;
const OPEN = new Int32Array(DEEPEST);
const OPEN_NAME = new Int32Array(DEEPEST);
const OPEN_LOW = new Int32Array(DEEPEST);
const OPEN_HIGH = new Int32Array(DEEPEST);

/** What is known of the first names: see names.ts for the fields. */
const RECORDS = new Int32Array(8192 * 16);
/** Each name as ` Name="`. */
const NAMES = new Uint8Array(1 << 18);
const NAMES_VIEW = new DataView(NAMES.buffer);

/** The memory, for those who fill and empty it (tape-writer.ts); `room` is for elements, attributes and late ones each. */
export function quickMemory() {
  return {
    window: WINDOW,
    margin: MARGIN,
    input: INPUT,
    room: ROOM,
    name: NAME,
    parent: PARENT,
    end: END,
    start: START,
    stop: STOP,
    firstAttribute: FIRST_ATTRIBUTE,
    low: LOW,
    high: HIGH,
    attributeName: ATTRIBUTE_NAME,
    valueStart: VALUE_START,
    valueLength: VALUE_LENGTH,
    late: LATE,
    lateEnd: LATE_END,
    lateStop: LATE_STOP,
    lateLow: LATE_LOW,
    lateHigh: LATE_HIGH,
    deepest: DEEPEST,
    open: OPEN,
    openName: OPEN_NAME,
    openLow: OPEN_LOW,
    openHigh: OPEN_HIGH,
    records: RECORDS,
    names: NAMES,
  };
}

/**
 * Reads tags as Live writes them, from `tape.offset` on, as long as they begin in the first `safe` bytes of the
 * window, until something else comes: that is left untouched for the rare path (read-rarely.ts), which does the whole
 * of XML. It never finds an error.
 *
 * One function without calls, on purpose. `RECORDS[record + n]` are the fields listed in names.ts.
 *
 * Names are guessed by what stood here last (successor prediction): a guess is compared, eight bytes at a time, never
 * trusted. Values are searched and hashed four bytes at a time, indentation is skipped by eight.
 */
export function scanWindow(
  tape: TapeBuilder,
  safe: number,
  depthLimit: number,
  attributeLimit: number,
): void {
  // Read once, before any loop: only then does V8 take them for constants everywhere.
  const input = INPUT;
  const view = VIEW;
  const nameOf = NAME;
  const parentOf = PARENT;
  const endOf = END;
  const startOf = START;
  const stopOf = STOP;
  const firstAttribute = FIRST_ATTRIBUTE;
  const hashLow = LOW;
  const hashHigh = HIGH;
  const attributeName = ATTRIBUTE_NAME;
  const valueStart = VALUE_START;
  const valueLength = VALUE_LENGTH;
  const lateElement = LATE;
  const lateEnd = LATE_END;
  const lateStop = LATE_STOP;
  const lateLow = LATE_LOW;
  const lateHigh = LATE_HIGH;
  const openElements = OPEN;
  const openName = OPEN_NAME;
  const openLow = OPEN_LOW;
  const openHigh = OPEN_HIGH;
  const records = RECORDS;
  const namesView = NAMES_VIEW;
  const base = tape.windowStart;
  const flushed = tape.flushed;
  const safeInTag = safe + 2048;
  let p = tape.offset - base;
  let size = tape.size - flushed;
  let attributes = tape.attributeCount - tape.flushedAttributes;
  const attributeBase = tape.flushedAttributes;
  let depth = tape.depth;
  let guess = tape.guess;
  let low = tape.currentLow;
  let high = tape.currentHigh;
  let seen = tape.seen;
  let stamp = tape.stamp;
  let late = tape.late;

  tags: while (p < safe) {
    // Between tags: a line end and tabs, or nothing.
    if (input[p] === 13) p += 1;
    if (input[p] === 10) {
      p += 1;
      while (p < safe && view.getFloat64(p, true) === 3.882098286554061e-265 /* eight tabs */) p += 8;
      while (p < safe) {
        const other = view.getInt32(p, true) ^ 0x09090909;
        if (other !== 0) {
          p += (31 - Math.clz32(other & -other)) >> 3;
          break;
        }
        p += 4;
      }
    }
    if (input[p] !== 0x3c /* < */) break;

    if (input[p + 1] === 0x2f /* / */) {
      // Has to be `</Name>` of the element that is open; that of the root is left to the rare path.
      if (depth <= 1 || late >= ROOM - 1) break;
      const record = openName[depth - 1]! << 4;
      const length = records[record]! & 0x3ff;
      const place = records[record + 1]! + 1;
      const from = p + 2;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && view.getFloat64(from + i, true) === namesView.getFloat64(place + i, true)) i += 8;
        if (i < last || view.getFloat64(from + last, true) !== namesView.getFloat64(place + last, true))
          break;
      } else {
        const other = view.getInt32(from, true) ^ namesView.getInt32(place, true);
        if (length >= 4) {
          const last = length - 4;
          if (other !== 0 || view.getInt32(from + last, true) !== namesView.getInt32(place + last, true))
            break;
        } else if (other << (32 - (length << 3)) !== 0) break;
      }
      const q = from + length;
      if (input[q] !== 0x3e /* > */) break;
      p = q + 1;
      low = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d);
      low ^= low >>> 13;
      high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d);
      high ^= high >>> 13;
      depth -= 1;
      const element = openElements[depth]!;
      const i = element - flushed;
      if (i >= 0) {
        endOf[i] = size + flushed;
        stopOf[i] = p + base;
        hashLow[i] = low;
        hashHigh[i] = high;
      } else {
        lateElement[late] = element;
        lateEnd[late] = size + flushed;
        lateStop[late] = p + base;
        lateLow[late] = low;
        lateHigh[late] = high;
        late += 1;
      }
      guess = record + 8;
      const parentLow = openLow[depth - 1]!;
      const parentHigh = openHigh[depth - 1]!;
      if ((records[record]! & 0x10000) === 0) {
        low = Math.imul(parentLow ^ low, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(parentHigh ^ high, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
      } else {
        low = parentLow;
        high = parentHigh;
      }
      continue;
    }

    // An element opens. Its name is most likely one of the four that followed here last.
    if (size >= ROOM - 1 || attributes >= ROOM || depth >= depthLimit || depth === 0) break;
    let slot = guess;
    let id = 0;
    let record = 0;
    let q = 0;
    for (;;) {
      id = records[slot]!;
      record = id << 4;
      const length = records[record]! & 0x3ff;
      const place = records[record + 1]! + 1;
      const from = p + 1;
      let isSame = false;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && view.getFloat64(from + i, true) === namesView.getFloat64(place + i, true)) i += 8;
        isSame = i >= last && view.getFloat64(from + last, true) === namesView.getFloat64(place + last, true);
      } else {
        const other = view.getInt32(from, true) ^ namesView.getInt32(place, true);
        if (length >= 4) {
          const last = length - 4;
          isSame = other === 0 && view.getInt32(from + last, true) === namesView.getInt32(place + last, true);
        } else isSame = other << (32 - (length << 3)) === 0;
      }
      q = from + length;
      if (isSame) {
        const byte = input[q]!;
        if (byte === 32 || byte === 0x3e /* > */ || byte === 0x2f /* / */) break;
      }
      if (slot === guess + 3) break tags;
      slot += 1;
    }
    if (slot !== guess) {
      records[slot] = records[guess]!;
      records[guess] = id;
    }

    // Attributes. `q` is behind the name or behind a value's closing quote.
    let ownLow = records[record + 2]!;
    let ownHigh = records[record + 3]!;
    let attributeGuess = record + 6;
    let count = attributes;
    let isLeaf = true;
    stamp += 1;
    for (;;) {
      const head = view.getInt32(q, true);
      if ((head & 0xff) === 0x3e /* > */) {
        q += 1;
        isLeaf = false;
        break;
      }
      if ((head & 0xffffff) === 0x3e2f20 /* ␣/> */) {
        q += 3;
        break;
      }
      if ((head & 0xffff) === 0x3e2f /* /> */) {
        q += 2;
        break;
      }
      // Has to be `␣Name="`.
      const attribute = records[attributeGuess]!;
      const attributeRecord = attribute << 4;
      const length = (records[attributeRecord]! & 0x3ff) + 3;
      const place = records[attributeRecord + 1]!;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && view.getFloat64(q + i, true) === namesView.getFloat64(place + i, true)) i += 8;
        if (i < last || view.getFloat64(q + last, true) !== namesView.getFloat64(place + last, true))
          break tags;
      } else {
        const last = length - 4;
        if (head !== namesView.getInt32(place, true)) break tags;
        if (view.getInt32(q + last, true) !== namesView.getInt32(place + last, true)) break tags;
      }
      q += length;
      if (records[attributeRecord + 5] === stamp) break tags;
      records[attributeRecord + 5] = stamp;
      attributeGuess = attributeRecord + 7;

      // The value, hashed word by word; `&`, `<`, tabs, line ends and control characters are the rare path's.
      const from = q;
      let valueLow = Math.imul(ownLow ^ records[attributeRecord + 3]!, 0x9e3779b1);
      valueLow = (valueLow << 13) | (valueLow >>> 19);
      let valueHigh = Math.imul(ownHigh ^ records[attributeRecord + 2]!, 0x85ebca77);
      valueHigh = (valueHigh << 17) | (valueHigh >>> 15);
      for (;;) {
        const text = view.getInt32(q, true);
        const less = text ^ 0x3c3c3c3c; // zero where `<` stands
        const special = (text & 0xfbfbfbfb) ^ 0x22222222; // zero where `"` or `&` stands
        const found =
          (((less - 0x01010101) & ~less) |
            ((special - 0x01010101) & ~special) |
            ((text - 0x20202020) & ~text)) &
          0x80808080;
        if (found === 0) {
          seen |= text;
          valueLow = Math.imul(valueLow ^ text, 0x9e3779b1);
          valueLow = (valueLow << 13) | (valueLow >>> 19);
          valueHigh = Math.imul(valueHigh ^ text, 0x85ebca77);
          valueHigh = (valueHigh << 17) | (valueHigh >>> 15);
          q += 4;
          if (q > safeInTag) break tags;
          continue;
        }
        // The lowest bit found is right; higher ones may be echoes of it.
        const bits = (31 - Math.clz32(found & -found)) & 0x18;
        if (((text >>> bits) & 0xff) !== 0x22) break tags;
        const tail = text & ((1 << bits) - 1);
        seen |= tail;
        const last = tail | (bits << 21);
        valueLow = Math.imul(valueLow ^ last, 0x9e3779b1);
        valueLow = (valueLow << 13) | (valueLow >>> 19);
        valueHigh = Math.imul(valueHigh ^ last, 0x85ebca77);
        valueHigh = (valueHigh << 17) | (valueHigh >>> 15);
        q += bits >> 3;
        break;
      }
      if (q - from > attributeLimit || q > safeInTag) break tags;
      attributeName[count] = attribute;
      valueStart[count] = from + base;
      valueLength[count] = q - from;
      count += 1;
      q += 1;
      if ((records[attributeRecord]! & 0x20000) === 0) {
        ownLow = valueLow;
        ownHigh = valueHigh;
      }
    }

    // The tag is good: from here on it counts.
    nameOf[size] = id;
    parentOf[size] = openElements[depth - 1]!;
    startOf[size] = p + base;
    firstAttribute[size] = attributes + attributeBase;
    attributes = count;
    p = q;
    if (isLeaf) {
      ownLow = Math.imul(ownLow ^ (ownLow >>> 15), 0x2c1b3c6d);
      ownLow ^= ownLow >>> 13;
      ownHigh = Math.imul(ownHigh ^ (ownHigh >>> 15), 0x2c1b3c6d);
      ownHigh ^= ownHigh >>> 13;
      hashLow[size] = ownLow;
      hashHigh[size] = ownHigh;
      endOf[size] = size + flushed + 1;
      stopOf[size] = p + base;
      guess = record + 8;
      if ((records[record]! & 0x10000) === 0) {
        low = Math.imul(low ^ ownLow, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high ^ ownHigh, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
      }
    } else {
      openLow[depth - 1] = low;
      openHigh[depth - 1] = high;
      openElements[depth] = size + flushed;
      openName[depth] = id;
      depth += 1;
      low = ownLow;
      high = ownHigh;
      guess = record + 12;
    }
    size += 1;
  }

  tape.offset = p + base;
  tape.size = size + flushed;
  tape.attributeCount = attributes + attributeBase;
  tape.depth = depth;
  tape.guess = guess;
  tape.currentLow = low;
  tape.currentHigh = high;
  tape.seen = seen;
  tape.stamp = stamp;
  tape.late = late;
}
