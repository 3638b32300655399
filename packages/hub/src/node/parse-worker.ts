/** The worker thread of one Set, and the only file of the hub that calls the parser. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import type { FacetName, NodeId, NodeKind, NodeOf, ParsedSet, SetDiff } from '@livetree/live-set';
import {
  DEFAULT_LIMITS,
  diffSets,
  LiveSetError,
  parseSet,
  pointeeCounter,
  readFacet,
  sentences,
  walk,
} from '@livetree/live-set';
import type { SetFile } from '@livetree/live-set/node';
import { gzipOddities, inflateSet, nodePlatform, readSetFile, recognise } from '@livetree/live-set/node';
import type { Telling } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import { COMPARED_CHARACTERS } from '../facet-content.ts';
import type { FileFacts, Stages } from '../set-source.ts';
import { tellSave } from '../telling.ts';
import { cutTree } from '../tree-pieces.ts';
import { wireOpsJson } from '../wire-ops.ts';
import type { FromWorker, ToWorker, WireReading } from './parse-messages.ts';
import { StopFlag, Stopped, stoppable } from './stop-flag.ts';
import { Stopwatch } from './stopwatch.ts';

/** What the thread holds of the Set: the newest reading. The one before it lives until both are compared. */
interface Held {
  readonly set: ParsedSet;
  readonly sha256: string;
  readonly pointees: number | undefined;
  readonly oddities: readonly string[];
}

/** Nodes of one piece of a tree: under 100 KB of JSON, a few ms for who builds it. */
const PIECE_NODES = 250;

const stop = new StopFlag(workerData as SharedArrayBuffer);
const platform = stoppable(nodePlatform, stop);

let held: Held | undefined;
/** A change that was reported, and of which the log has not been told. */
let untold: { readonly before: ParsedSet; readonly diff: SetDiff } | undefined;

/** Reads, and reports; a failure of the Set is a reading too. */
async function report(
  fileName: string,
  read: () => Promise<SetFile> | SetFile,
  keeps = false,
): Promise<void> {
  const watch = new Stopwatch();
  try {
    stop.check();
    const file = await read();
    stop.check();
    watch.lap('read');
    const reading = take(file, fileName, watch);
    postReading(reading);
    const telling = postTelling();
    if (keeps && reading.kind !== 'same') postSaved(file, telling);
  } catch (error) {
    if (error instanceof Stopped) return;
    if (!(error instanceof LiveSetError)) throw error;
    postReading({ kind: 'failed', code: error.code, message: error.message });
  }
}

/** From here to the report nothing may be awaited: what is answered later must be of the reading reported before. */
function take(file: SetFile, fileName: string, watch: Stopwatch): WireReading {
  const { sha256 } = file;
  if (held?.sha256 === sha256) return { kind: 'same', facts: factsOf(file, held, watch.stages) };
  const set = parseSet(file.xml, { platform, limits: DEFAULT_LIMITS, fileName });
  watch.lap('parse');
  const oddities = [...file.oddities, ...set.oddities].map((oddity) => oddity.message);
  const before = held?.set;
  const diff = before && diffSets(before, set);
  held = { set: diff?.after ?? set, sha256, pointees: pointeeCounter(set), oddities };
  const facts = factsOf(file, held, watch.stages);
  if (before !== undefined && diff !== undefined) return changed(before, diff, facts, watch);
  postTree(set.root);
  return { kind: 'first', facts, creator: set.root.props.creator };
}

function changed(before: ParsedSet, diff: SetDiff, facts: FileFacts, watch: Stopwatch): WireReading {
  const { after, ops, touched } = diff;
  const { creator } = after.root.props;
  watch.lap('diff');
  untold = { before, diff };
  const opsJson = wireOpsJson(ops);
  const rest = { facts, touched, creator };
  if (opsJson.length <= SYNC_LIMITS.filePatchBytes) return { kind: 'changed', opsJson, ...rest };
  postTree(after.root);
  return { kind: 'replaced', ...rest };
}

