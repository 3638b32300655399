/** Which games the soak plays: every Set with every temperament, switch and version, each with a seed of its own. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Game } from './play.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const CORPUS = process.env['LIVETREE_CORPUS'] ?? resolve(ROOT, '../shared/corpus');

/** Real Sets, from Live 9 to 12, with a share of the edits each: a big one takes long to be compared. */
const SETS: readonly (readonly [name: string, edits: number])[] = [
  ['mapspat_demo', 1000],
  ['producerpal_e2e_test_set', 1000],
  ['besser_house_track', 1000],
  ['launchpadseq_advanced_l10', 1000],
  ['besser_language', 1000],
  ['producerpal_drum_lead', 1000],
  ['keijiro_dxft', 1000],
  ['unableton_hi', 1000],
  ['tedx_set', 600],
  ['menke_edmfastjm_l12', 300],
];
const TEMPERAMENTS = ['editing', 'mixed', 'performing', 'editing', 'automating'] as const;
/** What nobody knows about Live: none of it may make a difference, or need mending. */
const UNKNOWNS = [
  'default',
  'none',
  'default,reuse',
  'order,duplicate,early,half,new_on_move',
  'default,silent_replace',
  'default,stalls',
  'default,reuse,silent_replace,new_on_move,stalls',
];
/** Every switch but `lost`. */
const ALL =
  'order,duplicate,early,half,reuse,new_on_move,silent_replace,dead_first,two_instances,stalls,refuse,reads';
/** What goes wrong: the tree is right all the same, mended where need be. */
const INJECTED = [
  ALL,
  'default,refuse',
  ALL,
  'default,reads',
  ALL,
  'default,refuse,reads,reuse',
  ALL,
  'default,lost=0.002',
];
const PROFILES = ['12.3.6', '12.3.6', '12.0.5', '12.3.6', '11.3.43', '12.3.6', '11.0.0'];

type Chosen = readonly [label: string, path: string | undefined, edits: number];
const SMALL: Chosen = ['small', undefined, 1000];

export interface Planned extends Game {
  readonly label: string;
  /** Nothing is broken by intent: no counter of mending may rise. */
  readonly isClean: boolean;
}

/** Endless. A seed is one game, whatever the first one was. */
export function* games(seed: number): Generator<Planned> {
  const sets = setsThere();
  for (let at = seed; ; at++) yield gameOf(sets, at);
}

/** Games come in pairs on one Set: the first of them clean, in the second things are broken. */
function gameOf(sets: readonly Chosen[], seed: number): Planned {
  const pair = Math.floor(seed / 2);
  const isInjected = seed % 2 === 1;
  const faults = isInjected ? pick(INJECTED, pair) : pick(UNKNOWNS, pair);
  const [label, path, edits] = faults.includes('lost') ? SMALL : pick(sets, pair);
  return {
    label,
    set: path,
    edits,
    seed,
    round: 40 + (pair % 4) * 20,
    temperament: pick(TEMPERAMENTS, seed + Math.floor(pair / sets.length)),
    profile: pick(PROFILES, seed),
    faults,
    // A clip that is replaced without a word can only be found by a sweep.
    mends: isInjected || pair % 5 < 3 || faults.includes('silent_replace'),
    auditsToo: faults.includes('lost'),
    isClean: !isInjected,
  };
}

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

function setsThere(): readonly Chosen[] {
  const own = join(ROOT, 'fixtures/demo-live.als');
  const real = SETS.map(([name, edits]) => [name, join(CORPUS, 'files', `${name}.als`), edits] as const);
  const there = real.filter(([, path]) => existsSync(path));
  if (there.length < real.length)
    process.stderr.write(`${real.length - there.length} Sets of the corpus are missing\n`);
  return [SMALL, ...there, [basename(own, '.als'), own, 600]];
}
