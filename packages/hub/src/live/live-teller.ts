/**
 * Sentences of what happens in Live. Making them costs the whole tree, so changes that come quickly one after
 * the other are told together: telling takes at most a twentieth of the time.
 */
import type { FacetItem, FacetSource, NodeId, NodeOf, Op, SetOp, Touched } from '@livetree/live-set';
import { applyOps, tellChange, walk } from '@livetree/live-set';
import type { EventName, EventsFrame, Handle, RawProps, Telling } from '@livetree/protocol';
import { EVENT_NAMES, eventNames } from '@livetree/protocol';
import { tellLive } from '../telling.ts';
import { liveFacet } from './live-facets.ts';
import type { LiveRun } from './live-run.ts';
import { MovingFiles } from './moving-files.ts';
import type { Projected } from './outline.ts';
import type { RawChanges } from './raw-set.ts';
import { Rides } from './rides.ts';

export interface Step extends Projected {
  readonly changes: RawChanges;
}

interface Pending {
  readonly before: NodeOf<'set'>;
  readonly ops: Op[];
  readonly touched: Touched[];
}

/** What was said, and when it happened. */
export interface Told {
  readonly telling: Telling;
  /** ms since 1970. */
  readonly time: number;
}

/** ms between changes that are told together at most. */
const TOGETHER_MS = 10_000;

/** Share of the time that telling may take. */
const SHARE = 1 / 20;

export class LiveTeller {
  readonly #run: LiveRun;
  readonly #rides: Rides;
  readonly #moving = new MovingFiles();
  readonly #clock: () => number;
  #pending: Pending | undefined;
  #names = new Set<EventName>();
  #restUntil = 0;
  /** When what is to be said happened. */
  #at = 0;

  /** @param clock ms, for the cost of telling */
  constructor(run: LiveRun, clock: () => number) {
    this.#run = run;
    this.#clock = clock;
    this.#rides = new Rides((id) => run.outline.handleOf(id));
  }

  /** @param before the tree that the ops met */
  note(step: Step, before: NodeOf<'set'>, frame: EventsFrame, now: number): void {
    this.#at = now;
    const ops = this.#rides.takeOps(this.#moving.takeOps(step.ops, now), now);
    this.#rides.takeParameters(this.#run.raw, step.changes, now);
    // Parameters are told when they rest; what is first read is no change.
    const touched = step.touched.flatMap((each) => withoutParameters(each));
    if (ops.length + touched.length > 0) {
      this.#pending ??= { before, ops: [], touched: [] };
      this.#pending.ops.push(...ops);
      this.#pending.touched.push(...touched);
    }
    for (const [handle, prop] of frame.acts ?? []) this.#rides.close(handle, prop);
    for (const [name] of frame.names ?? []) if (isTold(name)) this.#names.add(name);
  }

  /** Something of another time comes: what is pending is to be said before. */
  isOfOtherTime(time: number): boolean {
    return this.#pending !== undefined && Math.abs(time - this.#at) > TOGETHER_MS;
  }