/** After the change itself: that is what clients wait for, and sentences may take as long as comparing. */
function postTelling(): Telling | undefined {
  if (untold === undefined) return undefined;
  const { before, diff } = untold;
  untold = undefined;
  const start = performance.now();
  const telling = tell(before, diff);
  if (telling !== undefined) post({ is: 'telling', telling, ms: performance.now() - start });
  return telling;
}

/** The bytes are copied, so that they can be handed over. */
function postSaved({ file, sha256, sizeBytes, modifiedMs }: SetFile, telling: Telling | undefined): void {
  const bytes = new Uint8Array(file);
  const creator = held?.set.root.props.creator;
  const saved = { time: modifiedMs, sizeBytes, sha256, creator, telling, bytes };
  parentPort?.postMessage({ is: 'saved', saved } satisfies FromWorker, [bytes.buffer]);
}

/** Sentences are for people: where they fail, the change itself must still arrive. */
function tell(before: ParsedSet, diff: SetDiff): Telling | undefined {
  try {
    const kinds = new Map<NodeId, NodeKind>();
    for (const root of [before.root, diff.after.root])
      for (const { id, kind } of walk(root)) kinds.set(id, kind);
    const { ops, touched } = diff;
    return tellSave({ told: sentences(before, diff), ops, touched, kindOf: (id) => kinds.get(id) });
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ is: 'trouble', message: `the sentences of a save could not be made: ${message}` });
    return undefined;
  }
}

function factsOf(file: SetFile, { pointees, oddities }: Held, stages: Stages): FileFacts {
  const { sha256, modifiedMs, sizeBytes } = file;
  return { savedAt: modifiedMs, sizeBytes, sha256, pointees, oddities, stages };
}

/** Bytes without a file, as if they had been read. */
function setFileOf(bytes: Uint8Array, modifiedMs: number): SetFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const xml = inflateSet(file, DEFAULT_LIMITS);
  const oddities = recognise(file) === 'gzip' ? gzipOddities(file, xml.length) : [];
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { file, xml, sha256, modifiedMs, sizeBytes: file.length, oddities };
}

function postFacet(node: NodeId, name: FacetName): void {
  const answer = { is: 'facet', node, facet: name } as const;
  if (held === undefined || !held.set.fingerprints.has(node)) post({ ...answer, items: undefined });
  else {
    const json = JSON.stringify(readFacet(held.set, node, name));
    if (json.length > COMPARED_CHARACTERS) postPacked(answer, json);
    else post({ ...answer, items: { json } });
  }
}

/** As bytes, which cost the hub's thread nothing, neither to take nor to send. */
function postPacked(answer: Omit<FromWorker & { readonly is: 'facet' }, 'items'>, json: string): void {
  const bytes = new TextEncoder().encode(json);
  const sum = createHash('sha1').update(bytes).digest('hex');
  const message: FromWorker = { ...answer, items: { bytes, sum } };
  parentPort?.postMessage(message, [bytes.buffer]);
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

const postReading = (reading: WireReading): void =>
  post({ is: 'reading', reading, postedAt: performance.timeOrigin + performance.now() });

function postTree(root: NodeOf<'set'>): void {
  const { trunk, pieces } = cutTree(root, PIECE_NODES);
  post({ is: 'trunk', rootJson: JSON.stringify(trunk) });
  for (const ops of pieces) post({ is: 'piece', opsJson: JSON.stringify(ops) });
}

function postSnapshot(): void {
  if (held === undefined) return;
  const nodes = walk(held.set.root).length;
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

function handle(message: ToWorker): void {
  switch (message.do) {
    case 'read':
      void report(message.path, () => readSetFile(message.path, DEFAULT_LIMITS), message.keeps);
      return;
    case 'read_bytes':
      void report(message.name, () => setFileOf(message.bytes, message.savedAt));
      return;
    case 'facet':
      postFacet(message.node, message.facet);
      return;
    case 'snapshot':
      postSnapshot();
      return;
    case 'stop':
      return;
    default: {
      const never: never = message;
      throw new Error(`unhandled message ${JSON.stringify(never)}`);
    }
  }
}

/** Without its port nothing holds the thread: it ends when what it awaits has ended. */
parentPort?.on('message', (message: ToWorker) => {
  try {
    if (stop.isUp) parentPort?.close();
    else handle(message);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
});
