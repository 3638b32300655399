/** The work of the keeper, a step at a time: what people ask first, then saves, then words, then earlier saves. */
import type { NodeId, NodeKind, ParsedSet } from '@livetree/live-set';
import { DEFAULT_LIMITS, diffSets, LiveSetError, sentences, walk } from '@livetree/live-set';
import { inflateSet, nodePlatform, readSetFile } from '@livetree/live-set/node';
import type { SetId, Telling } from '@livetree/protocol';
import { oldestKept } from '../../saves/retention.ts';
import { tellSave } from '../../telling.ts';
import { type StopFlag, stoppable } from '../stop-flag.ts';
import { answerPast, json } from './answer.ts';
import type { BackupFile } from './backups.ts';
import { findBackups } from './backups.ts';
import type { JournalPast } from './journal-past.ts';
import type { PastAnswer, PastQuestion, SavedFile } from './keeper-messages.ts';
import { Past } from './past.ts';
import type { SavesStore } from './saves-store.ts';
import { SetReader } from './set-reader.ts';

export interface KeeperDeskOptions {
  readonly store: SavesStore;
  readonly journal: JournalPast;
  readonly folder: string;
  readonly stop: StopFlag;
  readonly now: () => number;
}

export class KeeperDesk {
  readonly #options: KeeperDeskOptions;
  readonly #reader: SetReader;
  readonly #past: Past;
  readonly #saves: SavedFile[] = [];
  /** Earlier saves to be read, the next one first. */
  #backups: readonly BackupFile[] = [];
  /** Folders that were looked through since the start. */
  readonly #scanned = new Set<string>();
  /** Sets of which a save may want its words. */
  readonly #untold = new Set<SetId>();

  constructor(options: KeeperDeskOptions) {
    this.#options = options;
    this.#reader = new SetReader(options.store, stoppable(nodePlatform, options.stop));
    this.#past = new Past({ ...options, reader: this.#reader, reading: () => this.#waiting });
  }

  /** Saves that are still to be kept, read, or told in words. */
  get #waiting(): number {
    return Math.max(this.#saves.length + this.#backups.length, this.#untold.size > 0 ? 1 : 0);
  }

  take(save: SavedFile): void {
    this.#saves.push(save);
  }

  answer(question: PastQuestion): PastAnswer {
    const { store } = this.#options;
    if (question.ask === 'delete') {
      this.#backups = this.#backups.filter(({ set }) => question.set !== undefined && set !== question.set);
      store.delete(question.set);
      return json(this.#past.overview());
    }
    if (question.ask !== 'keep') return answerPast(this.#past, question);
    store.limits = { ...store.limits, ...question.limits };
    store.prune(this.#options.now());
    return json(this.#past.overview());
  }

  /** Does the next thing. @returns whether there was any @throws Error when the store cannot be written, Stopped */
  async step(): Promise<boolean> {
    const save = this.#saves.shift();
    if (save !== undefined) await this.#keep(save);
    else if (this.#options.stop.isUp) return false;
    else if (!this.#tellOne() && !(await this.#readOne())) return false;
    return true;
  }

  async #keep({ telling, bytes, ...file }: SavedFile): Promise<void> {
    const { store, now } = this.#options;
    const { set, path } = file;
    const xml = inflateSet(Buffer.from(bytes.buffer), DEFAULT_LIMITS);
    const id = store.add({ ...file, setPath: path, source: 'save', xml });
    if (id !== undefined) {
      if (telling !== undefined) store.tell(id, telling);
      store.prune(now());
    }
    this.#untold.add(set);
    if (!this.#options.stop.isUp) await this.#scan(set, path);
  }

  /** Once since the start: what Live puts there later was read as a save before. */
  async #scan(set: SetId, path: string): Promise<void> {
    if (this.#scanned.has(path)) return;
    this.#scanned.add(path);
    const { store, now } = this.#options;
    const oldest = oldestKept(store.limits, now());
    const waiting = new Set(this.#backups.map((backup) => backup.path));
    const found = await findBackups(set, path);
    const unread = found.filter(
      (each) =>
        each.time >= oldest &&
        !waiting.has(each.path) &&
        !store.hasLookedAt(each.path, { ...each, problem: undefined }),
    );
    this.#backups = [...this.#backups, ...unread];
  }

  /** Finds the words for one save. @returns whether there was one */
  #tellOne(): boolean {
    for (const set of this.#untold) {
      const due = this.#dueOf(set);
      if (due !== undefined) {
        this.#options.store.tell(due.id, this.#tellingOf(due.before, due.id));
        return true;
      }
      if (!this.#backups.some((backup) => backup.set === set)) this.#untold.delete(set);
    }
    return false;
  }

  /** The newest save without words; not while one between it and the save before is still to be read. */
  #dueOf(set: SetId): { readonly id: number; readonly before: number } | undefined {
    const saves = this.#options.store.saves(set);
    for (const [at, { id, time, save }] of saves.entries()) {
      const before = saves[at + 1];
      if (save !== undefined || before === undefined) continue;
      const isBetween = (each: BackupFile) =>
        each.set === set && each.time <= time && each.time >= before.time;
      if (!this.#backups.some(isBetween)) return { id, before: before.id };
    }
    return undefined;
  }

  #tellingOf(beforeId: number, id: number): Telling {
    const set = this.#reader.read(id);
    const before = this.#reader.read(beforeId);
    const diff = diffSets(before, set);
    const { ops, touched } = diff;
    const kinds = kindsOf([before, diff.after]);
    return tellSave({ told: sentences(before, diff), ops, touched, kindOf: (node) => kinds.get(node) });
  }

  /** @returns whether there was one */
  async #readOne(): Promise<boolean> {
    const [backup, ...rest] = this.#backups;
    if (backup === undefined) return false;
    const problem = await this.#readBackup(backup);
    this.#backups = rest;
    const { store, now } = this.#options;
    store.noteLook(backup.path, { ...backup, problem });
    this.#untold.add(backup.set);
    if (rest.length > 0) return true;
    store.prune(now());
    return true;
  }

  /** @returns why it could not be read */
  async #readBackup({ set, name, setPath, path, time }: BackupFile): Promise<string | undefined> {
    let file: Awaited<ReturnType<typeof readSetFile>>;
    let parsed: ParsedSet;
    try {
      file = await readSetFile(path, DEFAULT_LIMITS);
      if (this.#options.store.isKnown(set, file.sha256, 'backup')) return undefined;
      parsed = this.#reader.parse(file.xml);
    } catch (error) {
      if (!(error instanceof LiveSetError)) throw error;
      return error.message;
    }
    const { xml, sha256, sizeBytes } = file;
    const { creator } = parsed.root.props;
    const facts = { set, name, setPath, time, path, sizeBytes, sha256, creator };
    const id = this.#options.store.add({ ...facts, source: 'backup', xml });
    if (id !== undefined) this.#reader.keep(id, parsed);
    return undefined;
  }

  /** Nothing is waiting: the memory of what was read is given back. */
  rest(): void {
    this.#past.forget();
  }
}

function kindsOf(sets: readonly ParsedSet[]): ReadonlyMap<NodeId, NodeKind> {
  const kinds = new Map<NodeId, NodeKind>();
  for (const { root } of sets) for (const { id, kind } of walk(root)) kinds.set(id, kind);
  return kinds;
}
