import * as memory from './quick-memory.ts';
import { scanWindow } from './scan-quickly.ts';
import type { TapeBuilder } from './tape-builder.ts';

/*
 * What fills and empties the memory of the quick loop: windows of the document go in, elements come out. The rare path
 * writes its elements into the same memory, so that there is one order.
 */

const FIRST_PLACE = 8;

/** The name records of the document being scanned, all zero at its beginning. */
export function clearedRecords(): Int32Array {
  return memory.RECORDS.fill(0);
}

/**
 * Keeps the text of a name for comparing.
 * @param used end of what is kept; 0 for the first
 * @returns where it stands, and the new end; place 0 when there is no room: such a name is never guessed
 */
export function keepName(bytes: Uint8Array, used: number): { place: number; end: number } {
  const place = Math.max(used, FIRST_PLACE);
  const end = place + bytes.length + 3;
  if (end + 8 > memory.NAMES.length) return { place: 0, end: used };
  memory.NAMES[place] = 0x20;
  memory.NAMES.set(bytes, place + 1);
  memory.NAMES[end - 2] = 0x3d;
  memory.NAMES[end - 1] = 0x22;
  return { place, end };
}

/** Copy of the names kept so far. @param used their end, as {@link keepName} said it last */
export function keptNames(used: number): Uint8Array {
  return memory.NAMES.slice(0, used);
}

/** Puts back the first records and names of an earlier document. */
export function restoreNames(records: Int32Array, names: Uint8Array): void {
  memory.RECORDS.set(records);
  memory.NAMES.set(names);
}

/** Most nested elements the scanner can hold. */
export function deepest(): number {
  return memory.DEEPEST;
}

/** Name of the innermost open element. */
export function openName(tape: TapeBuilder): number {
  return memory.OPEN_NAME[tape.depth - 1]!;
}

/** Adds an element whose opening tag begins at `start` and has been read. It is then the innermost open one. */
export function openElement(tape: TapeBuilder, id: number, start: number, firstAttribute: number): void {
  const i = tape.size - tape.flushed;
  memory.NAME[i] = id;
  memory.PARENT[i] = tape.depth > 0 ? memory.OPEN[tape.depth - 1]! : -1;
  memory.START[i] = start;
  memory.FIRST_ATTRIBUTE[i] = firstAttribute;
  memory.OPEN[tape.depth] = tape.size;
  memory.OPEN_NAME[tape.depth] = id;
  tape.depth += 1;
  tape.size += 1;
}

/** Puts the hash of the innermost element aside, before a new one is read. */
export function saveHash(tape: TapeBuilder): void {
  if (tape.depth === 0) return;
  memory.OPEN_LOW[tape.depth - 1] = tape.currentLow;
  memory.OPEN_HIGH[tape.depth - 1] = tape.currentHigh;
}

/** Closes the innermost element at `tape.offset`, with its final hash; takes up that of its parent. */
export function closeElement(tape: TapeBuilder, low: number, high: number): void {
  tape.depth -= 1;
  const element = memory.OPEN[tape.depth]!;
  const i = element - tape.flushed;
  if (i >= 0) {
    memory.END[i] = tape.size;
    memory.STOP[i] = tape.offset;
    memory.LOW[i] = low;
    memory.HIGH[i] = high;
  } else {
    memory.LATE[tape.late] = element;
    memory.LATE_END[tape.late] = tape.size;
    memory.LATE_STOP[tape.late] = tape.offset;
    memory.LATE_LOW[tape.late] = low;
    memory.LATE_HIGH[tape.late] = high;
    tape.late += 1;
  }
  if (tape.depth === 0) return;
  tape.currentLow = memory.OPEN_LOW[tape.depth - 1]!;
  tape.currentHigh = memory.OPEN_HIGH[tape.depth - 1]!;
}

