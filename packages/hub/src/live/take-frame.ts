/** One frame of statements taken into the raw Set. Taking it twice, or its statements in another order, is the same. */
import type { EventsFrame, Handle, RawProps } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import { type Discard, judgeLists } from './frame-lists.ts';
import type { RawNode, RawSet } from './raw-set.ts';
import { withValues } from './raw-value.ts';

/** Snapshots under way: handle → the frame in which it began. Belongs to the run. */
export type OpenSnapshots = Map<Handle, number>;

export interface TakenFrame {
  readonly discards: readonly Discard[];
  /** Statements that were taken. */
  readonly statements: number;
  /** Snapshots that are complete now. */
  readonly ended: readonly Handle[];
}

/** Cost: the frame, and of a snapshot that ends all that lies under it. */
export function takeFrame(raw: RawSet, frame: EventsFrame, open: OpenSnapshots): TakenFrame {
  const number = raw.beginFrame();
  for (const handle of frame.begin ?? []) open.set(handle, number);
  const { placings, discards } = judgeLists(raw, frame);
  // Owners first: things that are known by a list only come to be when that list is taken.
  for (const { owner, list, kind, members } of placings) {
    const node = raw.get(owner);
    if (node !== undefined) raw.setList(node, list, kind, members);
  }
  const wrong = [...discards, ...takeNodes(raw, frame), ...takeSets(raw, frame)];
  const ended = (frame.end ?? []).filter((handle) => endSnapshot(raw, handle, open));
  return { discards: wrong, statements: placings.length + countStatements(frame), ended };
}

/** Members of a frame that say nothing of the Set. */
const SAYING_NOTHING: ReadonlySet<string> = new Set(['run', 'seq', 'time', 'audit', 'barrier']);

/** Whether a frame leaves the raw Set as it is, whatever was stated before: it holds audits or answers at most. */
export const statesNothing = (frame: EventsFrame): boolean =>
  Object.entries(frame).every(([name, value]) => value === undefined || SAYING_NOTHING.has(name));

function takeNodes(raw: RawSet, { nodes = {} }: EventsFrame): readonly Discard[] {
  return Object.entries(nodes).flatMap(([handle, { kind, props }]) => {
    const node = raw.get(Number(handle));
    if (node?.kind !== kind) return [unknown(raw, handle, node)];
    raw.fill(node, withValues(node.props, onlyThese(node.props, props)));
    return [];
  });
}

/** All properties of a thing: those not among them are gone. */
function onlyThese(before: RawProps, now: RawProps): RawProps {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(now, name));
  return gone.length === 0 ? now : { ...Object.fromEntries(gone.map((name) => [name, null])), ...now };
}

function takeSets(raw: RawSet, { sets = {} }: EventsFrame): readonly Discard[] {
  return Object.entries(sets).flatMap(([handle, changes]) => {
    const node = raw.get(Number(handle));
    if (node === undefined) return [unknown(raw, handle, node)];
    raw.setProps(node, withValues(node.props, changes));
    return [];
  });
}

function unknown(raw: RawSet, handle: string, node: RawNode | undefined): Discard {
  const why = node === undefined ? `unknown handle ${handle}` : `handle ${handle} is a ${node.kind}`;
  const owner = node?.parent?.owner;
  return { why, resync: owner !== undefined && raw.isAttached(owner) ? owner : SONG_HANDLE };
}

/** What lies under the handle and was not stated since the snapshot began is gone: lists, with all in them. */
function endSnapshot(raw: RawSet, handle: Handle, open: OpenSnapshots): boolean {
  const began = open.get(handle);
  const top = raw.get(handle);
  open.delete(handle);
  if (began === undefined) return false;
  const visit = (node: RawNode): void => {
    for (const list of [...node.lists.keys()]) {
      if ((node.listedAt.get(list) ?? 0) < began) raw.dropList(node, list);
      else for (const member of raw.members(node.handle, list)) visit(member);
    }
  };
  if (top !== undefined) visit(top);
  return true;
}

const countStatements = ({ nodes = {}, sets = {} }: EventsFrame): number =>
  Object.keys(nodes).length + Object.keys(sets).length;
