/** Bytes that are kept in pieces, each piece once. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { piecesOf } from '../../saves/pieces.ts';
import type { Database, Statement } from '../journal/database.ts';

export interface KeptBytes {
  /** Ids of the pieces in order, 32-bit little endian. */
  readonly pieces: Uint8Array;
  /** Bytes of the pieces that were new. */
  readonly storedBytes: number;
}

const DIGEST_BYTES = 20;
const ID_BYTES = 4;

export class PieceStore {
  readonly #find: Statement;
  readonly #put: Statement;
  readonly #get: Statement;
  readonly #ids: Statement;
  readonly #drop: Statement;

  constructor(db: Database) {
    this.#find = db.prepare('SELECT id FROM piece WHERE hash = ?');
    this.#put = db.prepare('INSERT INTO piece (hash, bytes) VALUES (?, ?) RETURNING id');
    this.#get = db.prepare('SELECT bytes FROM piece WHERE id = ?');
    this.#ids = db.prepare('SELECT id FROM piece');
    this.#drop = db.prepare('DELETE FROM piece WHERE id = ?');
  }

  /** To be called inside a transaction. Cost: one pass over the bytes, and deflating what is new. */
  put(bytes: Uint8Array): KeptBytes {
    const ids: number[] = [];
    let storedBytes = 0;
    for (const piece of piecesOf(bytes)) {
      const hash = createHash('sha256').update(piece).digest().subarray(0, DIGEST_BYTES);
      const known = this.#find.get(hash)?.['id'];
      const packed = known === undefined ? deflateRawSync(piece) : undefined;
      ids.push(Number(known ?? this.#put.get(hash, packed ?? null)?.['id']));
      storedBytes += packed?.length ?? 0;
    }
    return { pieces: idBytes(ids), storedBytes };
  }

  /** @throws Error when a piece is missing */
  get(pieces: Uint8Array, lengthBytes: number): Buffer {
    const whole = Buffer.allocUnsafe(lengthBytes);
    let at = 0;
    for (const id of idsOf(pieces)) {
      const packed = this.#get.get(id)?.['bytes'];
      if (!(packed instanceof Uint8Array)) throw new Error('a part of this save is missing in the store');
      at += inflateRawSync(packed).copy(whole, at);
    }
    if (at !== lengthBytes) throw new Error('this save is not whole in the store');
    return whole;
  }

  /** Drops what no save has any more. To be called inside a transaction. */
  sweep(used: Iterable<Uint8Array>): void {
    const needed = new Set<number>();
    for (const pieces of used) for (const id of idsOf(pieces)) needed.add(id);
    for (const row of this.#ids.all()) {
      const id = Number(row['id']);
      if (!needed.has(id)) this.#drop.run(id);
    }
  }
}

function idBytes(ids: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(ids.length * ID_BYTES));
  for (const [at, id] of ids.entries()) view.setUint32(at * ID_BYTES, id, true);
  return new Uint8Array(view.buffer);
}

function* idsOf({ buffer, byteOffset, byteLength }: Uint8Array): Generator<number> {
  const view = new DataView(buffer, byteOffset, byteLength);
  for (let at = 0; at < byteLength; at += ID_BYTES) yield view.getUint32(at, true);
}
