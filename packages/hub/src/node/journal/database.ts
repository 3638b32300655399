/** SQLite as both of its homes offer it: `node:sqlite` from Node 22.13 on, else the package with the same API. */
import { chmod, mkdir, open } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Statement {
  run(...values: readonly SqlValue[]): unknown;
  get(...values: readonly SqlValue[]): Readonly<Record<string, SqlValue>> | undefined;
  all(...values: readonly SqlValue[]): readonly Readonly<Record<string, SqlValue>>[];
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

type Opener = new (path: string, options?: { readonly readOnly: boolean }) => Database;

/** Node 22 says at each start that its own SQLite is new; users of a store need not hear it. */
function withoutWarning<T>(load: () => Promise<T>): Promise<T> {
  const emit = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: []) => {
    if (!String(warning).includes('SQLite')) emit.call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  return load().finally(() => {
    process.emitWarning = emit;
  });
}

/**
 * @param readOnly nothing is made or changed
 * @throws Error when this installation has no SQLite, or the file cannot be opened
 */
export async function openDatabase(path: string, readOnly = false): Promise<Database> {
  const Opener = await opener();
  return readOnly ? new Opener(path, { readOnly }) : new Opener(path);
}

/**
 * Opens or makes a store that is for its user only. SQLite gives what it lays beside it (`-wal`, which holds as much
 * as the store, and `-shm`) the mode that the store has by then: it must be right before anything is written.
 * @throws Error when this installation has no SQLite, or the file cannot be opened
 */
export async function openOwnDatabase(path: string): Promise<Database> {
  const Opener = await opener();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Never opened where it exists: closing it again would take the locks of a connection of this process.
  const made = await open(path, 'wx', 0o600).catch(() => undefined);
  await made?.close();
  await chmod(path, 0o600);
  return new Opener(path);
}

async function opener(): Promise<Opener> {
  const name = isBuiltin('node:sqlite') ? 'node:sqlite' : '@photostructure/sqlite';
  const module = (await withoutWarning(() => import(name))) as {
    readonly DatabaseSync?: Opener;
    readonly Database?: Opener;
  };
  const Opener = module.Database ?? module.DatabaseSync;
  if (Opener === undefined) throw new Error(`${name} has no database to open`);
  return Opener;
}
