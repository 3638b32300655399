/**
 * npm run soak: a random musician edits real Sets in the simulator; at every quiet point the hub's tree is compared
 * with Live's truth, once.
 *
 *   --edits N     default 100000, over all games        --minutes N   ends sooner
 *   --seed N      of the first game, default 1          --jobs N      games at a time, default 1
 *   --kills N     default 0: so many times the hub is killed under editing, and its journal held against a log of our own
 *
 * Exit code 1 on any difference, or when something had to be mended that nobody broke; the seed is printed.
 */
import { parseArgs } from 'node:util';
import './typescript.mjs';

const { games } = await import('./games.ts');
const { play } = await import('./play.ts');
const { playKills } = await import('./kills.ts');

const number = (value) => ({ type: 'string', default: String(value) });
const { values } = parseArgs({
  options: {
    edits: number(100_000),
    seed: number(1),
    minutes: number(600),
    jobs: number(1),
    kills: number(0),
  },
});
const end = Date.now() + Number(values.minutes) * 60_000;
const planned = games(Number(values.seed));
const played = [];
let left = Number(values.edits);

const isWrong = ({ differences, mended, isClean, error }) =>
  error !== undefined || differences.length > 0 || (isClean && Object.keys(mended).length > 0);

async function job() {
  while (left > 0 && Date.now() < end) {
    const game = planned.next().value;
    const edits = Math.min(game.edits, left);
    left -= edits;
    const outcome = await play({ ...game, edits }).catch((error) => ({
      error: String(error?.message ?? error).slice(0, 2000),
      edits: 0,
      comparisons: 0,
      differences: [],
      mended: {},
    }));
    played.push({ ...game, ...outcome });
    tell(played.at(-1));
  }
}

const settings = ({ label, profile, temperament, faults, mends }) =>
  `${label} ${profile} ${temperament} [${faults}]${mends ? '' : ' nothing mends'}`;

function tell(game) {
  const { seed, edits, comparisons, seconds, frames, patches, audits, forced, mended, differences, error } =
    game;
  const sum = played.reduce((total, each) => total + each.edits, 0);
  const figures = `${edits} edits, ${comparisons} comparisons, ${frames} frames, ${patches} patches, ${audits} audits, ${forced} forced, ${seconds?.toFixed(1)} s`;
  const state = isWrong(game) ? 'WRONG' : 'same ';
  process.stdout.write(`${String(sum).padStart(7)} ${state} seed ${seed}: ${settings(game)}: ${figures}`);
  process.stdout.write(Object.keys(mended).length > 0 ? `, mended ${JSON.stringify(mended)}\n` : '\n');
  for (const line of [...differences, ...(error === undefined ? [] : [error])])
    process.stdout.write(`    ${line}\n`);
}

/** @returns what did not hold */
async function killed(count) {
  const told = (kills) => kills % 10 === 0 && process.stdout.write(`${kills} kills\n`);
  const outcome = await playKills({ seed: Number(values.seed), kills: count }, told);
  process.stdout.write(`\n${JSON.stringify(outcome)}\n`);
  return outcome.kills === count ? outcome.problems : ['not all kills were made', ...outcome.problems];
}

const began = performance.now();
process.on('exit', (code) => {
  if (code !== 0) process.stdout.write(`ended with ${code} after ${played.length} games\n`);
});
await Promise.all(Array.from({ length: Number(values.jobs) }, job));

const total = (what) => played.reduce((sum, game) => sum + (what(game) ?? 0), 0);
const by = (word) => {
  const rows = Map.groupBy ? Map.groupBy(played, word) : group(word);
  return [...rows].map(([name, of]) => ({
    name,
    edits: of.reduce((sum, { edits }) => sum + edits, 0),
    comparisons: of.reduce((sum, { comparisons }) => sum + comparisons, 0),
    wrong: of.filter(isWrong).length,
  }));
};
function group(word) {
  const rows = new Map();
  for (const game of played) rows.set(word(game), [...(rows.get(word(game)) ?? []), game]);
  return rows;
}
for (const word of [
  ({ label }) => label,
  ({ temperament }) => temperament,
  ({ faults }) => faults,
  ({ profile }) => profile,
]) {
  process.stdout.write('\n');
  for (const { name, edits, comparisons, wrong } of by(word))
    process.stdout.write(
      `${name.padEnd(52)} ${String(edits).padStart(7)} edits ${String(comparisons).padStart(6)} comparisons ${wrong} wrong\n`,
    );
}
const kills = Number(values.kills) > 0 ? await killed(Number(values.kills)) : [];
const wrong = played.filter(isWrong);
process.stdout.write(
  `\n${total(({ edits }) => edits)} edits, ${total(({ comparisons }) => comparisons)} comparisons, ${wrong.length} of ${played.length} games wrong, ${((performance.now() - began) / 60_000).toFixed(1)} min\n`,
);
for (const game of wrong) process.stdout.write(`wrong: --seed ${game.seed} (${settings(game)})\n`);
process.exit(wrong.length + kills.length > 0 ? 1 : 0);
