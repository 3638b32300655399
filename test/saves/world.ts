/** Live (simulated) with a Set in a file of its own, the hub and a client; and what the hub says of the save. */
import { copyFileSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { Unsaved } from '@livetree/protocol';
import type { Described } from '../simulator.ts';
import { Stage, type StageOptions, until } from '../soak/stage.ts';

const SMALL = resolve(import.meta.dirname, '../../fixtures/small-l12.als');

const PATIENCE_MS = 20_000;

export interface SavesOptions extends StageOptions {
  /** Copied into the project folder of the test. */
  readonly from?: string;
  /** Live does not tell the path: nothing is compared. */
  readonly isPathless?: boolean;
}

export class Saves {
  readonly stage: Stage;
  readonly folder: string;
  path: string;

  private constructor(stage: Stage, folder: string, path: string) {
    this.stage = stage;
    this.folder = folder;
    this.path = path;
  }

  static async open({ from = SMALL, isPathless = false, ...options }: SavesOptions = {}): Promise<Saves> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'livetree-saves-')));
    const path = join(folder, 'Song.als');
    copyFileSync(from, path);
    const stage = await Stage.open({ set: path, historyDir: join(folder, 'history'), ...options });
    const saves = new Saves(stage, folder, path);
    if (!isPathless) await saves.is('compared', ({ state }) => state === 'compared');
    return saves;
  }

  get root(): NodeOf<'set'> | undefined {
    return this.stage.viewer.tree;
  }

  nodes(): readonly TreeNode[] {
    return this.root === undefined ? [] : walk(this.root);
  }

  idOf(name: string): NodeId | undefined {
    return this.nodes().find((node) => 'name' in node.props && node.props.name === name)?.id;
  }

  edit(name: string, args: Readonly<Record<string, unknown>> = {}) {
    return this.stage.simulator.edit(name, args);
  }

  async unsaved(): Promise<Unsaved | null> {
    const id = encodeURIComponent(this.stage.viewer.set?.id ?? '');
    return (await (await fetch(`${this.stage.hub.url}api/sets/${id}/unsaved`)).json()) as Unsaved | null;
  }

  /** Waits until what the hub says of the save is so. */
  async is(what: string, which: (unsaved: Unsaved) => boolean): Promise<Unsaved> {
    let last: Unsaved | null = null;
    try {
      await until(
        what,
        async () => {
          last = await this.unsaved();
          return last !== null && which(last);
        },
        PATIENCE_MS,
      );
    } catch (error) {
      throw new Error(`${String(error)}: ${JSON.stringify(last, null, 1)}`);
    }
    return last as unknown as Unsaved;
  }

  /** The sentences of the list, as soon as it has so many. */
  async list(total: number): Promise<readonly string[]> {
    const { changes } = await this.is(`${total} changes are listed`, (unsaved) => unsaved.total === total);
    return changes.map(({ sentence }) => sentence);
  }

  /** Saves in Live, and waits until that is compared. */
  async save(more: Readonly<Record<string, unknown>> = {}): Promise<Unsaved> {
    const before = await this.unsaved();
    await this.stage.simulator.ask({ do: 'save', ...more });
    return this.is(
      'the save is compared',
      // What Live answered about the save before is a decision, too.
      ({ decisions, state, savedAt }) =>
        decisions.length > (before?.decisions.length ?? 0) &&
        state !== 'waiting' &&
        savedAt !== before?.savedAt,
    );
  }

  /** Saves in Live, and waits until that is what the list is against. @returns the truth of the moment of the save */
  async saveNow(more: Readonly<Record<string, unknown>> = {}): Promise<Described> {
    const { result } = await this.stage.simulator.ask({ do: 'save', truth: true, ...more });
    const { truth } = result as { readonly truth: Described };
    const { mtimeMs } = statSync(this.path);
    await this.is(
      'the save is compared',
      ({ savedAt = 0, state }) => state === 'compared' && Math.abs(savedAt - mtimeMs) < 2,
    );
    this.stage.noteSave(this.path, truth);
    return truth;
  }

  /** Ids of nodes by what stays about them through all edits of a test. */
  ids(): readonly NodeId[] {
    return this.nodes().map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.stage.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
