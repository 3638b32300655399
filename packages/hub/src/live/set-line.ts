/** What is served of one Set: its tree, told on as changes, and what the journal keeps together with them. */
import type { NodeOf, Op, Touched } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { SetId, SetInfo, Telling } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { EphemeralValue } from '../ephemeral.ts';
import type { KeptSet } from '../journal.ts';
import type { Stated } from '../set-room.ts';
import type { SetSink } from './set-sides.ts';

export class SetLine {
  readonly #id: SetId;
  readonly #sink: SetSink;
  readonly #info: () => SetInfo;
  /** How the Set stands as it was told last, JSON. */
  #told = '';
  /** What is kept together with the next change of Live. */
  #stated: Stated = {};

  /** @param info how the Set stands */
  constructor(id: SetId, sink: SetSink, info: () => SetInfo) {
    this.#id = id;
    this.#sink = sink;
    this.#info = info;
  }

  get root(): NodeOf<'set'> | undefined {
    return this.#sink.rootOf(this.#id);
  }

  /** Tells how things stand, unless nothing is new. */
  tell(): void {
    const info = this.#info();
    const text = JSON.stringify(info);
    if (text === this.#told) return;
    this.#told = text;
    this.#sink.describe(info);
  }

  /** A new line of revisions. */
  load(tree: Tree): void {
    this.#sink.load(this.#telling(), tree);
  }

  /** Goes on with the line that the last hub left. */
  resume(kept: KeptSet): void {
    this.#sink.resume(this.#telling(), new Tree(kept.root), kept);
  }

  /** @throws PatchError when the change does not fit */
  change(change: Change): void {
    this.#sink.change(this.#telling(), change);
  }

  /** Everything in one step. */
  replace(tree: Tree, change: Omit<Change, 'ops'>): void {
    this.#sink.replace(this.#telling(), tree, change);
  }

  /** @param whole for a change that is too big for one patch */
  follow(
    ops: readonly Op[],
    touched: readonly Touched[],
    change: Omit<Change, 'ops'>,
    whole: () => Tree | undefined,
  ): void {
    const tree = isTooMuch(ops) ? whole() : undefined;
    if (tree === undefined) this.change({ ...change, ops, touched });
    else this.replace(tree, { ...change, touched });
  }

  /** A line of the log that tells of no change. */
  log(text: string, time: number): void {
    const telling: Telling = { names: [], nodes: [], sentences: [text] };
    this.change({ ops: [], touched: [], origin: 'live', time, telling });
  }

  // ── What Live stated ────────────────────────────────────────────────────────────────────────────────

  /** A frame came, or ids were given: kept together with the change it brings, or by {@link settle}. */
  state(stated: Stated): void {
    this.#stated = { ...this.#stated, ...stated };
  }

  /** Keeps a frame that has changed nothing. */
  settle(time: number): void {
    if (this.#stated.frame === undefined) return;
    this.changeStated({ ops: [], touched: [], origin: 'live', time });
  }

  /** @throws PatchError when the change does not fit */
  changeStated(change: Change): void {
    this.#sink.change(this.#telling(), change, this.#takeStated());
  }

  replaceStated(tree: Tree, change: Omit<Change, 'ops'>): void {
    this.#sink.replace(this.#telling(), tree, change, this.#takeStated());
  }

  /** The run of Live has ended: what was kept of its frames is of no use. */
  endRun(): void {
    this.#sink.endRun(this.#id);
  }

  putEphemeral(values: readonly EphemeralValue[]): void {
    this.#sink.putEphemeral(this.#id, values);
  }

  endEphemeral(): void {
    this.#sink.endEphemeral(this.#id);
  }

  #takeStated(): Stated {
    const stated = this.#stated;
    this.#stated = {};
    return stated;
  }

  #telling(): SetInfo {
    const info = this.#info();
    this.#told = JSON.stringify(info);
    return info;
  }
}

/** Whether ops are more than one patch should hold: then all get the whole tree. */
export const isTooMuch = (ops: Change['ops']): boolean =>
  ops.length > FEW_OPS && JSON.stringify(ops).length > SYNC_LIMITS.filePatchBytes;
const FEW_OPS = 100;
