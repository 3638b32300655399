/**
 * The hub is killed at random moments while Live is edited, and started again. This end keeps its own log of every
 * acknowledgement that the script got and of every patch that a client got, and holds the journal against it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { HubMessage, PatchMessage, ToScript } from '@livetree/protocol';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { WebSocket } from 'ws';
import { openDatabase } from '../../packages/hub/src/node/journal/database.ts';
import { randomOf } from './play.ts';
import { Stage, until } from './stage.ts';

export interface KillGame {
  readonly seed: number;
  readonly kills: number;
  readonly set?: string;
  /** Kills between two comparisons with Live's truth; default 4. */
  readonly compareEvery?: number;
}

export interface KillOutcome {
  readonly kills: number;
  readonly edits: number;
  readonly patches: number;
  readonly acks: number;
  readonly comparisons: number;
  /** What does not hold; empty when all does. */
  readonly problems: readonly string[];
  /** Snapshots that the script had to state, the first among them. */
  readonly restates: number;
  /** Frames that the script stated though lists were still changing: on a starved machine. */
  readonly forced: number;
}

/** Acknowledgements and patches before every other kill: the others come at any moment of the hub's life. */
const LEAST = 8;

interface Got {
  readonly epoch: string;
  readonly patch: PatchMessage;
}

/** What this end saw with its own eyes. */
class OwnLog {
  readonly patches: Got[] = [];
  readonly epochs = new Set<string>();
  run = '';
  acked = 0;
  acks = 0;

  readonly keepsBack = (message: ToScript): boolean => {
    if (message.type === 'ack') {
      this.acks += 1;
      this.run = message.payload.run;
      this.acked = message.payload.seq;
    }
    return false;
  };

