/*
 * The memory of the quick loop (quick-loop.ts): one block, so that the same loop runs as WebAssembly and as script.
 * The document comes by in windows, and what was read of it leaves in pieces; tape-writer.ts fills and empties it.
 *
 * It belongs to one scan at a time. A scan never waits for anything, so there is never a second one.
 */

/** What is used of WebAssembly; no platform's types are known here. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
interface Wasm {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly quick: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => void>> };
}

/** WebAssembly where there is any; a page may forbid it. */
export const wasm = (globalThis as unknown as { readonly WebAssembly?: Wasm }).WebAssembly;

const PAGE = 65_536;
/** Room for all below. */
const PAGES = 33;
/** Where WebAssembly finds the memory; `undefined` without it. */
export const wasmMemory = wasm && new wasm.Memory({ initial: PAGES, maximum: PAGES });
const BUFFER: ArrayBuffer = wasmMemory?.buffer ?? new ArrayBuffer(PAGES * PAGE);

let used = 0;
/** Takes the next part of the memory. */
function take<T>(type: Place<T>, length: number): T {
  const at = used;
  used = Math.ceil((at + length * type.BYTES_PER_ELEMENT) / 8) * 8;
  return new type(BUFFER, at, length);
}
interface Place<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, at: number, length: number): T;
}

/** Bytes of a window. The margin behind it is there so that a tag that begins in the window can be read at ease. */
export const WINDOW = 32_768;
export const MARGIN = 4096;
export const INPUT = take(Uint8Array, WINDOW + MARGIN);
export const VIEW = new DataView(BUFFER, INPUT.byteOffset, INPUT.length);

/** Where the loop stands, between two calls; {@link TapeBuilder} says what the fields are. In the window's terms. */
export const STATE = take(Int32Array, 32);
export const OFFSET = 0;
export const SIZE = 1;
export const ATTRIBUTES = 2;
export const DEPTH = 3;
export const GUESS = 4;
export const CURRENT_LOW = 5;
export const CURRENT_HIGH = 6;
export const SEEN = 7;
export const STAMP = 8;
export const LATE_COUNT = 9;
/** Only read: offset of the window in the document; elements and attributes that have left. */
export const BASE = 10;
export const FLUSHED = 11;
export const FLUSHED_ATTRIBUTES = 12;

/** Elements and attributes that wait for being moved to the tape; one tag in a window has under `MOST_ATTRIBUTES`. */
export const ROOM = 16_384;
const MOST_ATTRIBUTES = 8192;
export const NAME = take(Uint16Array, ROOM);
export const PARENT = take(Int32Array, ROOM);
export const END = take(Uint32Array, ROOM);
export const START = take(Uint32Array, ROOM);
export const STOP = take(Uint32Array, ROOM);
export const FIRST_ATTRIBUTE = take(Uint32Array, ROOM);
export const LOW = take(Int32Array, ROOM);
export const HIGH = take(Int32Array, ROOM);
export const ATTRIBUTE_NAME = take(Uint16Array, ROOM + MOST_ATTRIBUTES);
export const VALUE_START = take(Uint32Array, ROOM + MOST_ATTRIBUTES);
export const VALUE_LENGTH = take(Uint32Array, ROOM + MOST_ATTRIBUTES);
/** Elements that were closed after they had left. */
export const LATE = take(Uint32Array, ROOM);
export const LATE_END = take(Uint32Array, ROOM);
export const LATE_STOP = take(Uint32Array, ROOM);
export const LATE_LOW = take(Int32Array, ROOM);
export const LATE_HIGH = take(Int32Array, ROOM);

/** The open elements by depth: number, name, hash so far. That of the innermost is in the state. */
export const DEEPEST = 8192;
export const OPEN = take(Int32Array, DEEPEST);
export const OPEN_NAME = take(Int32Array, DEEPEST);
export const OPEN_LOW = take(Int32Array, DEEPEST);
export const OPEN_HIGH = take(Int32Array, DEEPEST);

/** What is known of the first names: see names.ts for the fields. */
export const RECORDS = take(Int32Array, 8192 * 16);
/** Each name as ` Name="`. */
export const NAMES = take(Uint8Array, 1 << 18);
export const NAMES_VIEW = new DataView(BUFFER, NAMES.byteOffset, NAMES.length);

/** A piece of text, for `hexLines`; of the state: how much was read, whether anything but white space, the hash. */
export const TEXT = take(Uint8Array, 32_768);
export const TEXT_VIEW = new DataView(BUFFER, TEXT.byteOffset, TEXT.length);
export const TEXT_READ = 16;
export const TEXT_FILLED = 17;
export const TEXT_LOW = 18;
export const TEXT_HIGH = 19;
