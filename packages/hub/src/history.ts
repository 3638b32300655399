/** The recent skeleton patches of one Set, as the text that goes over the wire. */
import type { Op } from '@livetree/live-set';
import type { Lineage, Origin } from '@livetree/protocol';

/** A state of the skeleton: the revision of the patch that made it, and the lineage then. */
export interface Position {
  readonly revision: number;
  readonly lineage: Lineage;
}

/** One patch: `from` is the revision of the previous skeleton patch. */
export interface KeptPatch {
  readonly from: number;
  readonly to: number;
  readonly lineage: Lineage;
  readonly time: number;
  readonly origin: Origin;
  /** As they are sent. */
  readonly ops: readonly Op[];
  readonly text: string;
  readonly bytes: number;
}

export interface HistoryLimits {
  readonly historyPatches: number;
  readonly historyBytes: number;
}

/** An unbroken chain of patches, cut at its old end when it grows over a limit. */
export class History {
  readonly #limits: HistoryLimits;
  #oldest: Position;
  #patches: KeptPatch[] = [];
  #bytes = 0;

  constructor(start: Position, limits: HistoryLimits) {
    this.#oldest = start;
    this.#limits = limits;
  }

  /** Patches kept at the moment. */
  get size(): number {
    return this.#patches.length;
  }

  push(patch: KeptPatch): void {
    this.#patches.push(patch);
    this.#bytes += patch.bytes;
    while (this.#isOver()) this.#dropOldest();
  }

  /** Forgets all patches: nobody can come to this position by patches. */
  restart(position: Position): void {
    this.#oldest = position;
    this.#patches = [];
    this.#bytes = 0;
  }

  /** Whether a client that holds this position can be brought up to date by patches. */
  knows({ revision, lineage }: Position): boolean {
    if (this.#oldest.revision === revision) return this.#oldest.lineage === lineage;
    return this.#patches.findLast((patch) => patch.to === revision)?.lineage === lineage;
  }

  /**
   * The patches that follow a revision of the skeleton, oldest first; `undefined` when they are no longer
   * kept or there never was such a revision. Linear in the number of patches returned.
   */
  after(revision: number): readonly KeptPatch[] | undefined {
    let start = this.#patches.length;
    let at = this.#patches.at(-1)?.to ?? this.#oldest.revision;
    while (at > revision && start > 0) {
      start -= 1;
      at = this.#patches[start]?.from ?? at;
    }
    return at === revision ? this.#patches.slice(start) : undefined;
  }

  #isOver(): boolean {
    const { historyPatches, historyBytes } = this.#limits;
    return this.#patches.length > historyPatches || this.#bytes > historyBytes;
  }

  #dropOldest(): void {
    const gone = this.#patches.shift();
    if (gone === undefined) return;
    this.#bytes -= gone.bytes;
    this.#oldest = { revision: gone.to, lineage: gone.lineage };
  }
}
