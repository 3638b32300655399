import type { NodeId } from '../model/node.ts';
import { foldInto, type Inserted, pin, settledInsert, startInsert } from './inserted.ts';
import type { InsertOp, MoveOp, Op, Place, RemoveOp, SetOp } from './op.ts';
import { mergeInto, type Setting, settledSet, startSetting } from './setting.ts';
import { PatchError, walk } from './tree.ts';

/**
 * One list of ops equal in effect to all given, one after the other, on every tree that takes those; mostly
 * shorter. Sets on one node become one; what was set and set back, moved and moved back, or inserted and
 * removed falls out. Where that is not certain the ops stay as they are. Ops with `was` give ops with `was`;
 * ops from the wire, without it, are merged as well.
 * Cost: the number of ops and of inserted nodes. Many patches in one call are cheaper than call upon call.
 */
export function compose(...patches: readonly (readonly Op[])[]): readonly Op[] {
  const composer = new Composer();
  for (const patch of patches) for (const op of patch) composer.add(op);
  return composer.result();
}

/**
 * Keeps a result that at all times equals the ops so far in effect, and brings each new op into it: into an
 * earlier op, or at the end. What it remembers is about the result, by position there.
 */
class Composer {
  /** `undefined` where an op fell out. */
  readonly #ops: (Op | undefined)[] = [];
  readonly #inserts: Inserted[] = [];
  readonly #sets: Setting[] = [];
  /** The insert that brought a node. */
  readonly #home = new Map<NodeId, Inserted>();
  readonly #setting = new Map<NodeId, Setting>();
  /** The op that put a node where it is: a move, or the insert of this very node. */
  readonly #placed = new Map<NodeId, number>();
  /** The last op that put something into a list, or is known to have taken something out of it. */
  readonly #touched = new Map<string, number>();
  /** The last op that took something out of a list we do not know. */
  #unknownSource = -1;
  /** The last move that may have brought a node below another parent. */
  #newParent = -1;

  add(op: Op): void {
    switch (op.op) {
      case 'insert':
        this.#insert(op);
        return;
      case 'remove':
        this.#remove(op);
        return;
      case 'move':
        this.#move(op);
        return;
      case 'set':
        this.#set(op);
        return;
      default: {
        const never: never = op;
        throw new PatchError(`unknown op ${JSON.stringify(never)}`);
      }
    }
  }

  result(): readonly Op[] {
    for (const inserted of this.#inserts) {
      const op = this.#ops[inserted.at];
      if (op?.op === 'insert') this.#ops[inserted.at] = settledInsert(inserted, op);
    }
    for (const setting of this.#sets) this.#ops[setting.at] = settledSet(setting);
    return this.#ops.filter((op) => op !== undefined);
  }

  #insert(op: InsertOp): void {
    const at = this.#ops.push(op) - 1;
    const inserted = startInsert(at, op.node, this.#home.get(op.parent));
    this.#inserts.push(inserted);
    for (const { id } of walk(op.node)) {
      // It may have been in the tree before, and gone, with a parent even: nothing older counts for it.
      this.#placed.delete(id);
      this.#home.set(id, inserted);
    }
    this.#placed.set(op.node.id, at);
    this.#touched.set(keyOf(op), at);
  }

  /**
   * A set can be told earlier, as long as the node was there all the time, and it was: had it been removed
   * and inserted again since, that insert would be its home.
   */
  #set(op: SetOp): void {
    const home = this.#home.get(op.id);
    const setting = this.#setting.get(op.id);
    if (home !== undefined) foldInto(home, op);
    else if (setting !== undefined) mergeInto(setting, op);
    else this.#keepSetting(startSetting(this.#ops.push(undefined) - 1, op));
  }

  #keepSetting(setting: Setting): void {
    this.#sets.push(setting);
    this.#setting.set(setting.id, setting);
  }

  #remove(op: RemoveOp): void {
    const home = this.#home.get(op.id);
    if (home?.node.id === op.id && this.#canFallOut(home)) {
      this.#fallOut(home);
      return;
    }
    pin(home);
    this.#takenOut(op, this.#ops.push(op) - 1);
    // What is said of it from now on, without an insert, must fail as it would have.
    this.#setting.delete(op.id);
    this.#home.delete(op.id);
  }

  /** Nothing left or came from elsewhere, and no index in its list was counted with it. */
  #canFallOut({ at, isPinned }: Inserted): boolean {
    const here = this.#placing(at);
    return here !== undefined && !isPinned && this.#touchedAt(here) === at;
  }

  #fallOut({ at, node, inner }: Inserted): void {
    if (this.#ops[at] === undefined) return;
    this.#ops[at] = undefined;
    for (const { id } of walk(node)) this.#home.delete(id);
    for (const inserted of inner) this.#fallOut(inserted);
  }

  #move(op: MoveOp): void {
    const earlier = this.#placed.get(op.id);
    if (earlier !== undefined && this.#redirect(earlier, op)) return;
    pin(this.#home.get(op.id));
    pin(this.#home.get(op.parent));
    const at = this.#ops.push(op) - 1;
    const source = this.#takenOut(op, at);
    const target = keyOf(op);
    if (source !== target) this.#newParent = at;
    this.#touched.set(target, at);
    this.#placed.set(op.id, at);
  }

  /** Lets the op at `at`, which put a node where it is, put it at `place` at once; `false` when it cannot. */
  #redirect(at: number, { parent, list, index }: Place): boolean {
    const old = this.#placing(at);
    const place = { parent, list, index };
    if (old === undefined || !this.#canGoThere(at, old, place)) return false;
    this.#ops[at] = { ...old, ...place };
    if (keyOf(old) !== keyOf(place)) this.#noteOtherList(at, old, place);
    if (old.op === 'move' && old.was !== undefined && isSamePlace(old.was, place)) {
      this.#ops[at] = undefined;
    }
    return true;
  }

  /** Indexes must mean the same at `at` as now, and what came since must not need the node where it was. */
  #canGoThere(at: number, here: Place, there: Place): boolean {
    if (this.#unknownSource > at || this.#touchedAt(here) > at) return false;
    if (keyOf(here) === keyOf(there)) return true;
    const parent = this.#home.get(there.parent);
    const wasParentThere = parent === undefined || parent.at < at;
    // What moved below the node since may not have been able to, had the node been below it already.
    return wasParentThere && this.#newParent <= at && this.#touchedAt(there) <= at;
  }

  #noteOtherList(at: number, old: Place, place: Place): void {
    pin(this.#home.get(old.parent));
    pin(this.#home.get(place.parent));
    this.#newParent = at;
    this.#touched.set(keyOf(place), at);
  }

  /** Notes which list loses something at `at`; `undefined` when that is not known. */
  #takenOut({ id, was }: RemoveOp | MoveOp, at: number): string | undefined {
    const source = was ?? this.#placing(this.#placed.get(id));
    if (source === undefined) {
      this.#unknownSource = at;
      return undefined;
    }
    this.#touched.set(keyOf(source), at);
    return keyOf(source);
  }

  /** The op at `at`, when it puts a node somewhere. */
  #placing(at: number | undefined): InsertOp | MoveOp | undefined {
    const op = at === undefined ? undefined : this.#ops[at];
    return op?.op === 'insert' || op?.op === 'move' ? op : undefined;
  }

  #touchedAt(place: Place): number {
    return this.#touched.get(keyOf(place)) ?? -1;
  }
}

const keyOf = ({ parent, list }: Place): string => `${list} ${parent}`;

const isSamePlace = (a: Place, b: Place): boolean => keyOf(a) === keyOf(b) && a.index === b.index;
