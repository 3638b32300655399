/** What the hub tells of each Set it holds. */
import type { ScriptStats } from './script.ts';
import type { UnsavedBadge } from './unsaved.ts';

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

/**
 * `none`: no Live · `live`: what you see is what Live has · `stalled`: Live is busy (a menu or dialog is open) ·
 * `gone`: the connection broke off, the tree is the last one · `light`: only structure, names, mixer and
 * transport follow · `broken`: statements contradicted each other again and again, the tree may be wrong · `off`:
 * real time is switched off, Live is not listened to (whether it runs or not) and the file is shown.
 */
export type LiveState = 'none' | 'live' | 'stalled' | 'gone' | 'light' | 'broken' | 'off';

/** How much of the Set has been read. */
export interface LiveProgress {
  readonly done: number;
  /** 0 = not known yet. */
  readonly total: number;
}

/** How it stands with the running Live. */
export interface LiveStatus {
  readonly state: LiveState;
  /** When this state began, ms since 1970. */
  readonly since?: number;
  /** The tree that is served is Live's, not the file's. */
  readonly leads?: true;
  /** While Live is being read. */
  readonly progress?: LiveProgress;
  /** It is the simulator, not Live. */
  readonly simulated?: true;
  /** And what it does was recorded earlier. */
  readonly recorded?: true;
  /** `12.3.6`. */
  readonly version?: string;
  /** Sentence for people: what is wrong, and what to do. */
  readonly problem?: string;
  /** Figures that the script told of itself lately, by name; for Diagnostics. */
  readonly stats?: ScriptStats;
}

export interface SetInfo {
  readonly id: SetId;
  /** File name without `.als`. */
  readonly name: string;
  readonly path?: string;
  readonly creator?: string;
  readonly file: FileStatus;
  readonly live: LiveStatus;
  /** Changes since the save; absent before they could be compared. */
  readonly unsaved?: UnsavedBadge;
}
