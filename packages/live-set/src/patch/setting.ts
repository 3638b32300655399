import type { NodeId } from '../model/node.ts';
import type { PropChanges, SetOp } from './op.ts';

/** A set of a composed list, and the later ones of the same node. */
export interface Setting {
  /** Position in the list. */
  readonly at: number;
  readonly id: NodeId;
  readonly props: Record<string, PropChanges[string]>;
  /** `undefined` as soon as one op did not say it. */
  was: Record<string, PropChanges[string]> | undefined;
}

export const startSetting = (at: number, { id, props, was }: SetOp): Setting => ({
  at,
  id,
  props: { ...props },
  was: was && { ...was },
});

/** Of each property the last value wins; the first `was` is kept. */
export function mergeInto(setting: Setting, { props, was }: SetOp): void {
  if (was === undefined) setting.was = undefined;
  if (was !== undefined && setting.was !== undefined) {
    for (const [name, before] of Object.entries(was)) {
      if (!Object.hasOwn(setting.props, name)) setting.was[name] = before;
    }
  }
  Object.assign(setting.props, props);
}

/** The op, without the properties that are as they were; `undefined` when none is left. */
export function settledSet({ id, props, was }: Setting): SetOp | undefined {
  if (was === undefined) return { op: 'set', id, props };
  const names = Object.keys(props);
  const changed = names.filter((name) => !Object.hasOwn(was, name) || was[name] !== props[name]);
  if (changed.length === 0) return undefined;
  if (changed.length === names.length) return { op: 'set', id, props, was };
  const kept = new Set(changed);
  return { op: 'set', id, props: only(kept, props), was: only(kept, was) };
}

const only = (names: ReadonlySet<string>, changes: PropChanges): PropChanges =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => names.has(name)));
