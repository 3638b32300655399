import { barText, type Signature, signatureOf } from '../model/bars.ts';
import type { NodeOf } from '../model/node.ts';
import { meter } from '../parse/decode.ts';
import type { FacetSource } from './facet-source.ts';

/** A signature from one place of the song on. */
export interface MeterChange {
  /** Where it begins, beats. */
  readonly beats: number;
  readonly signature: Signature;
}

/** The signatures of a song in order; the first holds from its start. */
export type Meters = readonly MeterChange[];

const METER_PARAMETER = 'Time Signature';

/** Signature changes are automation of the main track; where nobody has read it, the Set's own signature holds. */
export function metersOf(root: NodeOf<'set'>, facets: FacetSource): Meters {
  const first = { beats: 0, signature: signatureOf(root) };
  const main = root.lists.main?.[0];
  const items = main === undefined ? [] : (facets(main.id, 'envelopes') ?? []);
  const points = items.find((item) => item['parameter'] === METER_PARAMETER)?.['points'];
  if (typeof points !== 'object') return [first];
  const changes = new Map<number, MeterChange>([[0, first]]);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const signature = meter(points[at + 1] as number);
    const beats = Math.max(0, points[at] as number);
    if (signature !== undefined) changes.set(beats, { beats, signature });
  }
  return [...changes.values()].sort((a, b) => a.beats - b.beats);
}

const barLength = ({ numerator, denominator }: Signature): number => (numerator * 4) / denominator;

/** `17.3` as Live's ruler counts it, through all changes of signature; a bar cut short by one counts as a bar. */
export function songPosition(beats: number, meters: Meters): string {
  let bars = 0;
  let current = meters[0] as MeterChange;
  for (const next of meters.slice(1)) {
    if (next.beats > beats + 1e-9) break;
    bars += Math.ceil((next.beats - current.beats) / barLength(current.signature) - 1e-9);
    current = next;
  }
  return barText(beats - current.beats + bars * barLength(current.signature), current.signature);
}

/** Length in bars of one signature, where it is whole ones; else in beats. */
export function songLength(beats: number, { numerator, denominator }: Signature): string {
  const bars = beats / barLength({ numerator, denominator });
  const isWhole = Math.abs(bars - Math.round(bars)) < 1e-6 && Math.round(bars) > 0;
  if (isWhole) return `${Math.round(bars)} bar${Math.round(bars) === 1 ? '' : 's'}`;
  const count = Math.round(((beats * denominator) / 4) * 100) / 100;
  return `${count} beat${count === 1 ? '' : 's'}`;
}
