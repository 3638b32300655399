/** All Sets of a hub, each with its reader. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { SetId, SetInfo } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import type { SourceEffect } from '../effect.ts';
import { HubError } from '../errors.ts';
import { refusePath } from '../set-path.ts';
import type { HubOptions } from './hub-options.ts';
import type { Logger } from './logger.ts';
import { realPathOf, setIdOf } from './paths.ts';
import type { SavedFile } from './saves/keeper-messages.ts';
import type { MirrorCounts, MirrorSource, MirrorTarget } from './set-mirror.ts';
import { SetMirror } from './set-mirror.ts';

export interface MirrorsOptions extends Pick<HubOptions, 'pollMs' | 'settle' | 'workerMemoryMb'> {
  readonly target: MirrorTarget;
  readonly logger: Logger;
  /** Takes each save to keep it. */
  readonly onSaved?: (save: SavedFile) => void;
  /** Sets at a time. */
  readonly most: number;
  /** Which Set a file belongs to, where that does not follow from its path: "Save As" keeps the Set. */
  readonly owners: {
    /** @param file the id that follows from the path */
    get(file: SetId): SetId | undefined;
    set(file: SetId, owner: SetId): void;
  };
}

export class Mirrors {
  readonly #options: MirrorsOptions;
  readonly #mirrors = new Map<SetId, SetMirror>();
  #isClosed = false;

  constructor(options: MirrorsOptions) {
    this.#options = options;
  }

  counts(id: SetId): MirrorCounts | undefined {
    return this.#mirrors.get(id)?.counts;
  }

  /** @throws HubError PATH_REFUSED, TOO_MANY_SETS, HUB_CLOSED */
  async open(path: string): Promise<SetInfo> {
    const real = await allowedPath(path);
    const mirrored = [...this.#mirrors.values()].find(({ info }) => info.path === real);
    // The id of a file that a Set was saved away from goes on belonging to that Set.
    return mirrored?.info ?? this.#find(this.#ownerOf(real), { path: real });
  }

  /**
   * Mirrors bytes without a file; the same bytes are the same Set.
   * @throws HubError TOO_MANY_SETS, HUB_CLOSED
   */
  openBytes(name: string, bytes: Uint8Array): SetInfo {
    const sum = createHash('sha256').update('bytes').update(bytes).digest('hex');
    // Copied, so that the reader can be given a buffer of its own.
    return this.#find(asSetId(sum.slice(0, ID_DIGITS)), {
      bytes: new Uint8Array(bytes),
      name: plainName(name),
      receivedAt: Date.now(),
    });
  }

  /** @throws HubError PATH_REFUSED, NOT_OPEN */
  async poke(path: string): Promise<SetInfo> {
    const mirror = this.#mirrors.get(this.#ownerOf(await allowedPath(path)));
    if (mirror === undefined) throw new HubError('NOT_OPEN', 'No Set of this path is mirrored.');
    mirror.poke();
    return mirror.info;
  }

  /**
   * Follows another file under the id of a Set, whatever it followed before: "Save As".
   * @throws HubError TOO_MANY_SETS, HUB_CLOSED
   */
  async repoint(id: SetId, path: string): Promise<void> {
    const before = this.#mirrors.get(id);
    this.#mirrors.delete(id);
    const { owners } = this.#options;
    const left = before?.info.path;
    if (left !== undefined) owners.set(setIdOf(left), setIdOf(`${left}\n`));
    owners.set(setIdOf(path), id);
    await before?.close();
    this.#find(id, { path });
  }

  /** Looks at the file of a Set now. */
  lookAt(id: SetId): void {
    this.#mirrors.get(id)?.poke();
  }

  /** Ends the reader of a Set; it can be opened again. */
  release(id: SetId): void {
    const mirror = this.#mirrors.get(id);
    this.#mirrors.delete(id);
    void mirror?.close();
  }

  /** Hands a question of the hub to the reader of the Set. */
  ask(question: SourceEffect): void {
    const mirror = this.#mirrors.get(question.set);
    if (question.do === 'make_snapshot') mirror?.askSnapshot();
    else if (question.do === 'read_facet') mirror?.askFacet(question.node, question.facet);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#mirrors.values()].map((mirror) => mirror.close()));
  }

  #ownerOf(path: string): SetId {
    const id = setIdOf(path);
    return this.#options.owners.get(id) ?? id;
  }

  #find(id: SetId, source: MirrorSource): SetInfo {
    if (this.#isClosed) throw new HubError('HUB_CLOSED', 'The hub has stopped.');
    return (this.#mirrors.get(id) ?? this.#begin(id, source)).info;
  }

  #begin(id: SetId, source: MirrorSource): SetMirror {
    const { most, target, logger, pollMs, settle, workerMemoryMb, onSaved } = this.#options;
    if (this.#mirrors.size >= most)
      throw new HubError('TOO_MANY_SETS', `The hub mirrors at most ${most} Sets.`);
    const mirror = new SetMirror({
      id,
      source,
      logger,
      target,
      ...(onSaved !== undefined && { onSaved }),
      ...(pollMs !== undefined && { pollMs }),
      ...(settle !== undefined && { times: settle }),
      ...(workerMemoryMb !== undefined && { workerMemoryMb }),
    });
    this.#mirrors.set(id, mirror);
    return mirror;
  }
}

const ID_DIGITS = 12;

/** The last part of what may be a path of another system. */
const plainName = (name: string): string => basename(name.replaceAll('\\', '/')) || 'Set';

/** @throws HubError PATH_REFUSED */
async function allowedPath(path: string): Promise<string> {
  const refusal = refusePath(path);
  if (refusal !== undefined) throw new HubError('PATH_REFUSED', refusal);
  return realPathOf(path);
}