  /** What is to be said now, if it is time. @param isUrgent whatever telling has cost */
  tell(after: NodeOf<'set'>, now: number, isUrgent = false): Told | undefined {
    this.#rides.rest(now);
    const isIdle = this.#pending === undefined && !this.#rides.hasClosed;
    if (isIdle && !this.#moving.hasRested(now)) return undefined;
    const start = this.#clock();
    if (start < this.#restUntil && !isUrgent) return undefined;
    const time = this.#pending === undefined ? now : Math.min(now, this.#at);
    const telling = this.#tellAll(after, now);
    const end = this.#clock();
    this.#restUntil = end + (end - start) / SHARE;
    return telling && { telling, time };
  }

  #tellAll(after: NodeOf<'set'>, now: number): Telling | undefined {
    const pending = this.#pending ?? { before: after, ops: [], touched: [] };
    this.#pending = undefined;
    const names = this.#names;
    this.#names = new Set();
    const nodes = new Map([...walk(after)].map((node) => [node.id, node]));
    const old = new Set([...walk(pending.before)].map(({ id }) => id));
    const rides = this.#rides.takeClosed((id, prop) => propsOf(nodes.get(id))[prop] ?? null);
    const moved = [...rides.ops, ...this.#moving.takeRested(now)].filter(
      ({ id }) => old.has(id) && nodes.has(id),
    );
    const before = withOldValues(pending.before, moved);
    const touched = [...merged(pending.touched), ...this.#touchedBy(rides.parameters, old)];
    const ops = [...pending.ops, ...moved];
    const told = tellChange({
      before: { root: before, facets: this.#facets(rides.parameters, rides.parameters) },
      after: { root: after, facets: this.#facets(rides.parameters) },
      ops,
      touched,
    }).sentences;
    if (told.length === 0) return undefined;
    for (const name of eventNames(ops, touched, (id) => nodes.get(id)?.kind)) names.add(name);
    return tellLive(
      told,
      NAMES.filter((name) => names.has(name)),
    );
  }

  #touchedBy(parameters: ReadonlyMap<Handle, RawProps>, old: ReadonlySet<NodeId>): readonly Touched[] {
    const devices = new Set([...parameters.keys()].flatMap((handle) => this.#deviceOf(handle) ?? []));
    return [...devices]
      .map((handle) => this.#run.outline.idOf(handle))
      .filter((id) => old.has(id))
      .map((id) => ({ id, facets: ['parameters'], other: [] }));
  }

  #deviceOf(handle: Handle): Handle | undefined {
    return this.#run.raw.get(handle)?.parent?.owner;
  }

  /** Details of devices whose parameters rested; texts only where both sides have one. */
  #facets(
    moved: ReadonlyMap<Handle, RawProps>,
    over: ReadonlyMap<Handle, RawProps> = new Map(),
  ): FacetSource {
    const { raw, outline } = this.#run;
    const isWithoutText = (handle: Handle): boolean =>
      moved.has(handle) &&
      (moved.get(handle)?.['text'] === undefined || raw.get(handle)?.props['text'] === undefined);
    return (id, facet): readonly FacetItem[] | undefined => {
      const handle = facet === 'parameters' ? outline.handleOf(id) : undefined;
      if (handle === undefined) return undefined;
      return liveFacet(raw, handle, facet, (node) => {
        const props = over.get(node.handle) ?? node.props;
        if (!isWithoutText(node.handle)) return props;
        const { text: _, ...rest } = props;
        return rest;
      });
    };
  }
}

const NAMES = Object.keys(EVENT_NAMES) as readonly EventName[];

/** Whether the catalogue knows a name. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(EVENT_NAMES, name);

/** Playback is shown while it lasts, and never in the log. */
const isTold = (name: string): name is EventName => isEventName(name) && EVENT_NAMES[name].priority !== 'low';

const propsOf = (node: { readonly props: object } | undefined) =>
  (node?.props ?? {}) as Readonly<Record<string, string | number | boolean>>;

function withoutParameters({ id, facets, other }: Touched): readonly Touched[] {
  const kept = facets.filter((facet) => facet !== 'parameters');
  return kept.length + other.length === 0 ? [] : [{ id, facets: kept, other }];
}

/** Each node once. */
function merged(all: readonly Touched[]): readonly Touched[] {
  const found = new Map<NodeId, Touched>();
  for (const { id, facets, other } of all) {
    const known = found.get(id);
    found.set(id, {
      id,
      facets: [...new Set([...(known?.facets ?? []), ...facets])],
      other: [...new Set([...(known?.other ?? []), ...other])],
    });
  }
  return [...found.values()];
}

function withOldValues(root: NodeOf<'set'>, moved: readonly SetOp[]): NodeOf<'set'> {
  const back = moved.map(({ id, was = {} }): SetOp => ({ op: 'set', id, props: was }));
  return back.length === 0 ? root : applyOps(root, back);
}
