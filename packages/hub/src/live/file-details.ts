/** Details of the file of a Set, and its tree packed: who is asked, and whose answer counts. */
import type { FacetKey, SetId } from '@livetree/protocol';
import type { FacetContent } from '../facet-content.ts';
import { type FileSide, isOfFile } from '../joined/file-side.ts';
import type { PackedSkeleton } from '../set-room.ts';
import type { SetSink } from './set-sides.ts';

interface Desk {
  readonly id: SetId;
  readonly file: FileSide;
  readonly leads: 'none' | 'file' | 'live';
}

export class FileDetails {
  readonly #desk: Desk;
  readonly #sink: SetSink;

  constructor(desk: Desk, sink: SetSink) {
    this.#desk = desk;
    this.#sink = sink;
  }

  put({ node, facet }: FacetKey, items: FacetContent | undefined): void {
    const { id, file, leads } = this.#desk;
    const isOfLive = leads === 'live' && !isOfFile(facet) && !file.takeInstead({ node, facet });
    // An answer to a question from before Live came: Live is asked as well.
    if (!isOfLive) this.#sink.putFacet(id, { node: file.servedOf(node), facet }, items);
  }

  putSnapshot(packed: PackedSkeleton): void {
    if (this.isAsItIs) this.#sink.putSnapshot(this.#desk.id, packed);
    else this.#sink.packTree(this.#desk.id);
  }

  /** The reader of the file holds the very tree that is served. */
  get isAsItIs(): boolean {
    return this.#desk.leads !== 'live' && this.#desk.file.isPlain;
  }

  /** Details that only the file has. @returns `false`: the file does not have the node */
  ask(key: FacetKey): boolean {
    const node = this.#desk.file.fileOf(key.node);
    if (node === undefined) return false;
    this.#sink.askFile({ do: 'read_facet', set: this.#desk.id, node, facet: key.facet });
    return true;
  }

  /** Details that Live should tell, and does not: those of the last save. @returns as {@link ask} */
  askInstead(key: FacetKey): boolean {
    this.#desk.file.noteInstead(key);
    return this.ask(key);
  }
}
