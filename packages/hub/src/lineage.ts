/** Lineage: a hash chained over the skeleton patches. Two ends that agree on it hold the same tree. */
import type { Epoch, Lineage } from '@livetree/protocol';

/** SHA-1 of the UTF-8 of a text, in hex. Passed in: the pure code knows no platform. */
export type Sha1Hex = (text: string) => string;

/** 64 bits. */
const LINEAGE_DIGITS = 16;

/** Lineage before the first patch of an epoch. */
export const firstLineage = (epoch: Epoch, sha1: Sha1Hex): Lineage => cut(sha1(epoch));

/** Lineage after a patch with these ops: their {@link canonicalJson}, as they go over the wire. */
export const nextLineage = (previous: Lineage, opsJson: string, sha1: Sha1Hex): Lineage =>
  cut(sha1(`${previous}\n${opsJson}`));

/** Lineage after a change that goes to all as a snapshot, whose ops nobody sees. */
export const snapshotLineage = (previous: Lineage, sha1: Sha1Hex): Lineage =>
  cut(sha1(`${previous}\nsnapshot`));

const cut = (hex: string): Lineage => hex.slice(0, LINEAGE_DIGITS);

/** JSON with the keys of every object in order of their UTF-16 units, without spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
