/**
 * A seeded game of saves: a musician edits, the Set is saved at random moments and in all ways, the hub and Live are
 * killed, events get lost on purpose, the file is replaced from outside. At each quiet point the tree is Live's truth
 * and the file's, and the list is what changed since the save, found by the simulator's own identities; each lost
 * event is found, and Live insists on nothing.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SentenceKind } from '@livetree/live-set';
import type { Unsaved } from '@livetree/protocol';
import { Saves } from '../saves/world.ts';
import type { Described } from '../simulator.ts';
import { CORPUS } from './games.ts';
import { randomOf } from './play.ts';
import { idsByPlace, sinceSave } from './since-save.ts';

export interface SavesGame {
  readonly seed: number;
  readonly rounds: number;
  readonly set?: string;
  /** Hub and Live are killed, too. */
  readonly kills?: boolean;
}

export interface SavesOutcome {
  readonly saves: number;
  readonly edits: number;
  readonly comparisons: number;
  readonly kills: number;
  readonly injected: number;
  readonly mismatches: number;
  readonly disagreements: number;
  readonly problems: readonly string[];
}

const PATTERNS = ['replace', 'in_place', 'backup', 'slow'];
const PROFILE = '12.3.6';

export async function playSaves(game: SavesGame): Promise<SavesOutcome> {
  const { seed, set } = game;
  const at = await Saves.open({
    seed,
    faults: 'none',
    profile: PROFILE,
    ...(set !== undefined && { from: set }),
  });
  try {
    const played = new Game(at, randomOf(seed), await at.stage.truth());
    for (let round = 0; round < game.rounds && played.problems.length === 0; round++)
      await played.round(round, game.kills === true);
    return await played.outcome();
  } finally {
    await at.close();
  }
}

export interface SavesGames {
  /** Of the first game. */
  readonly seed: number;
  readonly games: number;
  readonly rounds: number;
}

/** Many games, on the small Set and on real ones in turn; each problem with its seed. */
export async function playSavesGames(
  { seed, games, rounds }: SavesGames,
  told: (line: string) => void = () => {},
): Promise<SavesOutcome & { readonly games: number }> {
  const sum = { saves: 0, edits: 0, comparisons: 0, kills: 0, injected: 0, mismatches: 0, disagreements: 0 };
  const problems: string[] = [];
  for (let at = 0; at < games; at++) {
    const set = REAL.map((name) => join(CORPUS, 'files', `${name}.als`)).filter((path) => existsSync(path))[
      at % 4
    ];
    const game = { seed: seed + at, rounds, kills: true, ...(set !== undefined && { set }) };
    const outcome = await playSaves(game).catch((error: unknown) => ({
      problems: [String(error).slice(0, 500)],
    }));
    for (const name of Object.keys(sum) as (keyof typeof sum)[])
      sum[name] += 'saves' in outcome ? outcome[name] : 0;
    const wrong = outcome.problems.map((text) => `saves, seed ${game.seed} (${set ?? 'small'}): ${text}`);
    problems.push(...wrong);
    told(`${wrong.length === 0 ? 'same ' : 'WRONG'} saves, seed ${game.seed} ${wrong.join('\n    ')}`);
  }
  return { ...sum, games, problems };
}

/** Every fourth game is on the small Set. Of Live 11 and later: what older files cannot hold the simulator does not save. */
const REAL = ['producerpal_drum_lead', 'producerpal_e2e_test_set', 'besser_language'];

class Game {
  readonly problems: string[] = [];
  readonly #at: Saves;
  readonly #random: () => number;
  readonly #count = { saves: 0, edits: 0, comparisons: 0, kills: 0, injected: 0 };
  /** Mismatches and the like are counted anew by each hub. */
  #mismatches = 0;
  /** The truth of the moment of the last save. */
  #saved: Described;

  constructor(at: Saves, random: () => number, saved: Described) {
    this.#at = at;
    this.#random = random;
    this.#saved = saved;
  }

