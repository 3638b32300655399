/**
 * What might hold the hub's event loop: a clip with very many notes that a client opens, and a save whose ops are
 * just small enough to go out as a patch. Both made here. The longest turn, in CPU time of the hub's own thread.
 *
 *   node bench/big-turns.mjs [clients=20]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { probeLoop } from './loop.mjs';

const NOTES = 55_000;
const TRACKS = 2_600;
const clients = Number(process.argv[2] ?? 20);

/** In a process of their own. The first one opens the notes of the clip that has most. */
async function runClients(port, count) {
  const { WebSocket } = await import('ws');
  const sockets = Array.from({ length: count }, () => new WebSocket(`ws://127.0.0.1:${port}/sync`));
  for (const [at, socket] of sockets.entries()) {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', protocol: 1, request: 'h' })));
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? { type: 'chunk' } : JSON.parse(data.toString());
      process.send({ is: message.type, at, bytes: data.length, ops: message.ops?.length });
    });
  }
  process.on('message', ({ node }) => {
    const ask = JSON.stringify({ type: 'open_facet', request: 'f', node, facet: 'notes' });
    for (const socket of sockets.slice(0, 1)) socket.send(ask);
  });
}

const demo = gunzipSync(readFileSync(new URL('../fixtures/demo.als', import.meta.url))).toString();

function manyNotes() {
  const note = (at) =>
    `<MidiNoteEvent Time="${at / 4}" Duration="0.25" Velocity="${(at % 127) + 1}" NoteId="${at + 100}" />`;
  const notes = Array.from({ length: NOTES }, (_, at) => note(at)).join('');
  return demo.replace(/<KeyTrack [^>]*>\s*<Notes>/, (begin) => begin + notes);
}

function manyTracks(name) {
  const track = (id) =>
    `<MidiTrack Id="${id}"><Name><EffectiveName Value="${name} ${id}" /></Name><Color Value="1" /></MidiTrack>`;
  const tracks = Array.from({ length: TRACKS }, (_, id) => track(id)).join('');
  const head = 'MajorVersion="5" MinorVersion="12.0_12117" Creator="Ableton Live 12.1.11"';
  return `<?xml version="1.0" encoding="UTF-8"?><Ableton ${head}><LiveSet><Tracks>${tracks}</Tracks></LiveSet></Ableton>`;
}

async function measure() {
  const { startHub } = await import(new URL('../packages/hub/dist/node/index.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'livetree-bench-'));
  const path = join(folder, 'Big.als');
  const run = async (first, what) => {
    writeFileSync(path, first);
    const hub = await startHub({ port: 0, paths: [path] });
    const child = fork(fileURLToPath(import.meta.url), ['clients', String(hub.port), String(clients)]);
    const heard = [];
    child.on('message', (message) => heard.push(message));
    const has = (is, count) => until(() => heard.filter((message) => message.is === is).length >= count);
    await has('snapshot', clients);
    await pause(500);
    await what({ hub, child, heard, has });
    child.kill();
    await hub.close();
  };
  await run(manyNotes(), async ({ hub, child, heard, has }) => {
    const node = await busiestClip(hub);
    const probe = probeLoop();
    child.send({ node });
    await has('facet', 1);
    const { bytes } = heard.find(({ is }) => is === 'facet');
    print(`a facet of ${NOTES} notes, ${(bytes / 1e6).toFixed(1)} MB`, probe.stop());
  });
  await run(manyTracks('Track'), async ({ heard, has }) => {
    for (let save = 1; save <= 3; save++) {
      writeFileSync(`${path}.tmp`, manyTracks(save % 2 === 0 ? 'Track' : 'Another'));
      const probe = probeLoop();
      renameSync(`${path}.tmp`, path);
      await has('patch', clients * save);
      const { bytes, ops } = heard.findLast(({ is }) => is === 'patch');
      print(`a patch of ${ops} ops, ${(bytes / 1e3).toFixed(0)} KB, to ${clients} clients`, probe.stop());
      await pause(1_500);
    }
  });
  rmSync(folder, { recursive: true });
}

async function busiestClip({ port, sets }) {
  const { root } = await (await fetch(`http://127.0.0.1:${port}/api/sets/${sets[0].id}/tree`)).json();
  const all = (node) => [node, ...Object.values(node.lists).flat().flatMap(all)];
  const notes = ({ props }) => props.noteCount ?? 0;
  return all(root).reduce((most, node) => (notes(node) > notes(most) ? node : most)).id;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const print = (what, { maxDelayMs, maxTurnCpuMs }) =>
  console.log(
    `${what}: longest turn ${maxTurnCpuMs.toFixed(1)} ms CPU, longest delay ${maxDelayMs.toFixed(1)} ms`,
  );

async function until(isTrue) {
  const end = Date.now() + 60_000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await pause(20);
  }
}

if (process.argv[2] === 'clients') await runClients(Number(process.argv[3]), Number(process.argv[4]));
else await measure();
