/** What the hub tells of each Set it holds. */
declare const setIdBrand: unique symbol;
/** Names a Set in one hub; it outlives restarts. */
export type SetId = string & { readonly [setIdBrand]: true };
export const asSetId = (text: string): SetId => text as SetId;

/** How it stands with the `.als` file. */
export interface FileStatus {
  /**
   * `reading`: first read under way · `ok`: the tree shows it · `broken`: the newest bytes cannot be read, the
   * tree shows the last readable ones · `missing`: no file there (any more).
   */
  readonly state: 'reading' | 'ok' | 'broken' | 'missing';
  /** When the file shown was saved, ms since 1970; absent before the first read. */
  readonly savedAt?: number;
  /** Sentence for people: why it is broken, what is odd. */
  readonly problem?: string;
  readonly oddities?: readonly string[];
}

/** How it stands with the running Live. */
export interface LiveStatus {
  readonly state: 'none' | 'live' | 'stalled' | 'gone' | 'light' | 'broken';
  /** ms since 1970. */
  readonly since?: number;
}

export interface SetInfo {
  readonly id: SetId;
  /** File name without `.als`. */
  readonly name: string;
  readonly path?: string;
  readonly creator?: string;
  readonly file: FileStatus;
  readonly live: LiveStatus;
}