  async round(round: number, kills: boolean): Promise<void> {
    await this.#edit(1 + Math.floor(this.#random() * 12));
    await this.#at.stage.simulator.ask({ do: 'quiet' });
    const chance = this.#random();
    if (chance < 0.2) await this.#saveAfterLoss(round);
    else if (chance < 0.55) await this.#save();
    else if (chance < 0.65) await this.#saveWhileEditing();
    else if (chance < 0.73) await this.#replaceAndBack();
    else if (chance < 0.78) await this.#saveAs(round);
    else if (kills && chance < 0.84) await this.#killHub();
    else if (kills && chance < 0.88) await this.#killLive();
    this.problems.push(...(await this.#wrong()).map((text) => `round ${round}: ${text}`));
  }

  async outcome(): Promise<SavesOutcome> {
    const last = await this.#at.is('it is compared', ({ state }) => state === 'compared');
    const [mismatches, disagreements] = [sumOf(last.mismatches), sumOf(last.disagreements)];
    if (mismatches !== this.#count.injected)
      this.problems.push(`${this.#count.injected} events were lost: ${JSON.stringify(last.mismatches)}`);
    if (disagreements > 0) this.problems.push(`disagreements: ${JSON.stringify(last.disagreements)}`);
    return { ...this.#count, mismatches, disagreements, problems: this.problems };
  }

  async #edit(steps: number): Promise<void> {
    await this.#at.stage.simulator.ask({ do: 'seed', seed: Math.floor(this.#random() * 2 ** 30) });
    await this.#at.stage.simulator.ask({ do: 'musician', steps, temperament: 'editing' });
    this.#count.edits += steps;
  }

  async #save(more: Readonly<Record<string, unknown>> = { pattern: this.#pattern() }): Promise<void> {
    this.#saved = await this.#at.saveNow(more);
    this.#count.saves += 1;
  }

  #pattern(): string {
    return PATTERNS[Math.floor(this.#random() * PATTERNS.length)] ?? 'replace';
  }

  /** What is edited while the file is written is not in it. */
  async #saveWhileEditing(): Promise<void> {
    const saving = this.#save({ pattern: 'slow' });
    await this.#edit(3);
    await saving;
  }

  async #saveAs(round: number): Promise<void> {
    this.#at.path = join(this.#at.folder, `Song ${round}.als`);
    await this.#save({ path: this.#at.path });
  }

  /** Nobody is told of a rename; the save brings it to light. */
  async #saveAfterLoss(round: number): Promise<void> {
    const { simulator } = this.#at.stage;
    await simulator.ask({ do: 'faults', set: 'none,lost=1' });
    await this.#at.edit('rename_scene', { scene: { index: 0 }, name: `Nobody was told ${round}` });
    await simulator.ask({ do: 'faults', set: 'none' });
    this.#count.injected += 1;
    this.#mismatches += 1;
    const wanted = this.#mismatches;
    await this.#save();
    await this.#at.is('the loss is found', ({ mismatches }) => sumOf(mismatches) === wanted);
  }

  /** A foreign file for a moment, and the own one again. */
  async #replaceAndBack(): Promise<void> {
    const { path } = this.#at;
    const own = readFileSync(path);
    put(path, readFileSync(new URL('../../fixtures/demo.als', import.meta.url)));
    await this.#at.is('it is foreign', ({ state }) => state === 'foreign');
    put(path, own);
    await this.#at.is('it is the own one again', ({ state }) => state === 'compared');
  }

  async #killHub(): Promise<void> {
    this.#count.kills += 1;
    await this.#at.stage.restartHub();
    await this.#at.stage.isRead();
    await this.#at.is('it is compared again', ({ state }) => state === 'compared');
  }

  /** What was not saved is lost; Live comes back with the file. */
  async #killLive(): Promise<void> {
    this.#count.kills += 1;
    await this.#at.stage.restartLive(this.#at.path);
    await this.#at.is('it is compared again', ({ state }) => state === 'compared');
    this.#saved = await this.#at.stage.truth();
    this.#at.stage.noteSave(this.#at.path, this.#saved);
  }

  /** The tree against Live's truth and the file; the list against what changed since the save. */
  async #wrong(): Promise<readonly string[]> {
    const truth = await this.#at.stage.truth();
    this.#count.comparisons += 1;
    const found = await this.#at.stage.compareWith(truth);
    return found.length > 0 ? found : this.#wrongList(truth);
  }

  async #wrongList(truth: Described): Promise<readonly string[]> {
    const since = sinceSave(this.#saved, truth, PROFILE);
    const ids = idsByPlace(since.root, await this.#at.stage.hubTree());
    const details = new Set([...since.details].map((id) => ids.get(id)));
    let wrong: readonly string[] = ['there is no list'];
    for (let look = 0; look < LOOKS && wrong.length > 0; look++) {
      if (look > 0) await pause(25);
      const unsaved = await this.#at.unsaved();
      if (unsaved !== null) wrong = wrongIn(unsaved, since.sentences, details);
    }
    return wrong;
  }
}

/** The list is made in slices: it is what it should be within 5 s. */
const LOOKS = 200;

/** What the list lacks, and what it should not have. */
function wrongIn(
  { state, changes }: Unsaved,
  sentences: readonly string[],
  details: ReadonlySet<unknown>,
): readonly string[] {
  if (state !== 'compared' && state !== 'foreign') return [`the list is ${state}`];
  const isDetail = (id: string): boolean => DETAILS.has(id.split(' ')[0] ?? '');
  const told = changes.filter(({ id }) => !isDetail(id)).map(({ sentence }) => sentence);
  const toldDetails = changes.filter(({ id }) => isDetail(id));
  const known = new Set<unknown>(toldDetails.flatMap(({ nodes }) => nodes));
  return [
    ...without(sentences, told).map((text) => `not listed: ${text}`),
    ...without(told, sentences).map((text) => `listed: ${text}`),
    ...[...details].filter((id) => !known.has(id)).map((id) => `details of ${String(id)} are not listed`),
    ...toldDetails
      .filter(({ nodes }) => !nodes.some((id) => details.has(id)))
      .map(({ sentence }) => `listed without a change of details: ${sentence}`),
  ];
}

/** Kinds of sentences that tell of values of parameters and of notes. */
const DETAILS = new Set<string>(['parameter', 'macro', 'notes'] as const satisfies readonly SentenceKind[]);

/** Each of the first that is not among the second, as often as it is missing. */
function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return texts.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, each) => all + each, 0);

function put(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}
