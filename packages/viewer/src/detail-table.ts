/** Details (parameters, notes, …) as simple tables. Pure. */
import type { FacetItem, FacetName, Signature } from '@livetree/live-set';
import { formatInUnit, formatNote, formatNumber } from '@livetree/live-set';
import { humanise, length, plain, position, signed } from './format.ts';
import { movingText } from './motion.ts';

export interface Table {
  readonly columns: readonly { readonly field: string; readonly label: string; readonly isNumber: boolean }[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: readonly string[];
    /** Live moves its value now. */
    readonly isMoving: boolean;
  }[];
}

/** What a table needs beyond its items. */
export interface TableFrame {
  readonly signature: Signature;
  /** Values that Live moves now, by key, in its own scale. */
  readonly moved?: ReadonlyMap<string, number> | undefined;
}

type Value = FacetItem[string];
interface Cell extends TableFrame {
  readonly item: FacetItem;
}
type Show = (value: Value, cell: Cell) => string;
interface Field {
  readonly label?: string;
  readonly show?: Show;
}

const onNumber =
  (show: (value: number, signature: Signature) => string): Show =>
  (value, { signature }) =>
    typeof value === 'number' ? show(value, signature) : plain(value);
const yesNo: Show = (value) => (value === true ? 'yes' : 'no');
const points: Show = (value) => (typeof value === 'object' ? String(value.length / 2) : plain(value));
const inUnit: Show = (value, { item, moved }) => {
  const now = moved?.get(item.key);
  return now === undefined ? atRest(value, item) : movingText(item, now);
};
const atRest = (value: Value, item: FacetItem): string =>
  typeof value === 'number' && typeof item['unit'] === 'string'
    ? formatInUnit(value, item['unit'])
    : plain(value);

/** Words and units by field; what is not here is shown under its own name. */
const FIELDS: Readonly<Record<FacetName, Readonly<Record<string, Field>>>> = {
  parameters: {
    value: { show: inUnit },
    originalName: { label: 'Live’s name' },
    automated: { show: yesNo },
    inactive: { show: yesNo },
  },
  notes: {
    time: { label: 'Position', show: onNumber(position) },
    pitch: { label: 'Note', show: onNumber(formatNote) },
    duration: { label: 'Length', show: onNumber(length) },
    velocity: { show: onNumber((value) => formatNumber(value, 1)) },
    probability: { label: 'Chance', show: onNumber((value) => `${formatNumber(value * 100, 0)} %`) },
    enabled: { label: 'Active', show: yesNo },
  },
  warpMarkers: {
    beats: { label: 'Position', show: onNumber(position) },
    seconds: { label: 'In the sample', show: onNumber((value) => `${formatNumber(value, 4)} s`) },
  },
  envelopes: { points: { show: points } },
  samples: {
    rootKey: { label: 'Root note', show: onNumber(formatNote) },
    detuneCents: { label: 'Detune', show: onNumber((value) => signed(value, 'ct')) },
    sampleStart: { label: 'From frame' },
    sampleEnd: { label: 'To frame' },
    path: { label: 'File' },
  },
};

/** Keys, and what another column already says. */
const HIDDEN: Readonly<Record<FacetName, readonly string[]>> = {
  parameters: ['key', 'unit', 'raw', 'target', 'rangeMin', 'rangeMax', 'min', 'max'],
  notes: ['key', 'releaseVelocity', 'velocityDeviation'],
  warpMarkers: ['key'],
  envelopes: ['key', 'target', 'curves', 'steps'],
  samples: ['key'],
};
/** Fields that come first. */
const FIRST = ['name', 'parameter', 'time', 'beats', 'pitch', 'value'];

/** The first `most` items, with a column for each field any of them has. */
export function tableOf(
  facet: FacetName,
  items: readonly FacetItem[],
  most: number,
  frame: TableFrame,
): Table {
  const shown = items.slice(0, most);
  const fields = [...new Set(shown.flatMap((item) => Object.keys(item)))]
    .filter((field) => !HIDDEN[facet].includes(field))
    .sort((a, b) => order(a) - order(b));
  const columns = fields.map((field) => ({
    field,
    label: FIELDS[facet][field]?.label ?? humanise(field),
    isNumber: shown.every((item) => item[field] === undefined || typeof item[field] === 'number'),
  }));
  const cells = (item: FacetItem) => fields.map((field) => cellText(facet, field, { item, ...frame }));
  const rowOf = (item: FacetItem) => ({
    key: item.key,
    cells: cells(item),
    isMoving: facet === 'parameters' && frame.moved?.has(item.key) === true,
  });
  return { columns, rows: shown.map(rowOf) };
}

function cellText(facet: FacetName, field: string, cell: Cell): string {
  const value = cell.item[field];
  if (value === undefined) return '';
  return FIELDS[facet][field]?.show?.(value, cell) ?? plain(value);
}

const order = (field: string): number => {
  const at = FIRST.indexOf(field);
  return at < 0 ? FIRST.length : at;
};
