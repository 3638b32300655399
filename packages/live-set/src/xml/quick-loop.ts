import {
  ATTRIBUTE_NAME,
  ATTRIBUTES,
  BASE,
  CURRENT_HIGH,
  CURRENT_LOW,
  DEPTH,
  END,
  FIRST_ATTRIBUTE,
  FLUSHED,
  FLUSHED_ATTRIBUTES,
  GUESS,
  HIGH,
  INPUT,
  LATE,
  LATE_COUNT,
  LATE_END,
  LATE_HIGH,
  LATE_LOW,
  LATE_STOP,
  LOW,
  NAME,
  NAMES_VIEW,
  OFFSET,
  OPEN,
  OPEN_HIGH,
  OPEN_LOW,
  OPEN_NAME,
  PARENT,
  RECORDS,
  ROOM,
  SEEN,
  SIZE,
  STAMP,
  START,
  STATE,
  STOP,
  TEXT,
  TEXT_FILLED,
  TEXT_HIGH,
  TEXT_LOW,
  TEXT_READ,
  TEXT_VIEW,
  VALUE_LENGTH,
  VALUE_START,
  VIEW,
} from './quick-memory.ts';

/*
 * All functions here are compiled twice: by tsc, and by scripts/compile-quick-loop.mjs to WebAssembly (quick-loop-wasm.ts), which is what
 * runs: at full speed from the first byte, where the script takes a tenth of a second to get there, and twice as fast
 * then. So it is written in what that little compiler knows: whole numbers of 32 bits, the arrays of quick-memory.ts,
 * loops and branches. After a change: node scripts/compile-quick-loop.mjs
 */

/**
 * Reads tags as Live writes them, from where the state says on, as long as they begin in the first `safe` bytes of the
 * window, until something else comes: that is left untouched for the rare path (read-rarely.ts), which does the whole
 * of XML. It never finds an error.
 *
 * One function without calls, on purpose. `RECORDS[record + n]` are the fields listed in names.ts.
 *
 * Names are guessed by what stood here last (successor prediction): a guess is compared, eight bytes at a time, never
 * trusted. Values are searched and hashed four bytes at a time, indentation is skipped by eight.
 */