/** Adds an attribute of the element that is being read. */
export function addAttribute(tape: TapeBuilder, name: number, start: number, length: number): void {
  if (tape.attributeCount - tape.flushedAttributes >= memory.ROOM) flush(tape);
  const i = tape.attributeCount - tape.flushedAttributes;
  memory.ATTRIBUTE_NAME[i] = name;
  memory.VALUE_START[i] = start;
  memory.VALUE_LENGTH[i] = length;
  tape.attributeCount += 1;
}

/** Makes room for one more element. @throws LiveSetError XML_TOO_MANY_ELEMENTS */
export function makeRoom(tape: TapeBuilder): void {
  if (isFull(tape)) flush(tape);
}

function isFull(tape: TapeBuilder): boolean {
  const elements = tape.size - tape.flushed;
  return (
    elements >= memory.ROOM - 1 ||
    tape.late >= memory.ROOM - 1 ||
    tape.attributeCount - tape.flushedAttributes >= memory.ROOM
  );
}

/** Moves what was read to the tape. @throws LiveSetError XML_TOO_MANY_ELEMENTS */
export function flush(tape: TapeBuilder): void {
  tape.reserve();
  const count = tape.size - tape.flushed;
  const at = tape.flushed;
  tape.name.set(memory.NAME.subarray(0, count), at);
  tape.parent.set(memory.PARENT.subarray(0, count), at);
  tape.end.set(memory.END.subarray(0, count), at);
  tape.start.set(memory.START.subarray(0, count), at);
  tape.stop.set(memory.STOP.subarray(0, count), at);
  tape.firstAttribute.set(memory.FIRST_ATTRIBUTE.subarray(0, count), at);
  tape.low.set(memory.LOW.subarray(0, count), at);
  tape.high.set(memory.HIGH.subarray(0, count), at);
  const attributes = tape.attributeCount - tape.flushedAttributes;
  tape.attributeName.set(memory.ATTRIBUTE_NAME.subarray(0, attributes), tape.flushedAttributes);
  tape.valueStart.set(memory.VALUE_START.subarray(0, attributes), tape.flushedAttributes);
  tape.valueLength.set(memory.VALUE_LENGTH.subarray(0, attributes), tape.flushedAttributes);
  for (let k = 0; k < tape.late; k += 1) {
    const element = memory.LATE[k]!;
    tape.end[element] = memory.LATE_END[k]!;
    tape.stop[element] = memory.LATE_STOP[k]!;
    tape.low[element] = memory.LATE_LOW[k]!;
    tape.high[element] = memory.LATE_HIGH[k]!;
  }
  tape.flushed = tape.size;
  tape.flushedAttributes = tape.attributeCount;
  tape.late = 0;
}

/**
 * Reads tags as Live writes them, from `tape.offset` on, until something else comes: then it leaves that untouched
 * for the rare path (read-rarely.ts), which does the whole of XML, and is called again. It never finds an error.
 *
 * @throws LiveSetError XML_TOO_MANY_ELEMENTS
 */
export function scanQuickly(tape: TapeBuilder): void {
  const { bytes, length, limits } = tape.input;
  if (tape.names.records !== memory.RECORDS) return;
  const depthLimit = Math.min(limits.depth, memory.DEEPEST);
  for (;;) {
    const inWindow = tape.offset - tape.windowStart;
    if (inWindow >= tape.windowLength) {
      if (length - tape.offset <= memory.MARGIN) return;
      tape.windowStart = tape.offset;
      const bytesOfWindow = Math.min(memory.WINDOW + memory.MARGIN, length - tape.offset);
      memory.INPUT.set(bytes.subarray(tape.offset, tape.offset + bytesOfWindow));
      tape.windowLength = bytesOfWindow - memory.MARGIN;
    }
    if (isFull(tape)) flush(tape);
    scanWindow(tape, tape.windowLength, depthLimit, limits.attributeBytes);
    if (tape.offset - tape.windowStart < tape.windowLength && !isFull(tape)) return;
  }
}
