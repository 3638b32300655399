/** Merges the patches that wait for a slow client. */
import { compose } from '@livetree/live-set';
import type { PatchMessage, SetId } from '@livetree/protocol';
import type { KeptPatch } from './history.ts';
import { utf8Bytes } from './text.ts';

/** The patch as it goes over the wire. @param opsJson JSON of its ops */
export function encodePatch(
  set: SetId,
  patch: Omit<KeptPatch, 'text' | 'bytes'>,
  opsJson: string,
  merged = 1,
): KeptPatch {
  const { from, to, lineage, time, origin } = patch;
  const count = merged > 1 ? { merged } : {};
  const message: Omit<PatchMessage, 'ops'> = {
    type: 'patch',
    set,
    from,
    to,
    lineage,
    ...count,
    time,
    origin,
  };
  const text = `${JSON.stringify(message).slice(0, -1)},"ops":${opsJson}}`;
  return { ...patch, text, bytes: utf8Bytes(text) };
}

/**
 * One patch that does what these do one after the other: `from` of the first; `to`, lineage, time and origin
 * of the last. So who has taken it stands where the others stand, and can go on and come back as they do.
 */
export function mergePatches(set: SetId, patches: readonly KeptPatch[]): KeptPatch | undefined {
  const [first] = patches;
  const last = patches.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (first === last) return first;
  const ops = compose(...patches.map((patch) => patch.ops));
  return encodePatch(set, { ...last, from: first.from, ops }, JSON.stringify(ops), patches.length);
}
