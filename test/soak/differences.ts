/** Where two trees differ, in words for whoever has to find out why. */
import { isDeepStrictEqual } from 'node:util';
import type { NodeKind } from '@livetree/live-set';
import { rowOf } from '../../packages/hub/src/reconcile/comparable.ts';
import type { Plain } from '../truth.ts';
import { NEW } from './file-beside.ts';

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

/** @returns one line each: where, what Live has, what the tree says; empty when both are the same */
export function differences(truth: Plain, tree: Plain): readonly string[] {
  const found: string[] = [];
  visit(truth, tree, 'set', found);
  return found.slice(0, MOST);
}

function visit(truth: Plain, tree: Plain, at: string, found: string[]): void {
  if (found.length > MOST || isDeepStrictEqual(truth, tree)) return;
  for (const name of new Set([...Object.keys(truth.props), ...Object.keys(tree.props)])) {
    const [one, other] = [truth.props[name], tree.props[name]];
    if (name === NEW || (one === undefined && isOpen(truth, name))) continue;
    if (one === undefined && MOVING.has(name)) continue;
    if (!isDeepStrictEqual(one, other)) found.push(`${at}.${name}: ${text(one)}, but ${text(other)}`);
  }
  for (const list of new Set([...Object.keys(truth.lists), ...Object.keys(tree.lists)])) {
    visitList(truth.lists[list] ?? [], tree.lists[list] ?? [], `${at}/${list}`, found);
  }
}

const isOpen = ({ kind, props }: Plain, name: string): boolean =>
  props[NEW] === true && rowOf(kind as NodeKind, name) === undefined;

function visitList(truth: readonly Plain[], tree: readonly Plain[], at: string, found: string[]): void {
  if (truth.length !== tree.length) {
    found.push(
      `${at}: ${truth.length} ${text(truth.map(nameOf))}, but ${tree.length} ${text(tree.map(nameOf))}`,
    );
    return;
  }
  truth.forEach((each, index) => {
    const other = tree[index];
    if (other !== undefined) visit(each, other, `${at}[${index} ${nameOf(each)}]`, found);
  });
}

const nameOf = ({ kind, props }: Plain): unknown => props['name'] ?? kind;
const text = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160);
