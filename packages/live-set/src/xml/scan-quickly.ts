import type { TapeBuilder } from './tape-builder.ts';

/** The quick loop stays this far away from the end of the document, so that it can look ahead without asking. */
const MARGIN = 4096;

/**
 * Reads tags as Live writes them, from `tape.offset` on, until something else comes: then it leaves that untouched
 * for the rare path (read-rarely.ts), which does the whole of XML, and is called again. It never fails by itself.
 *
 * One function without calls, with numbers instead of names for bytes and fields, on purpose: V8 reads a constant
 * of a module from memory at every use, and forgets what it knows of arrays at every call; both made this loop
 * three times slower (bench/scan.mjs). `records[record + n]` are the fields listed in names.ts.
 *
 * Speed comes from guessing by what stood here last (successor prediction): first the whole tag, of which two in
 * three are right, then the name, then each attribute's name. A guess is compared, eight or four bytes at a time,
 * never trusted. Values are searched and hashed four bytes at a time, indentation is skipped by eight.
 */
export function scanQuickly(tape: TapeBuilder, idName: number, valueName: number): void {
  const { bytes, view, limits, length: documentLength } = tape.input;
  const { records, words } = tape.names;
  const { name, parent, end, start, stop, firstAttribute, low: hashLow, high: hashHigh } = tape;
  const { attributeName, valueStart, valueLength, capacity, attributeCapacity } = tape;
  const depthLimit = limits.depth;
  const attributeLimit = limits.attributeBytes;
  const safe = documentLength - MARGIN;
  const safeInTag = safe + 2048;
  const idOfId = idName | 0;
  const idOfValue = valueName | 0;
  let p = tape.offset;
  let size = tape.size;
  let attributes = tape.attributeCount;
  let current = tape.current;
  let depth = tape.depth;
  let guess = tape.guess;
  let low = tape.currentLow;
  let high = tape.currentHigh;
  let seen = tape.seen;
  let stamp = tape.stamp;

  tags: while (p < safe) {
    // Between tags: a line end and tabs, or nothing.
    if (bytes[p] === 13) p += 1;
    if (bytes[p] === 10) {
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
    if (bytes[p] !== 0x3c /* < */) break;

    if (bytes[p + 1] === 0x2f /* / */) {
      // Has to be `</Name>` of the element that is open.
      const record = name[current]! << 4;
      const length = records[record]!;
      let word = records[record + 1]!;
      let q = p + 2;
      const lastWord = q + (length & ~3);
      while (q < lastWord && view.getInt32(q, true) === words[word]) {
        q += 4;
        word += 1;
      }
      if (q !== lastWord) break;
      const bits = (length & 3) << 3;
      if (((view.getInt32(q, true) ^ words[word]!) & ((1 << bits) - 1)) !== 0) break;
      q += length & 3;
      if (bytes[q] !== 0x3e /* > */ || current === 0) break;
      p = q + 1;
      low = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d);
      low ^= low >>> 13;
      high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d);
      high ^= high >>> 13;
      hashLow[current] = low;
      hashHigh[current] = high;
      end[current] = size;
      stop[current] = p;
      current = parent[current]!;
      depth -= 1;
      guess = record + 8;
      if ((records[record + 4]! & 1) === 0) {
        low = Math.imul(hashLow[current]! ^ low, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(hashHigh[current]! ^ high, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
      } else {
        low = hashLow[current]!;
        high = hashHigh[current]!;
      }
      continue;
    }

    // An element opens. If it is an empty one, it may well be the very text that stood here last time.
    if (size + 1 >= capacity || depth >= depthLimit || current < 0) break;
    const twin = records[guess + 2]!;
    if (twin > 0) {
      const twinStart = start[twin]!;
      const last = stop[twin]! - twinStart - 8;
      let i = 0;
      while (i < last && view.getFloat64(p + i, true) === view.getFloat64(twinStart + i, true)) i += 8;
      if (i >= last && view.getFloat64(p + last, true) === view.getFloat64(twinStart + last, true)) {
        const shift = p - twinStart;
        const firstOfTwin = firstAttribute[twin]!;
        const more = firstAttribute[twin + 1]! - firstOfTwin;
        if (attributes + more > attributeCapacity) break;
        firstAttribute[size] = attributes;
        for (let k = 0; k < more; k += 1) {
          attributeName[attributes] = attributeName[firstOfTwin + k]!;
          valueStart[attributes] = valueStart[firstOfTwin + k]! + shift;
          valueLength[attributes] = valueLength[firstOfTwin + k]!;
          attributes += 1;
        }
        const id = name[twin]!;
        name[size] = id;
        parent[size] = current;
        start[size] = p;
        p += last + 8;
        stop[size] = p;
        const twinLow = hashLow[twin]!;
        const twinHigh = hashHigh[twin]!;
        hashLow[size] = twinLow;
        hashHigh[size] = twinHigh;
        if (records[guess + 3]! < 8) records[guess + 3] = records[guess + 3]! + 1;
        records[guess + 2] = size;
        size += 1;
        end[size - 1] = size;
        guess = (id << 4) + 8;
        if ((records[guess - 4]! & 1) === 0) {
          low = Math.imul(low ^ twinLow, 0x9e3779b1);
          low = (low << 13) | (low >>> 19);
          high = Math.imul(high ^ twinHigh, 0x85ebca77);
          high = (high << 17) | (high >>> 15);
        }
        continue;
      }
      // Where the guess fails again and again (notes), it is given up.
      if (records[guess + 3]! < 0) records[guess + 2] = -1;
      else records[guess + 3] = records[guess + 3]! - 1;
    }

    // Its name is most likely one of the two that followed here last.
    let id = records[guess]!;
    let record = id << 4;
    let q = p + 1;
    let length = records[record]!;
    let word = records[record + 1]!;
    let lastWord = q + (length & ~3);
    while (q < lastWord && view.getInt32(q, true) === words[word]) {
      q += 4;
      word += 1;
    }
    let bits = (length & 3) << 3;
    let isMatch = q === lastWord && ((view.getInt32(q, true) ^ words[word]!) & ((1 << bits) - 1)) === 0;
    q += length & 3;
    let byte = bytes[q]!;
    if (!isMatch || (byte !== 32 && byte !== 0x3e && byte !== 0x2f)) {
      id = records[guess + 1]!;
      record = id << 4;
      q = p + 1;
      length = records[record]!;
      word = records[record + 1]!;
      lastWord = q + (length & ~3);
      while (q < lastWord && view.getInt32(q, true) === words[word]) {
        q += 4;
        word += 1;
      }
      bits = (length & 3) << 3;
      isMatch = q === lastWord && ((view.getInt32(q, true) ^ words[word]!) & ((1 << bits) - 1)) === 0;
      q += length & 3;
      byte = bytes[q]!;
      if (!isMatch || (byte !== 32 && byte !== 0x3e && byte !== 0x2f)) break;
      records[guess + 1] = records[guess]!;
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
      let attribute = 0;
      if ((head & 0xff) === 0x3e /* > */) {
        q += 1;
        isLeaf = false;
        break;
      } else if ((head & 0xffffff) === 0x3e2f20 /* ␣/> */) {
        q += 3;
        break;
      } else if ((head & 0xffff) === 0x3e2f /* /> */) {
        q += 2;
        break;
      } else if ((head & 0xff) !== 32) {
        break tags;
      } else if (head === 0x6c615620 /* ␣Val */ && view.getInt32(q + 4, true) === 0x223d6575 /* ue=" */) {
        attribute = idOfValue;
        q += 8;
      } else if (head === 0x3d644920 /* ␣Id= */ && bytes[q + 4] === 0x22 /* " */) {
        attribute = idOfId;
        q += 5;
      } else {
        attribute = records[attributeGuess]!;
        length = records[attribute << 4]!;
        word = records[(attribute << 4) + 1]!;
        q += 1;
        lastWord = q + (length & ~3);
        while (q < lastWord && view.getInt32(q, true) === words[word]) {
          q += 4;
          word += 1;
        }
        if (q !== lastWord) break tags;
        bits = (length & 3) << 3;
        if (((view.getInt32(q, true) ^ words[word]!) & ((1 << bits) - 1)) !== 0) break tags;
        q += length & 3;
        if (bytes[q] !== 0x3d /* = */ || bytes[q + 1] !== 0x22 /* " */) break tags;
        q += 2;
      }
      const attributeRecord = attribute << 4;
      attributeGuess = attributeRecord + 7;
      if (records[attributeRecord + 5] === stamp || count === attributeCapacity) break tags;
      records[attributeRecord + 5] = stamp;

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
        const tailBits = (31 - Math.clz32(found & -found)) & 0x18;
        if (((text >>> tailBits) & 0xff) !== 0x22) break tags;
        const tail = text & ((1 << tailBits) - 1);
        seen |= tail;
        const last = tail | (tailBits << 21);
        valueLow = Math.imul(valueLow ^ last, 0x9e3779b1);
        valueLow = (valueLow << 13) | (valueLow >>> 19);
        valueHigh = Math.imul(valueHigh ^ last, 0x85ebca77);
        valueHigh = (valueHigh << 17) | (valueHigh >>> 15);
        q += tailBits >> 3;
        break;
      }
      if (q - from > attributeLimit || q > safeInTag) break tags;
      attributeName[count] = attribute;
      valueStart[count] = from;
      valueLength[count] = q - from;
      count += 1;
      q += 1;
      if ((records[attributeRecord + 4]! & 2) === 0) {
        ownLow = valueLow;
        ownHigh = valueHigh;
      }
    }

    // The tag is good: from here on it counts.
    name[size] = id;
    parent[size] = current;
    start[size] = p;
    firstAttribute[size] = attributes;
    attributes = count;
    p = q;
    if (isLeaf) {
      ownLow = Math.imul(ownLow ^ (ownLow >>> 15), 0x2c1b3c6d);
      ownLow ^= ownLow >>> 13;
      ownHigh = Math.imul(ownHigh ^ (ownHigh >>> 15), 0x2c1b3c6d);
      ownHigh ^= ownHigh >>> 13;
      hashLow[size] = ownLow;
      hashHigh[size] = ownHigh;
      end[size] = size + 1;
      stop[size] = p;
      if (records[guess + 2]! >= 0 && q - start[size]! <= 512)
        records[guess + 2] = q - start[size]! >= 8 ? size : 0;
      guess = record + 8;
      if ((records[record + 4]! & 1) === 0) {
        low = Math.imul(low ^ ownLow, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high ^ ownHigh, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
      }
    } else {
      hashLow[current] = low;
      hashHigh[current] = high;
      low = ownLow;
      high = ownHigh;
      current = size;
      depth += 1;
      guess = record + 12;
    }
    size += 1;
  }

  tape.offset = p;
  tape.size = size;
  tape.attributeCount = attributes;
  tape.current = current;
  tape.depth = depth;
  tape.guess = guess;
  tape.currentLow = low;
  tape.currentHigh = high;
  tape.seen = seen;
  tape.stamp = stamp;
}
