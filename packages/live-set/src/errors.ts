/** Every way in which a file can fail to be a readable Set. Each code is a heading in docs/errors.md. */
export type LiveSetErrorCode =
  | 'FILE_NOT_FOUND'
  | 'FILE_UNREADABLE'
  | 'FILE_IS_FOLDER'
  | 'FILE_EMPTY'
  | 'FILE_TOO_BIG'
  | 'FILE_APPLE_DOUBLE'
  | 'FILE_LFS_POINTER'
  | 'FILE_NOT_A_SET'
  | 'FILE_OTHER_LIVE_DOCUMENT'
  | 'GZIP_CUT_OFF'
  | 'GZIP_DAMAGED'
  | 'GZIP_TOO_BIG'
  | 'GZIP_BOMB'
  | 'XML_MALFORMED'
  | 'XML_CUT_OFF'
  | 'XML_DUPLICATE_ATTRIBUTE'
  | 'XML_DOCTYPE'
  | 'XML_UNKNOWN_ENTITY'
  | 'XML_ENCODING'
  | 'XML_TOO_DEEP'
  | 'XML_TOO_MANY_ELEMENTS'
  | 'XML_TOO_MANY_NAMES'
  | 'XML_ATTRIBUTE_TOO_LONG';

/** Where in the (inflated) text it happened. */
export interface ErrorPlace {
  /** 0-based, in bytes. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in bytes. */
  readonly column: number;
}

/** Broken input. `message` is a sentence for a musician; it names the remedy where there is one. */
export class LiveSetError extends Error {
  override readonly name = 'LiveSetError';
  readonly code: LiveSetErrorCode;
  readonly place: ErrorPlace | undefined;

  constructor(code: LiveSetErrorCode, message: string, place?: ErrorPlace) {
    super(message);
    this.code = code;
    this.place = place;
  }
}