export function quickLoop(safe: number, depthLimit: number, attributeLimit: number): void {
  const base = STATE[BASE]!;
  const flushed = STATE[FLUSHED]!;
  const attributeBase = STATE[FLUSHED_ATTRIBUTES]!;
  const safeInTag = safe + 2048;
  let p = STATE[OFFSET]!;
  let size = STATE[SIZE]!;
  let attributes = STATE[ATTRIBUTES]!;
  let depth = STATE[DEPTH]!;
  let guess = STATE[GUESS]!;
  let low = STATE[CURRENT_LOW]!;
  let high = STATE[CURRENT_HIGH]!;
  let seen = STATE[SEEN]!;
  let stamp = STATE[STAMP]!;
  let late = STATE[LATE_COUNT]!;

  tags: while (p < safe) {
    // Between tags: a line end and tabs, or nothing.
    if (INPUT[p] === 13) p += 1;
    if (INPUT[p] === 10) {
      p += 1;
      while (p < safe && VIEW.getFloat64(p, true) === 3.882098286554061e-265 /* eight tabs */) p += 8;
      while (p < safe) {
        const other = VIEW.getInt32(p, true) ^ 0x09090909;
        if (other !== 0) {
          p += (31 - Math.clz32(other & -other)) >> 3;
          break;
        }
        p += 4;
      }
    }
    if (INPUT[p] !== 0x3c /* < */) break;

    if (INPUT[p + 1] === 0x2f /* / */) {
      // Has to be `</Name>` of the element that is open; that of the root is left to the rare path.
      if (depth <= 1 || late >= ROOM - 1) break;
      const record = OPEN_NAME[depth - 1]! << 4;
      const length = RECORDS[record]! & 0x3ff;
      const place = RECORDS[record + 1]! + 1;
      const from = p + 2;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && VIEW.getFloat64(from + i, true) === NAMES_VIEW.getFloat64(place + i, true)) i += 8;
        if (i < last || VIEW.getFloat64(from + last, true) !== NAMES_VIEW.getFloat64(place + last, true))
          break;
      } else {
        const other = VIEW.getInt32(from, true) ^ NAMES_VIEW.getInt32(place, true);
        if (length >= 4) {
          const last = length - 4;
          if (other !== 0 || VIEW.getInt32(from + last, true) !== NAMES_VIEW.getInt32(place + last, true))
            break;
        } else if (other << (32 - (length << 3)) !== 0) break;
      }
      const q = from + length;
      if (INPUT[q] !== 0x3e /* > */) break;
      p = q + 1;
      low = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d);
      low ^= low >>> 13;
      high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d);
      high ^= high >>> 13;
      depth -= 1;
      const element = OPEN[depth]!;
      const i = element - flushed;
      if (i >= 0) {
        END[i] = size + flushed;
        STOP[i] = p + base;
        LOW[i] = low;
        HIGH[i] = high;
      } else {
        LATE[late] = element;
        LATE_END[late] = size + flushed;
        LATE_STOP[late] = p + base;
        LATE_LOW[late] = low;
        LATE_HIGH[late] = high;
        late += 1;
      }
      guess = record + 8;
      const parentLow = OPEN_LOW[depth - 1]!;
      const parentHigh = OPEN_HIGH[depth - 1]!;
      if ((RECORDS[record]! & 0x10000) === 0) {
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
      id = RECORDS[slot]!;
      record = id << 4;
      const length = RECORDS[record]! & 0x3ff;
      const place = RECORDS[record + 1]! + 1;
      const from = p + 1;
      let isSame = false;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && VIEW.getFloat64(from + i, true) === NAMES_VIEW.getFloat64(place + i, true)) i += 8;
        isSame =
          i >= last && VIEW.getFloat64(from + last, true) === NAMES_VIEW.getFloat64(place + last, true);
      } else {
        const other = VIEW.getInt32(from, true) ^ NAMES_VIEW.getInt32(place, true);
        if (length >= 4) {
          const last = length - 4;
          isSame =
            other === 0 && VIEW.getInt32(from + last, true) === NAMES_VIEW.getInt32(place + last, true);
        } else isSame = other << (32 - (length << 3)) === 0;
      }
      q = from + length;
      if (isSame) {
        const byte = INPUT[q]!;
        if (byte === 32 || byte === 0x3e /* > */ || byte === 0x2f /* / */) break;
      }
      if (slot === guess + 3) break tags;
      slot += 1;
    }
    if (slot !== guess) {
      RECORDS[slot] = RECORDS[guess]!;
      RECORDS[guess] = id;
    }

    // Attributes. `q` is behind the name or behind a value's closing quote.
    let ownLow = RECORDS[record + 2]!;
    let ownHigh = RECORDS[record + 3]!;
    let attributeGuess = record + 6;
    let count = attributes;
    let isLeaf = true;
    stamp += 1;
    for (;;) {
      const head = VIEW.getInt32(q, true);
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
      const attribute = RECORDS[attributeGuess]!;
      const attributeRecord = attribute << 4;
      const length = (RECORDS[attributeRecord]! & 0x3ff) + 3;
      const place = RECORDS[attributeRecord + 1]!;
      if (length >= 8) {
        const last = length - 8;
        let i = 0;
        while (i < last && VIEW.getFloat64(q + i, true) === NAMES_VIEW.getFloat64(place + i, true)) i += 8;
        if (i < last || VIEW.getFloat64(q + last, true) !== NAMES_VIEW.getFloat64(place + last, true))
          break tags;
      } else {
        const last = length - 4;
        if (head !== NAMES_VIEW.getInt32(place, true)) break tags;
        if (VIEW.getInt32(q + last, true) !== NAMES_VIEW.getInt32(place + last, true)) break tags;
      }
      q += length;
      if (RECORDS[attributeRecord + 5] === stamp) break tags;
      RECORDS[attributeRecord + 5] = stamp;
      attributeGuess = attributeRecord + 7;

      // The value, hashed word by word; `&`, `<`, tabs, line ends and control characters are the rare path's.
      const from = q;
      let valueLow = Math.imul(ownLow ^ RECORDS[attributeRecord + 3]!, 0x9e3779b1);
      valueLow = (valueLow << 13) | (valueLow >>> 19);
      let valueHigh = Math.imul(ownHigh ^ RECORDS[attributeRecord + 2]!, 0x85ebca77);
      valueHigh = (valueHigh << 17) | (valueHigh >>> 15);
      for (;;) {
        const text = VIEW.getInt32(q, true);
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
      ATTRIBUTE_NAME[count] = attribute;
      VALUE_START[count] = from + base;
      VALUE_LENGTH[count] = q - from;
      count += 1;
      q += 1;
      if ((RECORDS[attributeRecord]! & 0x20000) === 0) {
        ownLow = valueLow;
        ownHigh = valueHigh;
      }
    }

    // The tag is good: from here on it counts.
    NAME[size] = id;
    PARENT[size] = OPEN[depth - 1]!;
    START[size] = p + base;
    FIRST_ATTRIBUTE[size] = attributes + attributeBase;
    attributes = count;
    p = q;
    if (isLeaf) {
      ownLow = Math.imul(ownLow ^ (ownLow >>> 15), 0x2c1b3c6d);
      ownLow ^= ownLow >>> 13;
      ownHigh = Math.imul(ownHigh ^ (ownHigh >>> 15), 0x2c1b3c6d);
      ownHigh ^= ownHigh >>> 13;
      LOW[size] = ownLow;
      HIGH[size] = ownHigh;
      END[size] = size + flushed + 1;
      STOP[size] = p + base;
      guess = record + 8;
      if ((RECORDS[record]! & 0x10000) === 0) {
        low = Math.imul(low ^ ownLow, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high ^ ownHigh, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
      }
    } else {
      OPEN_LOW[depth - 1] = low;
      OPEN_HIGH[depth - 1] = high;
      OPEN[depth] = size + flushed;
      OPEN_NAME[depth] = id;
      depth += 1;
      low = ownLow;
      high = ownHigh;
      guess = record + 12;
    }
    size += 1;
  }

  STATE[OFFSET] = p;
  STATE[SIZE] = size;
  STATE[ATTRIBUTES] = attributes;
  STATE[DEPTH] = depth;
  STATE[GUESS] = guess;
  STATE[CURRENT_LOW] = low;
  STATE[CURRENT_HIGH] = high;
  STATE[SEEN] = seen;
  STATE[STAMP] = stamp;
  STATE[LATE_COUNT] = late;
}

