/** Details that Live has told of since a save: values of parameters as they were then, and notes that were edited. */
import type { FacetItem, FacetName, NodeId, Touched } from '@livetree/live-set';
import type { EventsFrame, Handle, RawProps } from '@livetree/protocol';
import { type Details, type KeptDetails, type Moved, NO_DETAILS, type Noted } from '../joined/env.ts';
import type { EditedNotes } from './edited-notes.ts';
import { liveFacet } from './live-facets.ts';
import type { LiveRun } from './live-run.ts';
import type { Step } from './live-teller.ts';
import { NODE_KINDS } from './project-props.ts';
import { isSameValue } from './raw-value.ts';

/** Of each as many outlive the hub: all that a list can name. */
const MOST_KEPT = 2_000;

/** Changes kept of details; more than that, and the oldest are forgotten. */
const MOST = 50_000;

export class DetailDrift {
  #run: LiveRun | undefined;
  readonly #moved: Moved[] = [];
  readonly #noted: Noted[] = [];
  /** All that only the sweep reads has been read since this moment. */
  #readSince = 0;

  /** Another run: what was told before is known no longer. */
  clear(): void {
    this.#moved.length = 0;
    this.#noted.length = 0;
  }

  /** Everything has been read by now. */
  allRead(now: number): void {
    this.#readSince = now;
  }

