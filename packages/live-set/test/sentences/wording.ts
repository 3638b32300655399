/** What must never stand in a sentence. */

import type { TreeNode } from '../../src/model/node.ts';
import { walk } from '../../src/patch/tree.ts';

/** Words of the code that users do not see (and some that mean something else in Live). */
export const INNER_WORDS =
  /\b(nodes?|ops?|patch(es)?|revisions?|epochs?|lineage|script runs?|origins?|facets?|pumps?|drift(ed)?|reconciled?|snapshots?|stalled|opaque)\b/i;

/** Traces of a value that nobody formatted. */
export const RAW = /undefined|null|NaN|Infinity|\[object|→ ?$|: ?$|\d\.\d{7,}|\d-\d*e|(^|[^\w])-\d/;

/** An id of a node, or a tag of the file's XML. */
export const INNER_NAMES =
  /\b[tdc]\d{4,}\b|\bs\d+\b|@\d|AudioOut\/|MidiOut\/|AudioIn\/|MidiIn\/|\b(MxD|Bands\.|MacroControls|PluginDesc|LastPresetRef|SourceContext|FileRef|[A-Z][a-z]+[A-Z]\w*(Device|Track|Slot|Branch))\b/;

/** All names that users and makers gave: what they write is theirs. */
export function givenNames(roots: readonly TreeNode[], more: Iterable<string> = []): readonly string[] {
  const names = new Set<string>(more);
  for (const root of roots) {
    for (const { props } of walk(root)) {
      for (const value of Object.values(props)) if (typeof value === 'string') names.add(value);
    }
  }
  return [...names].filter((name) => name.trim() !== '').sort((a, b) => b.length - a.length);
}

/** The sentence without names that stand in it whole. */
export function withoutNames(text: string, names: readonly string[]): string {
  let rest = text;
  for (const name of names) {
    const line = name.replace(/\p{Cc}+/gu, ' ').trim();
    const cut = line.length > 48 ? line.slice(0, 47).trimEnd() : line;
    if (cut !== '' && rest.includes(cut)) rest = rest.replaceAll(cut, '·');
  }
  return rest;
}
