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
/** What goes wrong: the tree is right all the same, mended where need be. */
const INJECTED = ['default,refuse', 'default,reads', 'default,refuse,reads,reuse', 'default,lost=0.002'];
const PROFILES = ['12.3.6', '12.3.6', '12.0.5', '12.3.6', '11.3.43', '12.3.6', '11.0.0'];

const SMALL: readonly [string, string | undefined, number] = ['small', undefined, 1000];

export interface Planned extends Game {
  readonly label: string;
  /** Nothing is broken by intent: no counter of mending may rise. */
  readonly isClean: boolean;
}

/** Endless; the same for the same seed. */
export function* games(seed: number): Generator<Planned> {
  const sets = setsThere();
  for (let at = 0; ; at++) {
    const isInjected = at % 6 === 5;
    const faults = isInjected ? pick(INJECTED, (at - 5) / 6) : pick(UNKNOWNS, at);
    const [label, path, edits] = faults.includes('lost') ? SMALL : pick(sets, at);
    yield {
      label,
      set: path,
      edits,
      seed: seed + at,
      round: 40 + (at % 4) * 20,
      temperament: pick(TEMPERAMENTS, at + Math.floor(at / sets.length)),
      profile: pick(PROFILES, at),
      faults,
      mends: isInjected || at % 4 !== 3,
      auditsToo: faults.includes('lost'),
      isClean: !isInjected,
    };
  }
}

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

function setsThere(): readonly (readonly [string, string | undefined, number])[] {
  const own = join(ROOT, 'fixtures/demo-live.als');
  const real = SETS.map(([name, edits]) => [name, join(CORPUS, 'files', `${name}.als`), edits] as const);
  const there = real.filter(([, path]) => existsSync(path));
  if (there.length < real.length)
    process.stderr.write(`${real.length - there.length} Sets of the corpus are missing\n`);
  return [SMALL, ...there, [basename(own, '.als'), own, 600]];
}
