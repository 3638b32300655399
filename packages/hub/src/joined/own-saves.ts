/** The saves of Live's own that are known of one Set: an older one that lies there again is no new save. */
import type { SaveMark } from '../set-source.ts';

/** Saves that are remembered; a file that is put back is seldom older than a day's work. */
const MOST = 200;

/** What tells whether a file is older than the last save of Live's own. */
export interface AgeEvidence {
  readonly pointees: number | undefined;
  readonly lastPointees: number | undefined;
  readonly isEarlierSave: boolean;
}

export class OwnSaves {
  /** Oldest first, the last one at the end. */
  #all: readonly SaveMark[] = [];

  /** For a later hub. */
  get kept(): readonly SaveMark[] {
    return this.#all;
  }

  recall(kept: readonly SaveMark[]): void {
    this.#all = kept.filter(isMark);
  }

  /** The file with this mark is a save of what Live has open: the last one from now on. */
  note({ sha256, pointees }: SaveMark): void {
    const others = this.#all.filter((each) => each.sha256 !== sha256);
    this.#all = [...others, { sha256, pointees }].slice(-MOST);
  }

  /** Whether the file with this mark is the last save, no new one. */
  isLast(mark: SaveMark | undefined): boolean {
    return mark !== undefined && this.#all.at(-1)?.sha256 === mark.sha256;
  }

  /** @param mark of the file that lies there now */
  ageOf(mark: SaveMark | undefined): AgeEvidence {
    const last = this.#all.at(-1);
    const isKnown = mark !== undefined && this.#all.some(({ sha256 }) => sha256 === mark.sha256);
    return {
      pointees: mark?.pointees,
      lastPointees: last?.pointees,
      isEarlierSave: isKnown && mark.sha256 !== last?.sha256,
    };
  }
}

const isMark = (mark: Partial<SaveMark> | null): boolean => typeof mark?.sha256 === 'string';
