/** What is open, chosen, searched for and marked in the tree. */
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, signatureOf } from '@livetree/live-set';
import { type Change, MARK_MS, type Marks, marksFor, mergeMarks } from './highlights.ts';
import { flatten, openAtFirst, openedWith, type PlaceOf, type Row, type RowKey, rowPath } from './rows.ts';
import { nextMatch, search } from './search.ts';
import { numbersOf, type Titles, titleOf } from './words.ts';

/** Questions about the newest tree. */
export interface Lookup {
  readonly find: (id: NodeId) => TreeNode | undefined;
  readonly placeOf: PlaceOf;
}

export class TreeState {
  readonly #lookup: Lookup;
  readonly #selected: (id: NodeId) => void;
  #serial = 0;

  root = $state.raw<NodeOf<'set'> | undefined>();
  #expanded = $state.raw<ReadonlySet<RowKey>>(new Set());
  /** Row of the cursor, which is also the one chosen. */
  active = $state.raw<RowKey | undefined>();
  query = $state('');
  marks = $state.raw<Marks>(new Map());
  /** Set anew whenever a row should be scrolled into view. */
  reveal = $state.raw<{ readonly key: RowKey } | undefined>();

  readonly titles: Titles = $derived({
    numbers: this.root === undefined ? new Map() : numbersOf(this.root),
    find: (id) => this.#lookup.find(id),
  });
  readonly signature = $derived(signatureOf(this.root));
  readonly found = $derived(
    this.root === undefined ? undefined : search(this.root, this.query, (node) => this.title(node)),
  );
  readonly rows: readonly Row[] = $derived(
    this.root === undefined ? [] : flatten(this.root, this.#expanded, this.found),
  );
  readonly indexOf: ReadonlyMap<RowKey, number> = $derived(
    new Map(this.rows.map((row, index) => [row.key, index])),
  );
  readonly activeIndex = $derived(this.active === undefined ? -1 : (this.indexOf.get(this.active) ?? -1));
  /** The node to show on its own: that of the row, the owner of a heading, else the Set. */
  readonly chosen: TreeNode | undefined = $derived.by(() => {
    const row = this.rows[this.activeIndex];
    if (row === undefined) return this.root;
    return row.kind === 'node' ? row.node : row.owner;
  });

  /** @param selected called with the node whenever a person or a change moved the cursor to it */
  constructor(lookup: Lookup, selected: (id: NodeId) => void) {
    this.#lookup = lookup;
    this.#selected = selected;
  }

  title(node: TreeNode): string {
    return titleOf(node, this.titles);
  }

  /** Another Set: everything starts anew. */
  start(root: NodeOf<'set'> | undefined): void {
    this.root = root;
    this.active = undefined;
    this.query = '';
    this.marks = new Map();
    this.#expanded = root === undefined ? new Set() : openAtFirst(root);
  }

  /** The same Set after changes: nothing opens, the cursor stays or goes to the nearest row that is left. */
  follow(root: NodeOf<'set'>, changes: readonly Change[], now: number): void {
    const before = this.rows;
    this.root = root;
    this.#keepActive(before);
    if (changes.length === 0) return;
    this.#serial += 1;
    const marks = marksFor(changes, this.rows, this.indexOf, now, this.#serial);
    const onSet = changes.filter((change) => change.path.length === 0).length;
    this.marks = mergeMarks(this.marks, onSet === 0 ? marks : this.#withSet(marks, root.id, onSet, now), now);
  }

  #withSet(marks: Marks, key: RowKey, count: number, now: number): Marks {
    const mark = { sign: '~' as const, count, until: now + MARK_MS, serial: this.#serial };
    return new Map(marks).set(key, mark);
  }

  #keepActive(before: readonly Row[]): void {
    const { active } = this;
    if (active === undefined || this.indexOf.has(active)) return;
    const now = rowPath(asNodeId(active), this.#lookup.placeOf);
    const once = trailOf(before, active);
    const key = [...now, ...once].find((candidate) => this.indexOf.has(candidate));
    this.active = key;
    this.#tell();
  }

  /** Takes away what has been shown long enough. @returns when to call again, or `undefined` */
  expire(now: number): number | undefined {
    const left = [...this.marks].filter(([, mark]) => mark.until > now);
    if (left.length < this.marks.size) this.marks = new Map(left);
    return left.length === 0 ? undefined : Math.min(...left.map(([, mark]) => mark.until));
  }

  // ── what people do ────────────────────────────────────────────────────────────────────────────────────

  select(key: RowKey | undefined): void {
    if (key === undefined) return;
    this.active = key;
    this.reveal = { key };
    this.#tell();
  }

  selectIndex(index: number): void {
    this.select(this.rows[index]?.key);
  }

  /** The cursor, without scrolling: the tree got the focus. */
  enter(): void {
    if (this.activeIndex < 0) this.active = this.rows[0]?.key;
  }

  toggle(row: Row): void {
    if (row.isExpanded) this.#close(row);
    else this.open([row]);
  }

  open(rows: readonly Row[]): void {
    this.#expanded = new Set([...this.#expanded, ...rows.flatMap(openedWith)]);
  }

  #close(row: Row): void {
    const expanded = new Set(this.#expanded);
    expanded.delete(row.key);
    this.#expanded = expanded;
  }

  /** Palette index of the track or chain that a node is or lies in. */
  colorOf(id: NodeId): number | undefined {
    const self = this.#lookup.find(id);
    const path = self === undefined ? [] : [self, ...this.above(id)];
    for (const { kind, props } of path)
      if ((kind === 'track' || kind === 'chain') && props.color !== undefined) return props.color;
    return undefined;
  }

  /** What a node lies in, nearest first, without the Set. */
  above(id: NodeId): readonly TreeNode[] {
    const path: TreeNode[] = [];
    for (let at = this.#lookup.placeOf(id)?.parent; at !== undefined && at.kind !== 'set'; ) {
      path.push(at);
      at = this.#lookup.placeOf(at.id)?.parent;
    }
    return path;
  }

  /** Opens what leads to a node and chooses it. @returns whether there is such a node */
  show(id: NodeId): boolean {
    const path = rowPath(id, this.#lookup.placeOf);
    if (path.length === 0) return false;
    this.#expanded = new Set([...this.#expanded, ...path.slice(1)]);
    if (!this.indexOf.has(id)) this.query = '';
    this.select(id);
    return true;
  }

  find(text: string): void {
    this.query = text;
    const first = this.found?.order[0];
    const isOnMatch = this.active !== undefined && this.found?.matches.has(asNodeId(this.active));
    if (first !== undefined && !isOnMatch) this.select(first);
  }

  step(direction: 1 | -1): void {
    const id = this.found && nextMatch(this.found.order, this.#activeId(), direction);
    if (id !== undefined) this.show(id);
  }

  /** Ends the search; what was found stays chosen, and in view. */
  endSearch(): void {
    const id = this.#activeId();
    this.query = '';
    if (id !== undefined) this.show(id);
  }

  #activeId(): NodeId | undefined {
    return this.active === undefined ? undefined : asNodeId(this.active);
  }

  #tell(): void {
    const { chosen } = this;
    if (chosen !== undefined && this.active !== undefined) this.#selected(chosen.id);
  }
}

/** Keys of the rows above a row, nearest first. */
function trailOf(rows: readonly Row[], key: RowKey): readonly RowKey[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const trail: RowKey[] = [];
  for (let at = byKey.get(key)?.parent; at !== undefined; at = byKey.get(at)?.parent) trail.push(at);
  return trail;
}
