/**
 * Applying ops to a tree of 20,000 nodes, composing 10,000 ops, undoing them: against JSON.parse of the same
 * ops, which every receiver pays first.
 *
 *   node bench/patch.mjs
 */
import { median, milliseconds } from './corpus.mjs';

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { Tree, compose, invert, withWas } = await import(new URL('index.js', built));
const TRACKS = 200;
const DEVICES = 10;
const CLIPS = 89;
const OPS = 10_000;
const KEYS = 500;
const ROUNDS = 7;

const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const device = (id) => ({
  id,
  kind: 'device',
  props: { name: 'EQ Eight', on: true, parameterCount: 40 },
  lists: {},
});
const clip = (id, at) => ({
  id,
  kind: 'clip',
  props: { name: 'Verse', start: at * 4, length: 4, color: 12 },
  lists: {},
});
const track = (id) => ({
  id,
  kind: 'track',
  props: { name: 'Bass', type: 'midi', volumeDb: -6, pan: 0, color: 3 },
  lists: {
    devices: times(DEVICES, (at) => device(`${id}/device-${at}`)),
    arrangement: times(CLIPS, (at) => clip(`${id}/clip-${at}`, at)),
  },
});
const root = {
  id: 'set',
  kind: 'set',
  props: {},
  lists: { tracks: times(TRACKS, (at) => track(`track-${at}`)) },
};

/** A spread without randomness: the same ops in every run. */
const spread = (at, below) => (at * 7919) % below;
const set = (at, keys) => ({
  op: 'set',
  id: `track-${spread(at, keys) % TRACKS}/clip-${Math.floor(spread(at, keys) / TRACKS)}`,
  props: { start: at },
});
const drag = (at) => {
  const home = `track-${spread(at, TRACKS)}`;
  const id = `${home}/clip-${at % CLIPS}`;
  return { op: 'move', id, parent: home, list: 'arrangement', index: spread(at, CLIPS) };
};
const comeAndGo = (at) => {
  const id = `new-${at >> 1}`;
  const parent = `track-${spread(at >> 1, TRACKS)}`;
  if (at % 2 === 1) return { op: 'remove', id };
  return { op: 'insert', parent, list: 'devices', index: 0, node: device(id) };
};

const loads = {
  [`sets of ${KEYS} nodes`]: times(OPS, (at) => set(at, KEYS)),
  'sets of all clips': times(OPS, (at) => set(at, TRACKS * CLIPS)),
  'clips dragged in their track': times(OPS, drag),
  'devices inserted and removed': times(OPS, comeAndGo),
};

/** Median of several rounds; each round gets what `prepare` makes, untimed. */
function timed(work, prepare = () => undefined) {
  const found = [];
  for (let round = -1; round < ROUNDS; round++) {
    const input = prepare();
    const { ms } = milliseconds(() => work(input));
    if (round >= 0) found.push(ms);
  }
  return median(found);
}

const nodes = new Tree(root).size;
console.log(`tree of ${nodes} nodes, ${OPS} ops a row; x = times JSON.parse of the same ops`);
for (const [name, ops] of Object.entries(loads)) {
  const text = JSON.stringify(ops);
  const parse = timed(() => JSON.parse(text));
  const apply = timed(
    (tree) => tree.apply(ops),
    () => new Tree(root),
  );
  const told = withWas(root, ops);
  const composing = timed(() => compose(ops));
  const composingTold = timed(() => compose(told));
  const inverting = timed(() => invert(told));
  const cost = (ms) => `${ms.toFixed(1)} ms (${(ms / parse).toFixed(1)}x)`;
  console.log(`\n${name}: JSON.parse ${parse.toFixed(1)} ms`);
  console.log(`  apply   ${cost(apply)}, ${Math.round(OPS / (apply / 1000)).toLocaleString('en')} ops/s`);
  console.log(`  compose ${cost(composing)} to ${compose(ops).length} ops`);
  console.log(`  compose with was ${cost(composingTold)} to ${compose(told).length} ops`);
  console.log(`  invert  ${cost(inverting)}`);
}