/**
 * Reads the lines of a hex dump in the first `end` bytes of the text piece, in whole words; stops before anything else.
 * The state then says how far it came, and the hash.
 */
export function hexLines(end: number): void {
  const last = end - 4;
  let at = 0;
  let low = STATE[TEXT_LOW]!;
  let high = STATE[TEXT_HIGH]!;
  let filled = STATE[TEXT_FILLED]!;
  while (at <= last) {
    const word = TEXT_VIEW.getInt32(at, true);
    if ((((word - 0x30303030) | word) & 0x80808080) === 0) {
      // All four bytes lie in 0x30…0x7f: neither white space nor "&" nor part of a longer character.
      low = Math.imul(low ^ word, 0x9e3779b1);
      low = (low << 13) | (low >>> 19);
      high = Math.imul(high ^ word, 0x85ebca77);
      high = (high << 17) | (high >>> 15);
      filled = 1;
      at += 4;
    } else if (word === 0x09090909) {
      at += 4;
    } else {
      const byte = TEXT[at]!;
      if (byte !== 9 && byte !== 10 && byte !== 13) break;
      at += 1;
    }
  }
  STATE[TEXT_READ] = at;
  STATE[TEXT_FILLED] = filled;
  STATE[TEXT_LOW] = low;
  STATE[TEXT_HIGH] = high;
}
