/**
 * Notes of clips that were edited, or made, since Live was read: Live is asked for them once a clip is quiet, so that
 * they outlive it. Also knows of which clips the notes that were told once are still those of now.
 */
import type { EventsFrame, Handle, RawProps, RawValue } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import type { LiveRun } from './live-run.ts';
import type { RawChanges } from './raw-set.ts';
import { flagOf, isSameValue } from './raw-value.ts';

export const EDITED_NOTES = {
  /** ms without an edit after which a clip is asked for. */
  quietMs: 1_000,
  /** ms between two questions. */
  paceMs: 250,
  /** Questions that Live has not answered. */
  asked: 2,
  /** ms after which a question counts as lost; asked again so often. */
  patienceMs: 10_000,
  tries: 3,
  /** Clips of one connection to Live; more are left out. Of how many notes each: docs/protocol-script.md, `observe`. */
  clips: 2_000,
} as const;

interface Clip {
  /** When it was edited last; ms since 1970. */
  since: number;
  tries: number;
  askedAt: number | undefined;
}

export class EditedNotes {
  readonly #observe: (on: boolean, handle: Handle) => void;
  #run: LiveRun | undefined;
  /** Of which the notes are still to be read. */
  readonly #waiting = new Map<Handle, Clip>();
  /** `notes_changes` as it was when the notes were told. */
  readonly #toldAt = new Map<Handle, RawValue | undefined>();
  #clips = 0;
  #lastAsked = Number.NEGATIVE_INFINITY;

  constructor(observe: (on: boolean, handle: Handle) => void) {
    this.#observe = observe;
  }

  /** Another run. */
  restart(run: LiveRun | undefined): void {
    this.#run = run;
    this.#waiting.clear();
    this.#toldAt.clear();
    this.#clips = 0;
  }

  /** The script was away: what it was asked it has forgotten. */
  again(): void {
    for (const clip of this.#waiting.values()) clip.askedAt = undefined;
  }

  /**
   * A frame was taken.
   * @param isObserved whether Live tells the notes of a clip whenever they change
   * @returns clips that Live was asked for, and has told
   */
  take(
    { nodes = {}, sets = {}, end = [] }: EventsFrame,
    { before, filled }: RawChanges,
    isObserved: (clip: Handle) => boolean,
    now: number,
  ): readonly Handle[] {
    const told: Handle[] = [];
    for (const [key, props] of [
      ...Object.entries(nodes).map(([handle, node]) => [handle, node.props] as const),
      ...Object.entries(sets),
    ]) {
      const handle = Number(key);
      if (props['notes'] !== undefined) told.push(...this.#told(handle));
      else if (isEdited(before.get(handle), props)) this.#edited(handle, isObserved(handle), now);
    }
    const isFirst = end.includes(SONG_HANDLE);
    if (!isFirst) for (const handle of filled) if (this.#isNew(handle)) this.ask(handle, now);
    return told;
  }

  /** Asks Live for the notes of a clip as soon as it is quiet. */
  ask(handle: Handle, now: number): void {
    const known = this.#waiting.get(handle);
    if (known !== undefined) known.since = now;
    else if (this.#clips < EDITED_NOTES.clips) {
      this.#clips += 1;
      this.#waiting.set(handle, { since: now, tries: 0, askedAt: undefined });
    }
  }

  /** Time passes, and Live is there. */
  tick(now: number): void {
    let asked = 0;
    for (const [handle, clip] of this.#waiting) {
      if (clip.askedAt === undefined) continue;
      if (now - clip.askedAt < EDITED_NOTES.patienceMs) asked += 1;
      else this.#giveUp(handle, clip);
    }
    if (asked >= EDITED_NOTES.asked || now - this.#lastAsked < EDITED_NOTES.paceMs) return;
    for (const [handle, clip] of this.#waiting) {
      if (clip.askedAt !== undefined || now - clip.since < EDITED_NOTES.quietMs) continue;
      this.#lastAsked = now;
      if (this.#run?.raw.isAttached(handle) !== true) this.#waiting.delete(handle);
      else {
        clip.askedAt = now;
        clip.tries += 1;
        this.#observe(true, handle);
      }
      return;
    }
  }

  /** Whether the notes that were told of a clip last are those it has. */
  isCurrent(handle: Handle): boolean {
    const props = this.#run?.raw.get(handle)?.props;
    if (props?.['notes'] === undefined || !this.#toldAt.has(handle)) return false;
    return isSameValue(this.#toldAt.get(handle), props['notes_changes']);
  }

  /** How many notes a clip has that are too many to be asked for. */
  tooMany(handle: Handle): number | undefined {
    const notes = this.#run?.raw.get(handle)?.props['notes'];
    return this.isCurrent(handle) && typeof notes === 'number' ? notes : undefined;
  }

  #told(handle: Handle): readonly Handle[] {
    this.#toldAt.set(handle, this.#run?.raw.get(handle)?.props['notes_changes']);
    const waiting = this.#waiting.get(handle);
    this.#waiting.delete(handle);
    if (waiting === undefined) return [];
    if (waiting.askedAt !== undefined) this.#observe(false, handle);
    return [handle];
  }

  #edited(handle: Handle, isObserved: boolean, now: number): void {
    if (isObserved) this.#toldAt.set(handle, this.#run?.raw.get(handle)?.props['notes_changes']);
    else this.ask(handle, now);
  }

  #giveUp(handle: Handle, clip: Clip): void {
    this.#observe(false, handle);
    clip.askedAt = undefined;
    if (clip.tries >= EDITED_NOTES.tries) this.#waiting.delete(handle);
  }

  /** A MIDI clip that came after Live had been read. */
  #isNew(handle: Handle): boolean {
    const node = this.#run?.raw.get(handle);
    if (node?.kind !== 'clip' || this.#run?.isComplete !== true) return false;
    return flagOf(node.props['is_midi_clip']) === true && !this.isCurrent(handle);
  }
}

const isEdited = (before: RawProps | undefined, now: RawProps): boolean =>
  before?.['notes_changes'] !== undefined &&
  now['notes_changes'] !== undefined &&
  !isSameValue(before['notes_changes'], now['notes_changes']);