  /**
   * @param seen objects of which the sweep found out
   * @returns nodes whose details changed
   */
  note(
    run: LiveRun,
    { changes, touched }: Step,
    time: number,
    seen: EventsFrame['seen'] = {},
  ): readonly NodeId[] {
    if (this.#run !== run) this.clear();
    this.#run = run;
    if (!run.isComplete) return [];
    const found = new Set<NodeId>();
    for (const [handle, before] of changes.before) {
      const node = run.raw.get(handle);
      if (node?.kind !== 'parameter' || changes.filled.has(handle)) continue;
      if (before['value'] === undefined || isSameValue(before['value'], node.props['value'])) continue;
      this.#moved.push({ handle, time, after: Object.hasOwn(seen, handle) ? this.#readSince : time, before });
      if (node.parent !== undefined) found.add(run.outline.idOf(node.parent.owner));
    }
    for (const handle of changes.filled) {
      const [node, before] = [run.raw.get(handle), run.outline.takeFormer(handle)];
      if (node?.parent === undefined || before === undefined) continue;
      if (isSameValue(before['value'], node.props['value'])) continue;
      this.#moved.push({ handle, time, after: time, before });
      found.add(run.outline.idOf(node.parent.owner));
    }
    for (const { id, facets } of touched) {
      if (!facets.includes('notes') || !hasEdits(run, id, changes.before)) continue;
      this.#noted.push({ node: id, facet: 'notes', time });
      found.add(id);
    }
    for (const list of [this.#moved, this.#noted]) if (list.length > MOST) list.splice(0, list.length - MOST);
    return [...found];
  }

  /** What a later hub has to know of what was told after a moment. */
  kept(from: number): KeptDetails {
    const run = this.#run;
    if (run === undefined) return { moved: [], noted: [] };
    const wanted = this.#oldValues(run, from);
    const first = new Map<Handle, Moved>();
    for (const each of this.#moved) {
      const handle = run.outline.successorOf(each.handle);
      if (wanted.has(handle) && isAfter(each, from) && !first.has(handle))
        first.set(handle, { ...each, handle });
    }
    const noted = new Map(
      this.#noted.flatMap((each) => (each.time > from ? [[each.node, each] as const] : [])),
    );
    return { moved: [...first.values()].slice(-MOST_KEPT), noted: [...noted.values()].slice(-MOST_KEPT) };
  }

  /** Takes up what an earlier hub was told by the same run. */
  recall(run: LiveRun, { moved, noted }: KeptDetails): void {
    this.clear();
    this.#run = run;
    this.#moved.push(...moved);
    this.#noted.push(...noted);
  }

  /**
   * What was told after a moment, and is not again as it was then.
   * @param notes says of which clips the notes are known as they are now
   */
  since(from: number, notes: Pick<EditedNotes, 'isCurrent' | 'tooMany'>): Details {
    const run = this.#run;
    if (run === undefined) return NO_DETAILS;
    const hasNotes = (clip: Handle): boolean => notes.isCurrent(clip);
    const old = this.#oldValues(run, from);
    const devices = new Set([...old.keys()].flatMap((handle) => run.raw.get(handle)?.parent?.owner ?? []));
    const clips = new Set(this.#noted.flatMap((each) => (each.time > from ? [each.node] : [])));
    const touched: Touched[] = [
      ...[...devices].map(
        (handle): Touched => ({ id: run.outline.idOf(handle), facets: ['parameters'], other: [] }),
      ),
      ...[...clips].map((id): Touched => ({ id, facets: ['notes'], other: [] })),
    ];
    const shown = touched.filter(({ id }) => run.outline.handleOf(id) !== undefined);
    const unknown = this.#moved.filter((each) => each.time > from && !isAfter(each, from)).length;
    return {
      touched: shown,
      unknown,
      before: itemsOf(run, old, old, () => false),
      after: itemsOf(run, old, new Map(), hasNotes),
      tooMany: (id) => {
        const handle = run.outline.handleOf(id);
        return handle === undefined ? undefined : notes.tooMany(handle);
      },
    };
  }

  #oldValues(run: LiveRun, from: number): ReadonlyMap<Handle, RawProps> {
    const old = new Map<Handle, RawProps>();
    for (const each of this.#moved) {
      const handle = run.outline.successorOf(each.handle);
      if (isAfter(each, from) && !old.has(handle)) old.set(handle, each.before);
    }
    for (const [handle, before] of old) {
      const now = run.raw.get(handle)?.props;
      if (now === undefined || isSameValue(now['value'], before['value'])) old.delete(handle);
    }
    return old;
  }
}

/** Whether it can only have changed after a moment. */
const isAfter = ({ after, time }: Moved, from: number): boolean => time > from && after >= from;

/** The counter of edits of notes moved; that notes were read for somebody who looks is no change. */
export function hasEdits(run: LiveRun, id: NodeId, before: ReadonlyMap<Handle, RawProps>): boolean {
  const handle = run.outline.handleOf(id);
  const old = handle === undefined ? undefined : before.get(handle);
  const now = handle === undefined ? undefined : run.raw.get(handle)?.props;
  if (old === undefined || now === undefined || old['notes_changes'] === undefined) return false;
  return !isSameValue(old['notes_changes'], now['notes_changes']);
}

/** Texts of values only where both sides have one: else the number of one would be told beside the text of the other. */
function itemsOf(
  run: LiveRun,
  moved: ReadonlyMap<Handle, RawProps>,
  over: ReadonlyMap<Handle, RawProps>,
  hasNotes: (clip: Handle) => boolean,
) {
  const hasText = (handle: Handle): boolean =>
    moved.get(handle)?.['text'] !== undefined && run.raw.get(handle)?.props['text'] !== undefined;
  return (id: NodeId, facet: FacetName): readonly FacetItem[] | undefined => {
    const handle = run.outline.handleOf(id);
    if (handle === undefined) return undefined;
    if (facet === 'notes') return hasNotes(handle) ? liveFacet(run.raw, handle, facet) : undefined;
    if (facet !== 'parameters') return undefined;
    return liveFacet(run.raw, handle, facet, (node) => {
      const props = over.get(node.handle) ?? node.props;
      if (!moved.has(node.handle) || hasText(node.handle)) return props;
      const { text: _, ...rest } = props;
      return rest;
    });
  };
}

/** The node of an object, that of the device for a parameter. */
export function nodeOf(run: LiveRun, handle: Handle): NodeId | undefined {
  const node = run.raw.get(handle);
  const shown = node?.kind === 'parameter' ? node.parent?.owner : handle;
  return shown !== undefined && run.outline.isShown(shown) ? run.outline.idOf(shown) : undefined;
}

/** What Live corrected: the node, and the property as it is counted (`track.name`). */
export function correctionOf(
  run: LiveRun,
  handle: Handle,
  prop: string,
): readonly [node: NodeId | undefined, property: string] {
  const kind = run.raw.get(handle)?.kind;
  const word = kind === undefined ? 'thing' : kind === 'parameter' ? kind : NODE_KINDS[kind];
  return [nodeOf(run, handle), `${word}.${WORDS[prop] ?? prop}`];
}

/** Our words for what Live calls otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  color_index: 'color',
  panning: 'pan',
  volume: 'volumeDb',
  tempo: 'tempoBpm',
  muted: 'disabled',
};
