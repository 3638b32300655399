/** What a soak found, in words: one line a game, and the table for bench/RESULTS.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const RESULTS = new URL('../../bench/RESULTS.md', import.meta.url);

export const isWrong = ({ differences, mended, isClean, error }) =>
  error !== undefined || differences.length > 0 || (isClean && Object.keys(mended).length > 0);

const settings = ({ label, profile, temperament, faults, mends }) =>
  `${label} ${profile} ${temperament} [${faults}]${mends ? '' : ' nothing mends'}`;

/** One game. @param sum edits up to now */
export function lineOf(game, sum) {
  const { seed, edits, comparisons, seconds, frames, patches, audits, forced, mended } = game;
  const figures = `${edits} edits, ${comparisons} comparisons, ${frames} frames, ${patches} patches, ${audits} audits, ${forced} forced, ${seconds?.toFixed(1)} s`;
  const state = isWrong(game) ? 'WRONG' : 'same ';
  const what = Object.keys(mended).length > 0 ? `, mended ${JSON.stringify(mended)}` : '';
  const lines = [...game.differences, ...(game.error === undefined ? [] : [game.error])];
  return [
    `${String(sum).padStart(7)} ${state} seed ${seed}: ${settings(game)}: ${figures}${what}`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}

const sumOf = (games, what) => games.reduce((sum, game) => sum + (what(game) ?? 0), 0);

function row(name, games) {
  const [edits, comparisons, frames, patches] = ['edits', 'comparisons', 'frames', 'patches'].map((what) =>
    sumOf(games, (game) => game[what]),
  );
  const differences = sumOf(games, (game) => game.differences.length + (game.error === undefined ? 0 : 1));
  const mended = sumOf(games, (game) => sumOf(Object.values(game.mended), (count) => count));
  return `| ${name} | ${games.length} | ${edits} | ${comparisons} | ${frames} | ${patches} | ${differences} | ${mended} |`;
}

/** @param found `{ played, kills, hours, saves, seed, minutes }`; kills, hours and saves as their games end, or undefined */
export function tableOf({ played, kills, hours, saves, seed, minutes }) {
  const groups = [
    ['nothing broken', played.filter((game) => game.isClean && game.mends)],
    ['nothing broken; audit, sweep, resync off', played.filter((game) => game.isClean && !game.mends)],
    ['broken on purpose', played.filter((game) => !game.isClean)],
    ['**all**', played],
  ];
  const versions = [...new Set(played.map(({ profile }) => profile))].sort().join(', ');
  const sets = [...new Set(played.map(({ label }) => label))].sort().join(', ');
  const wrong = played.filter(isWrong).map((game) => `--seed ${game.seed} (${settings(game)})`);
  return [
    `## ${new Date().toISOString().slice(0, 10)}, soak of the live mirror (\`npm run soak\`, first seed ${seed}) · Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model} · ${minutes.toFixed(0)} min`,
    '',
    ...(played.length === 0
      ? []
      : [
          'At every quiet point the tree of the hub is held against the truth of the simulator, once. Wanted: no difference; nothing mended where nothing was broken.',
          '',
          '| games | number | edits | comparisons | frames | patches | differences | mended |',
          '|---|---|---|---|---|---|---|---|',
          ...groups.filter(([, games]) => games.length > 0).map(([name, games]) => row(name, games)),
          '',
          `Undo makes new objects, which only their content tells: of ${sumOf(played, (game) => game.notKnownAgain)} of them, at the ends of the games, what the file knew was not known again.`,
          '',
          `Versions of Live: ${versions}. Sets: ${sets}.`,
          ...(wrong.length === 0 ? [] : [`**Wrong:** ${wrong.join('; ')}`]),
          '',
        ]),
    ...killLines(kills),
    ...hourLines(hours),
    ...saveLines(saves),
  ].join('\n');
}

function killLines(kills) {
  if (kills === undefined) return [];
  const { problems, restates } = kills;
  return [
    `The hub killed (SIGKILL) ${kills.kills} times under ${kills.edits} edits: ${kills.acks} acknowledgements and ${kills.patches} patches of our own log held against the journal after each restart, ${kills.comparisons} comparisons of the tree, ${restates} reading of the Set (the first); problems: ${problems.length === 0 ? 'none' : problems.join('; ')}.`,
    '',
  ];
}

function hourLines(hours) {
  if (hours === undefined) return [];
  const { acts, patches, entries, frames, kept, bytes, problems } = hours;
  return [
    `${hours.hours} simulated hours with ${hours.parameters} automated parameters (${(hours.seconds / 60).toFixed(1)} min): ${acts} acts of the musician, ${patches} rows of changes and ${entries} of the log in the journal; ${frames} frames of the script came, ${kept} of them are kept; growth ${(bytes / 1e6).toFixed(2)} MB; problems: ${problems.length === 0 ? 'none' : problems.join('; ')}.`,
    '',
  ];
}

function saveLines(saves) {
  if (saves === undefined) return [];
  const { games, edits, comparisons, kills, injected, mismatches, disagreements, problems } = saves;
  return [
    `${games} games of saves: ${saves.saves} saves in all ways under ${edits} edits, hub or Live ended ${kills} times; at ${comparisons} quiet points the tree is held against Live's truth and the file, the list since the save against the simulator's own difference; ${injected} events lost on purpose, ${mismatches} mismatches found, ${disagreements} disagreements; problems: ${problems.length === 0 ? 'none' : problems.join('; ')}.`,
    '',
  ];
}

/** Puts the table before all older ones. */
export function keep(table) {
  const text = readFileSync(RESULTS, 'utf8');
  const at = text.indexOf('\n## ') + 1;
  writeFileSync(RESULTS, `${text.slice(0, at)}${table}\n${text.slice(at)}`);
}
