/** Packs a tree for clients without holding the loop up: a few milliseconds in each turn. */
import { setImmediate as turn } from 'node:timers/promises';
import { createDeflateRaw } from 'node:zlib';
import { SYNC_LIMITS } from '@livetree/protocol';
import type { Authority } from '../authority.ts';
import { jsonSlices } from '../json-slices.ts';
import type { PackedSkeleton } from '../set-room.ts';

/** ms of one turn. */
const TURN_MS = 6;
/** Characters handed over at a time. */
const SLICE = 64 * 1024;
/** Quick rather than small: it is for this computer. */
const LEVEL = 1;

/** The tree as it is now, however long it takes: it never changes in place. */
export async function packTree(authority: Authority): Promise<PackedSkeleton> {
  const { root, epoch, skeleton: revision, lineage, nodeCount: nodes } = authority;
  const deflate = createDeflateRaw({ level: LEVEL });
  const parts: Uint8Array[] = [];
  deflate.on('data', (part: Uint8Array) => parts.push(part));
  const done = new Promise((resolve, reject) => {
    deflate.once('end', resolve);
    deflate.once('error', reject);
  });
  let text = '';
  let end = performance.now() + TURN_MS;
  for (const slice of jsonSlices(root)) {
    text += slice;
    if (text.length >= SLICE) {
      deflate.write(text);
      text = '';
    }
    if (performance.now() < end) continue;
    await turn();
    end = performance.now() + TURN_MS;
  }
  deflate.end(text);
  await done;
  return { chunks: framesOf(Buffer.concat(parts)), nodes, at: { epoch, revision, lineage } };
}

function framesOf(packed: Uint8Array): readonly Uint8Array[] {
  const most = SYNC_LIMITS.snapshotChunkBytes;
  const frames = Math.ceil(packed.length / most);
  return Array.from({ length: frames }, (_, at) => packed.subarray(at * most, (at + 1) * most));
}
