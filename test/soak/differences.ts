/** Where two trees differ, in words for whoever has to find out why. */
import { isDeepStrictEqual } from 'node:util';
import type { NodeKind } from '@livetree/live-set';
import { rowOf } from '../../packages/hub/src/reconcile/comparable.ts';
import type { Plain } from '../truth.ts';
import { ANEW, NEW } from './file-beside.ts';

/** At most so many are told. */
const MOST = 12;

/** What automation moves the truth leaves out (see truth.ts). */
const MOVING = new Set([
  'volumeDb',
  'pan',
  'panLeft',
  'panRight',
  'cueVolumeDb',
  'crossfader',
  'levelDb',
  'on',
]);

export interface Differences {
  /** Empty when both trees are the same. */
  readonly found: readonly string[];
  /** Things that undo has made anew, and of which the tree does not have what the file knew of them. */
  readonly notKnownAgain: number;
}

/** In one line each: where, what Live has, what the tree says. */
export function differences(truth: Plain, tree: Plain): Differences {
  const seen: Seen = { found: [], notKnownAgain: 0 };
  visit(truth, tree, 'set', seen);
  return { found: seen.found.slice(0, MOST), notKnownAgain: seen.notKnownAgain };
}

interface Seen {
  readonly found: string[];
  notKnownAgain: number;
}

function visit(truth: Plain, tree: Plain, at: string, seen: Seen): void {
  const { found } = seen;
  if (found.length > MOST || isDeepStrictEqual(truth, tree)) return;
  const forgotten = forgottenOf(truth, tree);
  if (forgotten.size > 0) seen.notKnownAgain += 1;
  for (const name of new Set([...Object.keys(truth.props), ...Object.keys(tree.props)])) {
    const [one, other] = [truth.props[name], tree.props[name]];
    if (name === NEW || name === ANEW || forgotten.has(name)) continue;
    if (one === undefined && (isOpen(truth, name) || MOVING.has(name))) continue;
    if (!isDeepStrictEqual(one, other)) found.push(`${at}.${name}: ${text(one)}, but ${text(other)}`);
  }
  for (const list of new Set([...Object.keys(truth.lists), ...Object.keys(tree.lists)])) {
    visitList(truth.lists[list] ?? [], tree.lists[list] ?? [], `${at}/${list}`, seen);
  }
}

/** What the file knew of a thing that undo has made anew, if the tree has none of it. */
function forgottenOf({ props }: Plain, tree: Plain): ReadonlySet<string> {
  const names = String(props[ANEW] ?? '').split(',');
  return new Set(names.some((name) => Object.hasOwn(tree.props, name)) ? [] : names.filter(Boolean));
}

const isOpen = ({ kind, props }: Plain, name: string): boolean =>
  props[NEW] === true && rowOf(kind as NodeKind, name) === undefined;

function visitList(truth: readonly Plain[], tree: readonly Plain[], at: string, seen: Seen): void {
  if (truth.length !== tree.length) {
    seen.found.push(
      `${at}: ${truth.length} ${text(truth.map(nameOf))}, but ${tree.length} ${text(tree.map(nameOf))}`,
    );
    return;
  }
  truth.forEach((each, index) => {
    const other = tree[index];
    if (other !== undefined) visit(each, other, `${at}[${index} ${nameOf(each)}]`, seen);
  });
}

const nameOf = ({ kind, props }: Plain): unknown => props['name'] ?? kind;
const text = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160);
