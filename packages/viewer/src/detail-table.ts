/** Details (parameters, notes, …) as simple tables. Pure. */
import type { FacetItem, FacetName } from '@livetree/live-set';
import { decimal, humanise, length, noteName, plain, position, type Signature } from './format.ts';

export interface Table {
  readonly columns: readonly { readonly field: string; readonly label: string; readonly isNumber: boolean }[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}

type Value = FacetItem[string];
type Show = (value: Value, signature: Signature) => string;

const onNumber =
  (show: (value: number, signature: Signature) => string): Show =>
  (value, signature) =>
    typeof value === 'number' ? show(value, signature) : plain(value);
const points: Show = (value) => (typeof value === 'object' ? String(value.length / 2) : plain(value));

/** By details and field; `any` holds for all. */
const FIELDS: Readonly<
  Record<string, Readonly<Record<string, { readonly label?: string; readonly show?: Show }>>>
> = {
  any: {
    points: { label: 'Points', show: points },
    beats: { label: 'Position', show: onNumber(position) },
    seconds: { label: 'In the sample', show: onNumber((value) => `${decimal(value, 4)} s`) },
  },
  notes: {
    time: { label: 'Position', show: onNumber(position) },
    pitch: { label: 'Note', show: onNumber(noteName) },
    duration: { label: 'Length', show: onNumber(length) },
    velocity: { show: onNumber((value) => decimal(value, 1)) },
    probability: { label: 'Chance', show: onNumber((value) => `${decimal(value * 100, 0)} %`) },
    enabled: { label: 'Active', show: (value) => (value === true ? 'yes' : 'no') },
  },
};

/** Fields that no one reads in a table: keys of ours, and of Live. */
const HIDDEN: Readonly<Record<string, ReadonlySet<string>>> = {
  notes: new Set(['key', 'releaseVelocity', 'velocityDeviation']),
  envelopes: new Set(['key', 'target', 'curves']),
  any: new Set(['key']),
};
/** Fields that come first. */
const FIRST = ['name', 'parameter', 'time', 'pitch', 'value', 'text', 'unit'];

const fieldOf = (facet: FacetName, field: string) => FIELDS[facet]?.[field] ?? FIELDS['any']?.[field];

/** The first `most` items, with a column for each field any of them has. */
export function tableOf(
  facet: FacetName,
  items: readonly FacetItem[],
  most: number,
  signature: Signature,
): Table {
  const shown = items.slice(0, most);
  const hidden = HIDDEN[facet] ?? HIDDEN['any'];
  const fields = [...new Set(shown.flatMap((item) => Object.keys(item)))].filter(
    (field) => !hidden?.has(field),
  );
  fields.sort((a, b) => order(a) - order(b));
  const columns = fields.map((field) => ({
    field,
    label: fieldOf(facet, field)?.label ?? humanise(field),
    isNumber: shown.every((item) => item[field] === undefined || typeof item[field] === 'number'),
  }));
  const cell = (item: FacetItem, field: string): string => {
    const value = item[field];
    if (value === undefined) return '';
    return fieldOf(facet, field)?.show?.(value, signature) ?? plain(value);
  };
  return {
    columns,
    rows: shown.map((item) => ({ key: item.key, cells: fields.map((field) => cell(item, field)) })),
  };
}

const order = (field: string): number => {
  const at = FIRST.indexOf(field);
  return at < 0 ? FIRST.length : at;
};
