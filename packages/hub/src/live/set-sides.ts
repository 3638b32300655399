/** What a Set's desk stands between: where it is served from, its Live, and what was kept of it. */
import type { FacetItem, FacetName, NodeId, NodeOf, Tree } from '@livetree/live-set';
import type { FacetKey, SetId, SetInfo, Telling, Unsaved } from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { SourceEffect } from '../effect.ts';
import type { EphemeralValue } from '../ephemeral.ts';
import type { FacetContent } from '../facet-content.ts';
import type { Details, KeptDetails } from '../joined/env.ts';
import type { KeptSet } from '../journal.ts';
import type { PackedSkeleton, Stated } from '../set-room.ts';
import type { SetDesk } from './set-desk.ts';

/** Where a Set is served from: the switchboard, behind its shell. */
export interface SetSink {
  describe(info: SetInfo): void;
  load(info: SetInfo, tree: Tree): void;
  /** Goes on with the line of revisions that was kept; the tree is that of its end. */
  resume(info: SetInfo, tree: Tree, kept: KeptSet): void;
  /** @throws PatchError when the change does not fit */
  change(info: SetInfo, change: Change, stated?: Stated): void;
  replace(info: SetInfo, tree: Tree, change: Omit<Change, 'ops'>, stated?: Stated): void;
  tell(set: SetId, telling: Telling): void;
  /** The run of Live has ended: what was kept of its frames is of no use. */
  endRun(set: SetId): void;
  putFacet(set: SetId, key: FacetKey, items: FacetContent | undefined): void;
  putSnapshot(set: SetId, packed: PackedSkeleton): void;
  putEphemeral(set: SetId, values: readonly EphemeralValue[]): void;
  endEphemeral(set: SetId): void;
  /** What differs from the saved file, as a whole. */
  putUnsaved(set: SetId, unsaved: Unsaved): void;
  /** The tree that is served. */
  rootOf(set: SetId): NodeOf<'set'> | undefined;
  /** Packs the tree that is served; `putSnapshot` follows. */
  packTree(set: SetId): void;
  /** Hands a question to the reader of the file. */
  askFile(question: SourceEffect): void;
  /** Has the file looked at now. */
  pokeFile(set: SetId): void;
  /** Another source answers for the details from now on: those that are open are read anew, and watched there. */
  turnFacets(set: SetId): void;
  /** Keeps a thing of a Set beside its line of revisions; absent: it is no longer needed. */
  keep(set: SetId, name: string, value: string | undefined): void;
  keptThing(set: SetId, name: string): string | undefined;
  /** ms, for the cost of work. */
  clock(): number;
  /** Whether the real-time switch is on. */
  isRealtime(): boolean;
}

/** What Live has told of details. */
export interface ToldDetails {
  /** After a moment, ms since 1970. */
  since(from: number): Details;
  /** Of these what a later hub has to know. */
  kept(from: number): KeptDetails;
  /** Of a node as Live has them now; `undefined`: it has not told them. */
  facet(node: NodeId, facet: FacetName): readonly FacetItem[] | undefined;
  /** Asks for the notes of clips; what comes is told to the desk's {@link SaveWatch}. */
  readNotes(clips: readonly NodeId[]): void;
}

/** What Live shows of itself through a desk. */
export interface LiveSide {
  readonly status: SetInfo['live'];
  /** Questions about the tree while Live leads. */
  ask(question: Exclude<SourceEffect, { readonly do: 'make_snapshot' }>): void;
  /** Its script is connected. */
  readonly isThere: boolean;
  /** The file is shown from now on. */
  fileLeads(): void;
  /** @returns whether Live can be asked */
  askBarrier(id: string, nodes: readonly NodeId[]): boolean;
  readonly told: ToldDetails;
  /** Its tree, without what the file knows. Linear in the nodes. */
  tree(): NodeOf<'set'> | undefined;
}

/** What was kept of Sets when the last hub ended. */
export interface SetPast {
  kept(set: SetId): KeptSet | undefined;
  /** Takes up the run of Live that was shown. @returns whether all of it was kept */
  restoreLive(desk: SetDesk, kept: KeptSet): boolean;
}

/** The message with which a script begins to state a run, or states it anew. */
export interface KeptHello {
  /** As it came. */
  readonly text: string;
  /** The frames that follow are numbered from behind this one. */
  readonly lastSeq: number;
}
