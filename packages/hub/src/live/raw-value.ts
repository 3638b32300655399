/** Values as Live has them. */
import type { Handle, RawProps, RawValue } from '@livetree/protocol';

/** Whether two values are the same, whatever their depth (the schema bounds it). Linear in their size. */
export function isSameValue(a: RawValue | undefined, b: RawValue | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a)) return isArray(b) && isSameArray(a, b);
  if (isArray(b)) return false;
  if ('handle' in a) return 'handle' in b && a.handle === b.handle;
  return 'float' in b && a.float === b.float;
}

const isArray = (value: RawValue | object): value is readonly RawValue[] => Array.isArray(value);

const isSameArray = (a: readonly RawValue[], b: readonly RawValue[]): boolean =>
  a.length === b.length && a.every((value, at) => isSameValue(value, b[at]));

/** A finite number; `undefined` for all else. */
export function numberOf(value: RawValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** On and off, also where Live has a number for them. */
export function flagOf(value: RawValue | undefined): boolean | undefined {
  if (typeof value === 'number') return value !== 0;
  return typeof value === 'boolean' ? value : undefined;
}

export const textOf = (value: RawValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export function handleOf(value: RawValue | undefined): Handle | undefined {
  if (typeof value !== 'object' || value === null || isArray(value) || !('handle' in value)) return undefined;
  return value.handle;
}

export const itemsOf = (value: RawValue | undefined): readonly RawValue[] | undefined =>
  typeof value === 'object' && value !== null && isArray(value) ? value : undefined;

/** The properties with others put over them; `null` takes one away. The same object when nothing differs. */
export function withValues(props: RawProps, changes: RawProps): RawProps {
  const changed = Object.entries(changes).filter(([name, value]) => !isSameValue(props[name] ?? null, value));
  if (changed.length === 0) return props;
  const made: Record<string, RawValue> = { ...props };
  for (const [name, value] of changed) {
    if (value === null) delete made[name];
    else made[name] = value;
  }
  return made;
}
