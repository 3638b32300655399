/** The Sets of a hub: each with its file, its Live, or both. */
import type { FacetKey, SetId, SetInfo } from '@livetree/protocol';
import type { SourceEffect } from '../effect.ts';
import { HubError } from '../errors.ts';
import { SetDesk } from '../live/set-desk.ts';
import type { SetPast, SetSink } from '../live/set-sides.ts';
import type { Mirrors } from './mirrors.ts';
import type { MirrorTarget } from './set-mirror.ts';

export interface DesksOptions extends SetPast {
  readonly sink: SetSink;
  readonly mirrors: () => Mirrors;
  /** Sets at a time. */
  readonly most: number;
  /** Lets go of a Set that is not needed, if there is one: Live opens another. */
  readonly makeRoom: () => void;
}

/** A Set of Live whose path is not known. */
export interface PathlessSet {
  /** As Live calls it; may be empty. */
  readonly name: string;
  readonly problem: string;
}

export class Desks {
  readonly #options: DesksOptions;
  readonly #desks = new Map<SetId, SetDesk>();

  constructor(options: DesksOptions) {
    this.#options = options;
  }

  /** Where the readers of files report to. */
  readonly target: MirrorTarget = {
    describe: (info) => this.#of(info).describeFile(info),
    load: (info, tree, mark) => this.#of(info).loadFile(info, tree, mark),
    change: (info, change, mark) => this.#of(info).changeFile(info, change, mark),
    replace: (info, tree, change, mark) => this.#of(info).replaceFile(info, tree, change, mark),
    tell: (set, telling) => this.#desks.get(set)?.tellFile(telling),
    putFacet: (set, key: FacetKey, items) => this.#desks.get(set)?.details.put(key, items),
    putSnapshot: (set, packed) => this.#desks.get(set)?.details.putSnapshot(packed),
  };

  has(set: SetId): boolean {
    return this.#desks.has(set);
  }

  ask(question: SourceEffect): void {
    this.#desks.get(question.set)?.ask(question);
  }

  /**
   * The Set of a run of Live: that of its file; a second one beside it when Live has that open already; one
   * of its own while it was never saved.
   * @param pathless how it is called and what is said of its file while it has no path
   * @param own id of a Set of its own
   * @returns `undefined`: there are too many
   */
  async forLive(
    path: string | undefined,
    pathless: PathlessSet,
    own: SetId,
    isBusy: (set: SetId) => boolean,
  ): Promise<SetDesk | undefined> {
    if (this.#desks.size >= this.#options.most && !this.#has(path, own)) this.#options.makeRoom();
    try {
      const info = path === undefined ? undefined : await this.#options.mirrors().open(path);
      if (info === undefined) return this.#ofItsOwn(own, pathless.name || 'Untitled', pathless.problem);
      if (!isBusy(info.id)) return this.#desks.get(info.id);
      return this.#ofItsOwn(own, this.#another(info.name), OPEN_TWICE);
    } catch (error) {
      if (error instanceof HubError) return undefined;
      throw error;
    }
  }

  /** @returns whether there were such changes that were not saved */
  dismiss(set: SetId, lost: string): boolean {
    return this.#desks.get(set)?.dismiss(lost) === true;
  }

  /** A save of any Set is being compared. */
  get areComparing(): boolean {
    return [...this.#desks.values()].some(({ save }) => save.isWorking);
  }

  /** Lets go of a Set. */
  release(id: SetId): void {
    this.#desks.delete(id);
  }

  /** What is told of all Sets has changed. */
  tellAll(): void {
    for (const desk of this.#desks.values()) this.#options.sink.describe(desk.info);
  }

  #has(path: string | undefined, own: SetId): boolean {
    if (path === undefined) return this.#desks.has(own);
    return [...this.#desks.values()].some((desk) => desk.path === path);
  }

  /** The Set has another file from now on. */
  async repoint(desk: SetDesk, path: string): Promise<void> {
    await this.#options.mirrors().repoint(desk.id, path);
  }

  #ofItsOwn(id: SetId, name: string, problem: string): SetDesk | undefined {
    const known = this.#desks.get(id);
    if (known !== undefined) return known;
    if (this.#desks.size >= this.#options.most) return undefined;
    const desk = new SetDesk(
      { id, name, file: { state: 'missing', problem } },
      this.#options.sink,
      this.#options,
    );
    this.#desks.set(id, desk);
    return desk;
  }

  /** `My Set (2)` */
  #another(name: string): string {
    const names = new Set([...this.#desks.values()].map(({ info }) => info.name));
    for (let number = 2; ; number++) if (!names.has(`${name} (${number})`)) return `${name} (${number})`;
  }

  #of({ live: _, ...file }: SetInfo): SetDesk {
    const desk = this.#desks.get(file.id) ?? new SetDesk(file, this.#options.sink, this.#options);
    this.#desks.set(file.id, desk);
    return desk;
  }
}

const OPEN_TWICE = 'This Set is open in Live a second time; the file belongs to the first.';
