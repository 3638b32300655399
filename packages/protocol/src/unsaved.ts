/** What changed in Live since the file was saved: channel `unsaved` of `/sync`, and `/api/sets/ID/unsaved`. */
import type { NodeId } from '@livetree/live-set';
import type { SetId } from './set-info.ts';

/** One line of the list: what differs now from the file. An act that was undone is not in it. */
export interface UnsavedChange {
  /** The same as long as the line stays in the list. */
  readonly id: string;
  /** When Live told of it, ms since 1970; absent: found by comparing. For people only. */
  readonly time?: number;
  /** Nodes it tells of, some of which may be gone. */
  readonly nodes: readonly NodeId[];
  readonly sentence: string;
}

/** Something done since the save, with what is needed to do it again by hand. */
export interface LostAct extends UnsavedChange {
  /** Found again in the Set that Live opened afterwards. */
  readonly isBack?: true;
  /** Notes of a clip, values of a new device: one a line, for people. */
  readonly details?: readonly string[];
}

/**
 * Live went away while the list was not empty, or is not listened to any more (`cause`), and then nothing says that
 * anything is lost. Kept until dismissed.
 */
export interface LostChanges {
  /** For the command `dismiss {lost}`. */
  readonly id: string;
  /** When Live was last heard of, ms since 1970. */
  readonly endedAt: number;
  /** Real time was switched off, and what became of them is not known; absent: Live ended. */
  readonly cause?: 'realtime_off';
  /** When the file of that moment was saved, ms since 1970; absent: it never was. */
  readonly savedAt?: number;
  readonly acts: readonly LostAct[];
}

/** How often something was found, by property (`track.color`). */
export type CountByProperty = Readonly<Record<string, number>>;

/**
 * `none`: no Live, or no file · `waiting`: the file or Live is still being read, or Live is busy · `compared`: the
 * lists hold · `foreign`: the file on disk is not the Set that is open; the lists are those against the last own save.
 */
export type UnsavedState = 'none' | 'waiting' | 'compared' | 'foreign';

/** Never says that nothing is unsaved: the list holds what Live reports. */
export interface Unsaved {
  readonly state: UnsavedState;
  /** When the file compared with was saved, ms since 1970. */
  readonly savedAt?: number;
  /** Newest last; at most {@link UNSAVED_LIMITS.changes}, `total` counts all. */
  readonly changes: readonly UnsavedChange[];
  readonly total: number;
  /** Arm, solo, monitoring, launched clips: performance state, never counted as changes. */
  readonly performance: readonly UnsavedChange[];
  /**
   * Properties that were not read since they could have changed: those in which Live and the file differ and of which
   * Live is being asked, and those that are known to have changed while the script was in light mode.
   */
  readonly unknown: number;
  /**
   * The oldest value that Live tells of only when it is read in turn (knobs that nobody looks at, details of clips)
   * was read at most so many ms ago, in steps; absent: not known, or Live is gone.
   */
  readonly sweptMs?: number;
  /** Told by nobody, found by asking Live again. */
  readonly mismatches: CountByProperty;
  /** File and Live differed at the moment of the save. */
  readonly discrepancies: CountByProperty;
  /** Live was asked again and insisted: our conversion or pairing is at fault; not listed as changes. */
  readonly disagreements: CountByProperty;
  /** What was decided and why, for people, newest last; at most {@link UNSAVED_LIMITS.decisions}. */
  readonly decisions: readonly { readonly time: number; readonly text: string }[];
  readonly lost: readonly LostChanges[];
}

/** In full whenever it changes, at most twice a second, and upon subscription. */
export interface UnsavedMessage extends Unsaved {
  readonly type: 'unsaved';
  readonly set: SetId;
}

/** What stands in {@link SetInfo} of it: enough for a badge. */
export interface UnsavedBadge {
  readonly changes: number;
  /** Acts of ended Lives that nobody dismissed yet. */
  readonly lost: number;
  /** Acts that were listed when real time was switched off, and of which nothing is known since; absent: none. */
  readonly unfollowed?: number;
}

export const UNSAVED_LIMITS = {
  /** Lines of one list. */
  changes: 1_000,
  decisions: 50,
  /** Ended Lives kept per Set. */
  lost: 20,
} as const;

/** What Live does not report, in its own words: named beside every list of changes since the save. */
export const NOT_REPORTED = [
  'automation and clip envelopes',
  'warp markers',
  'plug-in windows and their own settings',
  'Max devices inside their patch',
  'follow actions',
  'key, MIDI and macro mappings',
  'the groove pool',
  'zones of chains',
  'views and folding',
] as const;