  /** Listens to a hub until it is gone. */
  listen(port: number): void {
    let epoch = '';
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`);
    socket.on('error', () => {});
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL_VERSION, request: 'log' })),
    );
    socket.on('message', (data, isBinary) => {
      if (isBinary) return;
      const message = JSON.parse(data.toString()) as HubMessage;
      if ('epoch' in message && typeof message.epoch === 'string') epoch = message.epoch;
      if (message.type !== 'patch') return;
      this.epochs.add(epoch);
      this.patches.push({ epoch, patch: message });
    });
  }
}

export async function playKills(
  game: KillGame,
  told: (kills: number) => void = () => {},
): Promise<KillOutcome> {
  const historyDir = mkdtempSync(join(tmpdir(), 'livetree-kills-'));
  const log = new OwnLog();
  const { seed, set } = game;
  const stage = await Stage.open({
    seed,
    set,
    speed: '1',
    process: { historyDir },
    relay: { keepsBack: log.keepsBack },
  });
  try {
    return await killing(stage, game, log, join(historyDir, 'history.sqlite'), told);
  } finally {
    await stage.close();
    rmSync(historyDir, { recursive: true, force: true });
  }
}

async function killing(
  stage: Stage,
  game: KillGame,
  log: OwnLog,
  file: string,
  told: (kills: number) => void,
) {
  const random = randomOf(game.seed);
  const every = game.compareEvery ?? 4;
  const problems: string[] = [];
  let [kills, edits, comparisons] = [0, 0, 0];
  log.listen(stage.hub.port);
  const editFor = async (ms: number, isNeeded = () => false): Promise<void> => {
    const end = Date.now() + ms;
    const isOver = () => Date.now() >= end;
    // What goes on for long goes on calmly: a script that is starved states by force.
    for (; !isOver() || isNeeded(); await pause(random() * (isOver() ? 200 : 30))) {
      const steps = 1 + Math.floor(random() * 3);
      await stage.simulator.ask({ do: 'musician', steps, temperament: 'mixed' });
      edits += steps;
    }
  };
  while (kills < game.kills && problems.length === 0) {
    let isKilled = false;
    const editing = editFor(700, () => !isKilled);
    const [acks, patches] = [log.acks + LEAST, log.patches.length + LEAST];
    if (kills % 2 === 0)
      await until('the hub has worked', () => log.acks >= acks && log.patches.length >= patches);
    await pause(50 + random() * 500);
    await stage.killHub(() => {
      isKilled = true;
      return editFor(random() * 400);
    });
    await editing;
    kills += 1;
    log.listen(stage.hub.port);
    problems.push(...(await journalProblems(file, log)));
    if (kills % every === 0 || kills === game.kills) {
      comparisons += 1;
      problems.push(...(await stage.compare()));
    }
    told(kills);
  }
  if (log.epochs.size > 1)
    problems.push(`there were ${log.epochs.size} epochs: ${[...log.epochs].join(', ')}`);
  const { restates, forced } = await statedBy(stage);
  const mended = Object.keys(await stage.mended()).filter((name) => forced === 0 || !BY_FORCE.has(name));
  if (mended.length > 0) problems.push(`mended: ${mended.join(', ')}`);
  if (restates > 1 + forced) problems.push(`stated anew ${restates} times, ${forced} frames by force`);
  const { acks } = log;
  return {
    kills,
    edits,
    patches: log.patches.length,
    acks,
    comparisons,
    problems,
    restates,
    forced,
  };
}

/** What a frame may bring that the script had to state while lists were still changing. */
const BY_FORCE: ReadonlySet<string> = new Set(['discards', 'resyncs']);

/** What the script, which lives through all of it, has counted. */
async function statedBy(stage: Stage): Promise<Pick<KillOutcome, 'restates' | 'forced'>> {
  const { result } = await stage.simulator.ask({ do: 'status' });
  const { report } = result as {
    readonly report: { readonly stats: Pick<KillOutcome, 'restates' | 'forced'> };
  };
  return report.stats;
}

/** What the journal does not hold of that which was acknowledged or sent; and holes in it. */
async function journalProblems(file: string, log: OwnLog): Promise<readonly string[]> {
  const db = await openDatabase(file);
  try {
    const problems: string[] = [];
    if (log.run !== '') problems.push(...frameProblems(db, log));
    const find = db.prepare('SELECT lineage, ops FROM patch WHERE epoch = ? AND revision = ?');
    for (const { epoch, patch } of log.patches) {
      const found = find.get(epoch, patch.to);
      if (found?.['lineage'] !== patch.lineage)
        problems.push(`revision ${patch.to}: sent, but kept otherwise`);
      else if (patch.merged === undefined && !isDeepStrictEqual(sentOf(String(found['ops'])), patch.ops))
        problems.push(`revision ${patch.to}: other ops were sent than kept`);
    }
    return [...problems, ...holes(db)];
  } finally {
    db.close();
  }
}

/** The line of frames reaches as far as was acknowledged, and each of them is kept or counted as one that stated nothing. */
function frameProblems(db: Database, { run, acked }: OwnLog): readonly string[] {
  const line = db.prepare('SELECT seq, silent FROM line WHERE run = ?').get(run);
  const row = db.prepare('SELECT count(*) AS count, min(seq) AS first FROM frame WHERE run = ?').get(run);
  const [kept, silent, count, first] = [
    line?.['seq'] ?? -1,
    line?.['silent'],
    row?.['count'],
    row?.['first'],
  ].map(Number);
  if (kept === undefined || kept < acked) return [`frame ${acked} was acknowledged; kept: up to ${kept}`];
  // The first is the hello after which all was stated.
  const there = (count ?? 0) + (silent ?? 0);
  const wanted = kept - (first ?? 0) + 1;
  return there === wanted ? [] : [`${there} of ${wanted} frames are kept`];
}

/** Ops without what is not sent. */
const sentOf = (kept: string): unknown =>
  (JSON.parse(kept) as readonly { was?: unknown }[]).map(({ was: _, ...op }) => op);

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** From the checkpoint to the end of each line every revision is there. */
function holes(db: Database): readonly string[] {
  return db
    .prepare(
      'SELECT l.set_id, l.epoch, l.revision AS last, c.revision AS first FROM line l JOIN checkpoint c USING (set_id)',
    )
    .all()
    .flatMap(({ set_id, epoch, last, first }) => {
      const query =
        'SELECT count(*) AS count FROM patch WHERE set_id = ? AND epoch = ? AND revision > ? AND revision <= ?';
      const row = db.prepare(query).get(set_id ?? '', epoch ?? '', first ?? 0, last ?? 0);
      const [wanted, there] = [Number(last) - Number(first), Number(row?.['count'])];
      return wanted === there ? [] : [`the journal has ${there} of ${wanted} revisions after its checkpoint`];
    });
}
