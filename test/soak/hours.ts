/**
 * Hours of a musician who plays automation and touches little: what the journal keeps of it. The clock of the
 * simulator jumps; every process is real.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Database, openDatabase } from '../../packages/hub/src/node/journal/database.ts';
import { Stage } from './stage.ts';

const DEMO = resolve(import.meta.dirname, '../../fixtures/demo-live.als');

export interface HoursGame {
  readonly seed: number;
  /** Simulated. */
  readonly hours: number;
  /** So many are automated. */
  readonly parameters: number;
  /** Simulated seconds between two acts; default 60. */
  readonly pauseSeconds?: number;
}

export interface HoursOutcome extends HoursGame {
  /** What the musician did by hand. */
  readonly acts: number;
  /** Rows of changes in the journal that came of it. */
  readonly patches: number;
  /** Rows of the log. */
  readonly entries: number;
  /** Frames of the script that came, and how many of them are kept. */
  readonly frames: number;
  readonly kept: number;
  /** How much the journal grew on disk. */
  readonly bytes: number;
  /** Real ones. */
  readonly seconds: number;
  /** What does not hold; empty when all does. */
  readonly problems: readonly string[];
}

/** Bytes the journal may grow by, whatever Live moves by itself. */
const MOST_BYTES = 5_000_000;
/** Acts of one change each, in turn. */
const ACTS = ['rename_track', 'color_track', 'mute_track', 'rename_scene', 'rename_clip', 'rename_device'];

export async function playHours(
  game: HoursGame,
  told: (minutes: number) => void = () => {},
): Promise<HoursOutcome> {
  const historyDir = mkdtempSync(join(tmpdir(), 'livetree-hours-'));
  const stage = await Stage.open({ set: DEMO, seed: game.seed, faults: 'none', process: { historyDir } });
  try {
    return await pass(stage, game, join(historyDir, 'history.sqlite'), told);
  } finally {
    await stage.close();
    rmSync(historyDir, { recursive: true, force: true });
  }
}

async function pass(stage: Stage, game: HoursGame, file: string, told: (minutes: number) => void) {
  const { simulator } = stage;
  const automated = await automate(stage, game.parameters);
  await simulator.edit('play');
  // That they are automated are acts of their own, and some of them are found by a sweep.
  await stage.truth();
  const before = await look(file);
  const began = performance.now();
  const { pauseSeconds = 60 } = game;
  const acts = Math.round((game.hours * 3600) / pauseSeconds);
  for (let act = 0; act < acts; act++) {
    await simulator.edit(ACTS[act % ACTS.length] ?? '', {});
    await simulator.ask({ do: 'wait', seconds: pauseSeconds });
    told(((act + 1) * pauseSeconds) / 60);
  }
  const seconds = (performance.now() - began) / 1000;
  const problems = [...(await stage.compare())];
  const after = await look(file);
  const [patches, entries, kept, frames, bytes] = (
    ['patches', 'entries', 'kept', 'frames', 'bytes'] as const
  ).map((what) => after[what] - before[what]) as [number, number, number, number, number];
  if (automated < game.parameters) problems.push(`only ${automated} parameters are automated`);
  if (patches !== acts) problems.push(`${patches} rows of changes for ${acts} acts`);
  if (entries !== acts) problems.push(`${entries} rows of the log for ${acts} acts`);
  if (bytes > MOST_BYTES) problems.push(`the journal grew by ${bytes} bytes`);
  const mended = await stage.mended();
  if (Object.keys(mended).length > 0) problems.push(`mended: ${JSON.stringify(mended)}`);
  return { ...game, acts, patches, entries, frames, kept, bytes, seconds, problems };
}

/** @returns how many are automated now */
async function automate({ simulator }: Stage, wanted: number): Promise<number> {
  let automated = 0;
  for (let tries = 0; automated < wanted && tries < wanted * 5; tries++) {
    const isDone = await simulator.edit('automate_parameter').then(
      () => true,
      () => false, // it picked one that is automated already
    );
    if (isDone) automated += 1;
  }
  return automated;
}

async function look(file: string) {
  const db = await openDatabase(file);
  try {
    const line = db.prepare('SELECT seq FROM line').get();
    const [patches, entries, kept] = ['patch', 'entry', 'frame'].map((table) => rows(db, table));
    const bytes = [file, `${file}-wal`].map((each) => statSync(each, { throwIfNoEntry: false })?.size ?? 0);
    return {
      patches: patches ?? 0,
      entries: entries ?? 0,
      kept: kept ?? 0,
      frames: Number(line?.['seq'] ?? 0),
      bytes: bytes.reduce((sum, size) => sum + size, 0),
    };
  } finally {
    db.close();
  }
}

const rows = (db: Database, table: string): number =>
  Number(db.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
