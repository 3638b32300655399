/** What the pure code needs from its platform. The portable default stands in `portable.ts`. */
export interface Platform {
  /** UTF-8 → text; the bytes are known to be valid UTF-8. */
  decode(bytes: Uint8Array, start: number, end: number): string;
  /** Whether the bytes are valid UTF-8; else the offset of the first byte that is not. */
  firstInvalidUtf8(bytes: Uint8Array): number | undefined;
}
