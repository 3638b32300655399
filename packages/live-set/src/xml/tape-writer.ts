import { quickMemory, scanWindow } from './scan-quickly.ts';
import type { TapeBuilder } from './tape-builder.ts';

/*
 * What fills and empties the memory of the quick loop: windows of the document go in, elements come out. The rare path
 * writes its elements into the same memory, so that there is one order.
 */

const memory = quickMemory();
const FIRST_PLACE = 8;

/** The name records of the document being scanned, all zero at its beginning. */
export function clearedRecords(): Int32Array {
  return memory.records.fill(0);
}

/**
 * Keeps the text of a name for comparing.
 * @param used end of what is kept; 0 for the first
 * @returns where it stands, and the new end; place 0 when there is no room: such a name is never guessed
 */
export function keepName(bytes: Uint8Array, used: number): { place: number; end: number } {
  const place = Math.max(used, FIRST_PLACE);
  const end = place + bytes.length + 3;
  if (end + 8 > memory.names.length) return { place: 0, end: used };
  memory.names[place] = 0x20;
  memory.names.set(bytes, place + 1);
  memory.names[end - 2] = 0x3d;
  memory.names[end - 1] = 0x22;
  return { place, end };
}

/** Most nested elements the scanner can hold. */
export function deepest(): number {
  return memory.deepest;
}

/** Name of the innermost open element. */
export function openName(tape: TapeBuilder): number {
  return memory.openName[tape.depth - 1]!;
}

/** Adds an element whose opening tag begins at `start` and has been read. It is then the innermost open one. */
export function openElement(tape: TapeBuilder, id: number, start: number, firstAttribute: number): void {
  const i = tape.size - tape.flushed;
  memory.name[i] = id;
  memory.parent[i] = tape.depth > 0 ? memory.open[tape.depth - 1]! : -1;
  memory.start[i] = start;
  memory.firstAttribute[i] = firstAttribute;
  memory.open[tape.depth] = tape.size;
  memory.openName[tape.depth] = id;
  tape.depth += 1;
  tape.size += 1;
}

/** Puts the hash of the innermost element aside, before a new one is read. */
export function saveHash(tape: TapeBuilder): void {
  if (tape.depth === 0) return;
  memory.openLow[tape.depth - 1] = tape.currentLow;
  memory.openHigh[tape.depth - 1] = tape.currentHigh;
}

/** Closes the innermost element at `tape.offset`, with its final hash; takes up that of its parent. */
export function closeElement(tape: TapeBuilder, low: number, high: number): void {
  tape.depth -= 1;
  const element = memory.open[tape.depth]!;
  const i = element - tape.flushed;
  if (i >= 0) {
    memory.end[i] = tape.size;
    memory.stop[i] = tape.offset;
    memory.low[i] = low;
    memory.high[i] = high;
  } else {
    memory.late[tape.late] = element;
    memory.lateEnd[tape.late] = tape.size;
    memory.lateStop[tape.late] = tape.offset;
    memory.lateLow[tape.late] = low;
    memory.lateHigh[tape.late] = high;
    tape.late += 1;
  }
  if (tape.depth === 0) return;
  tape.currentLow = memory.openLow[tape.depth - 1]!;
  tape.currentHigh = memory.openHigh[tape.depth - 1]!;
}

/** Adds an attribute of the element that is being read. */
export function addAttribute(tape: TapeBuilder, name: number, start: number, length: number): void {
  if (tape.attributeCount - tape.flushedAttributes >= memory.room) flush(tape);
  const i = tape.attributeCount - tape.flushedAttributes;
  memory.attributeName[i] = name;
  memory.valueStart[i] = start;
  memory.valueLength[i] = length;
  tape.attributeCount += 1;
}

/** Makes room for one more element. @throws LiveSetError XML_TOO_MANY_ELEMENTS */
export function makeRoom(tape: TapeBuilder): void {
  if (isFull(tape)) flush(tape);
}

function isFull(tape: TapeBuilder): boolean {
  const elements = tape.size - tape.flushed;
  return (
    elements >= memory.room - 1 ||
    tape.late >= memory.room - 1 ||
    tape.attributeCount - tape.flushedAttributes >= memory.room
  );
}

/** Moves what was read to the tape. @throws LiveSetError XML_TOO_MANY_ELEMENTS */
export function flush(tape: TapeBuilder): void {
  tape.reserve();
  const count = tape.size - tape.flushed;
  const at = tape.flushed;
  tape.name.set(memory.name.subarray(0, count), at);
  tape.parent.set(memory.parent.subarray(0, count), at);
  tape.end.set(memory.end.subarray(0, count), at);
  tape.start.set(memory.start.subarray(0, count), at);
  tape.stop.set(memory.stop.subarray(0, count), at);
  tape.firstAttribute.set(memory.firstAttribute.subarray(0, count), at);
  tape.low.set(memory.low.subarray(0, count), at);
  tape.high.set(memory.high.subarray(0, count), at);
  const attributes = tape.attributeCount - tape.flushedAttributes;
  tape.attributeName.set(memory.attributeName.subarray(0, attributes), tape.flushedAttributes);
  tape.valueStart.set(memory.valueStart.subarray(0, attributes), tape.flushedAttributes);
  tape.valueLength.set(memory.valueLength.subarray(0, attributes), tape.flushedAttributes);
  for (let k = 0; k < tape.late; k += 1) {
    const element = memory.late[k]!;
    tape.end[element] = memory.lateEnd[k]!;
    tape.stop[element] = memory.lateStop[k]!;
    tape.low[element] = memory.lateLow[k]!;
    tape.high[element] = memory.lateHigh[k]!;
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
  if (tape.names.records !== memory.records) return;
  const depthLimit = Math.min(limits.depth, memory.deepest);
  for (;;) {
    const inWindow = tape.offset - tape.windowStart;
    if (inWindow >= tape.windowLength) {
      if (length - tape.offset <= memory.margin) return;
      tape.windowStart = tape.offset;
      const bytesOfWindow = Math.min(memory.window + memory.margin, length - tape.offset);
      memory.input.set(bytes.subarray(tape.offset, tape.offset + bytesOfWindow));
      tape.windowLength = bytesOfWindow - memory.margin;
    }
    if (isFull(tape)) flush(tape);
    scanWindow(tape, tape.windowLength, depthLimit, limits.attributeBytes);
    if (tape.offset - tape.windowStart < tape.windowLength && !isFull(tape)) return;
  }
}
