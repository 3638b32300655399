/** Every limit of the reader: name, unit, default. All can be raised by whoever calls the parser. */
export interface Limits {
  /** Bytes of the file as it lies on disk. */
  readonly fileBytes: number;
  /** Bytes after inflating. */
  readonly xmlBytes: number;
  /** Inflated ÷ compressed size; looked at above 64 MB only. Real Sets stay under 60. */
  readonly inflateRatio: number;
  /** Nested elements. Real Sets stay under 70; nine nested racks need 68. At most 8,192. */
  readonly depth: number;
  readonly elements: number;
  /** Bytes of one attribute value. Real ones stay under 500. */
  readonly attributeBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 512 * 1024 * 1024,
  xmlBytes: 2 * 1024 * 1024 * 1024,
  inflateRatio: 250,
  depth: 1000,
  elements: 40_000_000,
  attributeBytes: 16 * 1024 * 1024,
};
