import * as script from './quick-loop.ts';
import { QUICK_LOOP_WASM } from './quick-loop-wasm.ts';
import {
  ATTRIBUTES,
  BASE,
  CURRENT_HIGH,
  CURRENT_LOW,
  DEPTH,
  FLUSHED,
  FLUSHED_ATTRIBUTES,
  GUESS,
  LATE_COUNT,
  OFFSET,
  SEEN,
  SIZE,
  STAMP,
  STATE,
  TEXT,
  TEXT_FILLED,
  TEXT_HIGH,
  TEXT_LOW,
  TEXT_READ,
  wasm,
  wasmMemory,
} from './quick-memory.ts';
import type { TapeBuilder } from './tape-builder.ts';

type QuickLoops = Pick<typeof script, 'quickLoop' | 'hexLines'>;

let chosen: QuickLoops | undefined;

/** The loops as WebAssembly, or as script where that is missing or forbidden. */
function loops(): QuickLoops {
  chosen ??= compiledLoops() ?? script;
  return chosen;
}

function compiledLoops(): QuickLoops | undefined {
  if (wasm === undefined || wasmMemory === undefined) return undefined;
  try {
    const module = new wasm.Module(bytesOf(QUICK_LOOP_WASM));
    const { quickLoop, hexLines } = new wasm.Instance(module, { quick: { memory: wasmMemory } }).exports;
    return quickLoop && hexLines && { quickLoop, hexLines };
  } catch {
    return undefined;
  }
}

function bytesOf(hexadecimal: string): Uint8Array {
  const bytes = new Uint8Array(hexadecimal.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = Number.parseInt(hexadecimal.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

/** For tests: from now on scans use the loop as script (or again the one chosen by itself). */
export function useScript(isScript: boolean): void {
  chosen = isScript ? script : undefined;
}

/** Runs the quick loop over the window, from where the tape stands; see quick-loop.ts. */
export function scanWindow(
  tape: TapeBuilder,
  safe: number,
  depthLimit: number,
  attributeLimit: number,
): void {
  STATE[BASE] = tape.windowStart;
  STATE[FLUSHED] = tape.flushed;
  STATE[FLUSHED_ATTRIBUTES] = tape.flushedAttributes;
  STATE[OFFSET] = tape.offset - tape.windowStart;
  STATE[SIZE] = tape.size - tape.flushed;
  STATE[ATTRIBUTES] = tape.attributeCount - tape.flushedAttributes;
  STATE[DEPTH] = tape.depth;
  STATE[GUESS] = tape.guess;
  STATE[CURRENT_LOW] = tape.currentLow;
  STATE[CURRENT_HIGH] = tape.currentHigh;
  STATE[SEEN] = tape.seen;
  STATE[STAMP] = tape.stamp;
  STATE[LATE_COUNT] = tape.late;
  loops().quickLoop(safe, depthLimit, attributeLimit);
  tape.offset = STATE[OFFSET]! + tape.windowStart;
  tape.size = STATE[SIZE]! + tape.flushed;
  tape.attributeCount = STATE[ATTRIBUTES]! + tape.flushedAttributes;
  tape.depth = STATE[DEPTH]!;
  tape.guess = STATE[GUESS]!;
  tape.currentLow = STATE[CURRENT_LOW]!;
  tape.currentHigh = STATE[CURRENT_HIGH]!;
  tape.seen = STATE[SEEN]!;
  tape.stamp = STATE[STAMP]!;
  tape.late = STATE[LATE_COUNT]!;
}

/** A hash that is taken further, in two lanes, and whether it is of anything. */
export interface HexRun {
  readonly hash: { low: number; high: number };
  isFilled: boolean;
}

/** Reads hex lines between two offsets, see quick-loop.ts. @returns the offset where something else begins */
export function readHexLines(bytes: Uint8Array, start: number, end: number, run: HexRun): number {
  const { hexLines } = loops();
  const { hash } = run;
  STATE[TEXT_FILLED] = 0;
  STATE[TEXT_LOW] = hash.low;
  STATE[TEXT_HIGH] = hash.high;
  let at = start;
  for (let isOn = true; isOn && at + 4 <= end; ) {
    const piece = bytes.subarray(at, Math.min(end, at + TEXT.length));
    TEXT.set(piece);
    hexLines(piece.length);
    at += STATE[TEXT_READ]!;
    isOn = STATE[TEXT_READ]! + 4 > piece.length;
  }
  hash.low = STATE[TEXT_LOW]!;
  hash.high = STATE[TEXT_HIGH]!;
  run.isFilled ||= STATE[TEXT_FILLED] !== 0;
  return at;
}
