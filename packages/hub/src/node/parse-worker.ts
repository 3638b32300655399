/** The worker thread of one Set, and the only file of the hub that calls the parser. */
import { parentPort } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import type { FacetName, NodeId, ParsedSet } from '@livetree/live-set';
import { DEFAULT_LIMITS, diffSets, LiveSetError, parseSet, readFacet, walk } from '@livetree/live-set';
import { nodePlatform, readSetFile } from '@livetree/live-set/node';
import { SYNC_LIMITS } from '@livetree/protocol';
import type { FileFacts } from '../set-source.ts';
import type { FromWorker, ToWorker, WireReading } from './parse-messages.ts';

/** What the thread holds of the Set: the newest reading. The one before it lives until both are compared. */
interface Held {
  readonly set: ParsedSet;
  readonly sha256: string;
  readonly oddities: readonly string[];
}

let held: Held | undefined;

async function read(path: string): Promise<WireReading> {
  try {
    const { xml, sha256, modifiedMs, sizeBytes, oddities } = await readSetFile(path, DEFAULT_LIMITS);
    const facts = { savedAt: modifiedMs, sizeBytes, sha256 };
    const same = held?.sha256 === sha256 ? held : undefined;
    if (same) return { kind: 'same', facts: { ...facts, oddities: same.oddities } };
    const set = parseSet(xml, { platform: nodePlatform, limits: DEFAULT_LIMITS });
    return take(set, { ...facts, oddities: [...oddities, ...set.oddities].map((oddity) => oddity.message) });
  } catch (error) {
    if (!(error instanceof LiveSetError)) throw error;
    return { kind: 'failed', code: error.code, message: error.message };
  }
}

/** From here to the report nothing may be awaited: what is answered later must be of the reading reported before. */
function take(set: ParsedSet, facts: FileFacts): WireReading {
  const { sha256, oddities } = facts;
  if (held === undefined) {
    held = { set, sha256, oddities };
    return { kind: 'first', facts, rootJson: JSON.stringify(set.root) };
  }
  const { after, ops, touched } = diffSets(held.set, set);
  held = { set: after, sha256, oddities };
  return { kind: 'changed', facts, touched, creator: after.root.props.creator, opsJson: JSON.stringify(ops) };
}

function facet(node: NodeId, name: FacetName): FromWorker {
  const isKnown = held?.set.fingerprints.has(node) === true;
  return {
    is: 'facet',
    node,
    facet: name,
    items: held && isKnown ? readFacet(held.set, node, name) : undefined,
  };
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function postSnapshot(): void {
  if (held === undefined) return;
  const nodes = [...walk(held.set.root)].length;
  const packed = deflateRawSync(JSON.stringify(held.set.root), { level: 1 });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < packed.length; at += SYNC_LIMITS.snapshotChunkBytes)
    chunks.push(new Uint8Array(packed.subarray(at, at + SYNC_LIMITS.snapshotChunkBytes)));
  const message: FromWorker = { is: 'snapshot', chunks, nodes };
  parentPort?.postMessage(
    message,
    chunks.map((chunk) => chunk.buffer),
  );
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.do) {
    case 'read':
      void read(message.path).then((reading) => post({ is: 'reading', reading }));
      return;
    case 'facet':
      post(facet(message.node, message.facet));
      return;
    case 'snapshot':
      postSnapshot();
      return;
    default: {
      const never: never = message;
      throw new Error(`unhandled message ${JSON.stringify(never)}`);
    }
  }
});
