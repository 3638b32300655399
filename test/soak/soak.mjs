/**
 * npm run soak: a random musician edits real Sets in the simulator; at every quiet point the hub's tree is compared
 * with Live's truth, once. Then the hub is killed under editing, again and again, and its journal held against a log
 * of our own; then two simulated hours of automation go by.
 *
 *   --edits N     default 100000, over all games        --minutes N   games end sooner
 *   --seed N      of the first game, default 1          --jobs N      games at a time, default 1
 *   --kills N     default 200                           --hours N     default 2, simulated
 *   --saves N     default 40, games of 25 rounds of edits and saves
 *   --write       the table goes to bench/RESULTS.md
 *
 * One game again: --seed N --edits 1 --whole. Exit code 1 on any difference, or when something had to be mended that
 * nobody broke; the seed is printed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import './typescript.mjs';
import { isWrong, keep, lineOf, tableOf } from './report.mjs';

const { games } = await import('./games.ts');
const { play } = await import('./play.ts');
const { playKills } = await import('./kills.ts');
const { playHours } = await import('./hours.ts');
const { playSavesGames } = await import('./saves.ts');

const number = (value) => ({ type: 'string', default: String(value) });
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({
  options: {
    edits: number(100_000),
    seed: number(1),
    minutes: number(600),
    jobs: number(1),
    kills: number(200),
    saves: number(40),
    hours: number(2),
    write: flag,
    whole: flag,
    help: flag,
  },
});
if (values.help) {
  const [, text = ''] = /^\/\*\*\n(.*?)^ \*\//ms.exec(readFileSync(import.meta.filename, 'utf8')) ?? [];
  process.stdout.write(text.replace(/^ \* ?/gm, ''));
  process.exit(0);
}
const began = performance.now();
const minutes = () => (performance.now() - began) / 60_000;
const say = (text) => process.stdout.write(`${text}\n`);
const planned = games(Number(values.seed));
const played = [];
let left = Number(values.edits);

async function job() {
  while (left > 0 && minutes() < Number(values.minutes)) {
    const game = planned.next().value;
    const edits = values.whole ? game.edits : Math.min(game.edits, left);
    left -= edits;
    const outcome = await play({ ...game, edits }).catch((error) => ({
      error: String(error?.message ?? error).slice(0, 2000),
      edits: 0,
      comparisons: 0,
      differences: [],
      mended: {},
    }));
    played.push({ ...game, ...outcome });
    const sum = played.reduce((total, each) => total + each.edits, 0);
    say(lineOf(played.at(-1), sum));
  }
}

process.on('exit', (code) => {
  if (code !== 0) say(`ended with ${code} after ${played.length} games, ${minutes().toFixed(1)} min`);
});
await Promise.all(Array.from({ length: Number(values.jobs) }, job));
const seed = Number(values.seed);
const kills =
  Number(values.kills) > 0
    ? await playKills({ seed, kills: Number(values.kills) }, (n) => n % 10 === 0 && say(`${n} kills`))
    : undefined;
const hours =
  Number(values.hours) > 0
    ? await playHours(
        { seed, hours: Number(values.hours), parameters: 500 },
        (n) => n % 10 === 0 && say(`${n} simulated minutes`),
      )
    : undefined;
const saves =
  Number(values.saves) > 0
    ? await playSavesGames({ seed, games: Number(values.saves), rounds: 25 }, (line) => say(line))
    : undefined;
const table = tableOf({ played, kills, hours, saves, seed, minutes: minutes() });
say(`\n${table}`);
if (values.write) keep(table);
const problems = [...(kills?.problems ?? []), ...(hours?.problems ?? []), ...(saves?.problems ?? [])];
process.exit(played.some(isWrong) || problems.length > 0 ? 1 : 0);
