/**
 * The pure hub: all Sets and all connections. Every method takes something that happened and returns what has
 * to be done about it, in order.
 */
import type { NodeId, Tree } from '@livetree/live-set';
import type { Epoch, FacetKey, Result, SetId, SetInfo, Telling, Unsaved } from '@livetree/protocol';
import type { Change } from './authority.ts';
import type { Directory } from './connection.ts';
import { Connection } from './connection.ts';
import type { ClientId, Effect } from './effect.ts';
import type { EphemeralValue } from './ephemeral.ts';
import type { FacetContent } from './facet-content.ts';
import type { Journal, KeptSet } from './journal.ts';
import type { HubLimits } from './limits.ts';
import { DEFAULT_HUB_LIMITS } from './limits.ts';
import type { Sha1Hex } from './lineage.ts';
import { Outbox } from './outbox.ts';
import type { PackedSkeleton, Stated } from './set-room.ts';
import { SetRoom } from './set-room.ts';
import type { Tally } from './tally.ts';
import { newTally } from './tally.ts';

export interface SwitchboardOptions {
  readonly hubVersion: string;
  /** Reads a text frame of a client. */
  readonly decode: Directory['decode'];
  readonly sha1: Sha1Hex;
  /** Bytes handed to the client's socket that it has not taken yet. */
  readonly waitingBytes: (client: ClientId) => number;
  /** ms since 1970; must not go back by more than the timeouts can bear. */
  readonly now: () => number;
  readonly limits?: Partial<HubLimits>;
  /** What outlives the hub; without it every start begins a new epoch. */
  readonly journal?: Journal;
}

export class Switchboard {
  readonly limits: HubLimits;
  readonly #tally = newTally();
  readonly #options: SwitchboardOptions;
  readonly #rooms = new Map<SetId, SetRoom>();
  readonly #connections = new Map<ClientId, Connection>();
  #infos: readonly SetInfo[] = [];
  #infosVersion = 0;
  /** Sets of which somebody wants the position of the song. */
  #playheads: ReadonlySet<SetId> = new Set();

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    this.limits = { ...DEFAULT_HUB_LIMITS, ...options.limits };
  }

  /** What is told of all Sets, in the order in which they were opened. */
  get infos(): readonly SetInfo[] {
    return this.#infos;
  }

  get tally(): Readonly<Tally> {
    return this.#tally;
  }

  /** The Set with this id, or the first one. */
  /** Forgets what was told of changes, of one Set or of all. */
  forgetLog(id: SetId | undefined): void {
    for (const [set, { log }] of this.#rooms) if (id === undefined || set === id) log.clear();
  }

  room(id?: SetId): SetRoom | undefined {
    return id === undefined ? this.#rooms.values().next().value : this.#rooms.get(id);
  }

  // ── Sets ────────────────────────────────────────────────────────────────────────────────────────────

  /** A Set was opened, or something about its sources changed. */
  describe(info: SetInfo): readonly Effect[] {
    this.#noteInfo(info);
    return this.#advanceAll();
  }

  /** The first tree of a Set was read, or one that cannot be joined to the last (then with a new epoch). */
  load(info: SetInfo, tree: Tree, epoch: Epoch): readonly Effect[] {
    this.#noteInfo(info).load(tree, epoch);
    return this.#advanceAll();
  }

  /** A Set goes on where the last hub was: with its tree, its line of revisions and its log. */
  resume(info: SetInfo, tree: Tree, kept: KeptSet): readonly Effect[] {
    this.#noteInfo(info).resume(tree, kept);
    return this.#advanceAll();
  }

  /**
   * The Set changed.
   * @param stated the frame of the Remote Script that brought it, which is kept together with it
   * @throws PatchError when the change does not fit the tree: the source must start anew
   */
  change(info: SetInfo, change: Change, stated?: Stated): readonly Effect[] {
    const room = this.#noteInfo(info);
    if (room.commit(change, stated)) this.#touchFollowers(room, change);
    const isThere = (node: NodeId): boolean => room.authority?.node(node) !== undefined;
    room.ephemeral.change(change.ops, isThere, this.#options.now());
    return this.#advanceAll();
  }

  /** The Set changed so much that its whole tree was sent: all clients get a snapshot. */
  replace(info: SetInfo, tree: Tree, change: Omit<Change, 'ops'>, stated?: Stated): readonly Effect[] {
    const room = this.#noteInfo(info);
    room.replace(tree, change, stated);
    this.#touchFollowers(room, change);
    return this.#advanceAll();
  }

  /** The source says in words what the change was that it reported last; the log passes it on. */
  tell(set: SetId, telling: Telling): readonly Effect[] {
    this.#rooms.get(set)?.tell(telling);
    return this.#advanceAll();
  }

  /** The source tells latest values: they make no revision. */
  putEphemeral(set: SetId, values: readonly EphemeralValue[]): readonly Effect[] {
    this.#rooms.get(set)?.ephemeral.put(values, this.#options.now());
    return this.#advanceAll();
  }

  /** What told latest values is gone. */
  endEphemeral(set: SetId): readonly Effect[] {
    this.#rooms.get(set)?.ephemeral.endAll(this.#options.now());
    return this.#advanceAll();
  }

  /** What differs from the saved file was found anew. */
  putUnsaved(set: SetId, unsaved: Unsaved): readonly Effect[] {
    this.#rooms.get(set)?.unsaved.put(unsaved);
    return this.#advanceAll();
  }

  /** Another source answers for the details of a Set from now on. */
  turnFacets(set: SetId): readonly Effect[] {
    this.#rooms.get(set)?.facets.turn();
    return this.#advanceAll();
  }

  /** The source answers `read_facet`; `undefined` = it knows no such node. */
  putFacet(set: SetId, key: FacetKey, content: FacetContent | undefined): readonly Effect[] {
    this.#rooms.get(set)?.putFacet(key, content);
    return this.#advanceAll();
  }

  /** Sets of which the next hub could not go on with what was kept: a checkpoint is still being made. */
  get unkept(): readonly SetId[] {
    return [...this.#rooms.values()].filter((room) => room.lacksCheckpoint).map(({ id }) => id);
  }

  /** The source answers `make_snapshot`. */
  putSnapshot(set: SetId, packed: PackedSkeleton): readonly Effect[] {
    this.#rooms.get(set)?.putSnapshot(packed);
    return this.#advanceAll();
  }

  /** A Set is there no longer. What the journal has of it stays. */
  remove(set: SetId): readonly Effect[] {
    if (!this.#rooms.delete(set)) return [];
    this.#listInfos();
    const left = this.#each((connection, out) => {
      if (connection.follower?.room.id === set) connection.dismiss(out);
    });
    return [...left, ...this.#advanceAll()];
  }

  /** Whether any client looks at a Set. */
  isFollowed(set: SetId): boolean {
    return [...this.#connections.values()].some(({ follower }) => follower?.room.id === set);
  }

  // ── Clients ─────────────────────────────────────────────────────────────────────────────────────────

  /** @param mayCommand whether it comes from a page of the hub, or has its token */
  connect(id: ClientId, mayCommand: boolean): void {
    this.#connections.set(id, new Connection(id, this.#options.now(), this.limits, mayCommand));
  }

  /** The client sent a text frame. */
  receive(id: ClientId, text: string): readonly Effect[] {
    return this.#with(id, (connection, out) => {
      connection.receive(text, this.#directory(), out);
      connection.advance(this.#directory(), out, this.#options.now());
    });
  }

  /** The client broke the protocol below the messages (a binary frame). */
  refuse(id: ClientId, reason: string): readonly Effect[] {
    return this.#with(id, (connection, out) => connection.refuse(reason, out));
  }

  /** Answers a command that was handed to the shell. */
  answer(id: ClientId, result: Result): readonly Effect[] {
    return this.#with(id, (_, out) => out.send(result));
  }

  /** The client's socket is gone. */
  disconnect(id: ClientId): void {
    this.#connections.get(id)?.end();
    this.#connections.delete(id);
  }

  /** Call it a few times a second: timeouts, heartbeats, clients that were too slow. */
  tick(): readonly Effect[] {
    const hub = this.#directory();
    const now = this.#options.now();
    for (const room of this.#rooms.values()) this.#tidyEphemeral(room, now);
    return this.#each((connection, out) =>
      connection.tick(hub, out, this.#options.waitingBytes(connection.id), now),
    );
  }

  // ── Inside ──────────────────────────────────────────────────────────────────────────────────────────

  #noteInfo(info: SetInfo): SetRoom {
    const known = this.#rooms.get(info.id);
    if (known?.info === info) return known;
    const room = known ?? new SetRoom(info, this.#options.sha1, this.limits, this.#options.journal);
    room.info = info;
    this.#rooms.set(info.id, room);
    this.#listInfos();
    return room;
  }

  #listInfos(): void {
    this.#infos = [...this.#rooms.values()].map((each) => each.info);
    this.#infosVersion += 1;
  }

  #tidyEphemeral({ ephemeral }: SetRoom, now: number): void {
    const readers = [...this.#connections.values()].map((connection) => connection.ephemeral);
    const heard = readers.flatMap((reader) => (reader?.board === ephemeral ? [reader.at] : []));
    ephemeral.forget(Math.min(ephemeral.changes, ...heard));
    ephemeral.expire(now);
  }

  #touchFollowers(room: SetRoom, { touched }: Pick<Change, 'touched'>): void {
    for (const { follower } of this.#connections.values()) {
      if (follower?.room === room) follower.touch(touched);
    }
  }

  #advanceAll(): readonly Effect[] {
    const hub = this.#directory();
    const now = this.#options.now();
    return this.#each((connection, out) => connection.advance(hub, out, now));
  }

  #each(act: (connection: Connection, out: Outbox) => void): readonly Effect[] {
    const effects: Effect[] = [];
    for (const connection of this.#connections.values()) {
      const out = this.#outbox(connection.id);
      act(connection, out);
      effects.push(...out.effects);
    }
    return [...effects, ...this.#questions()];
  }

  #with(id: ClientId, act: (connection: Connection, out: Outbox) => void): readonly Effect[] {
    const connection = this.#connections.get(id);
    if (connection === undefined || connection.isClosed) return [];
    const out = this.#outbox(id);
    act(connection, out);
    return [...out.effects, ...this.#questions()];
  }

  #questions(): readonly Effect[] {
    const questions = [...this.#rooms.values()].flatMap((room) => room.takeQuestions());
    return [...questions, ...this.#turnPlayheads()];
  }

  /** Of which Sets somebody began or ended to want the position. */
  #turnPlayheads(): readonly Effect[] {
    const wanted = new Set([...this.#connections.values()].flatMap(({ playheadOf }) => playheadOf ?? []));
    const before = this.#playheads;
    this.#playheads = wanted;
    const turn = (isWatched: boolean) => (set: SetId) => ({ do: 'watch_playhead', set, isWatched }) as const;
    const ended = [...before].filter((set) => !wanted.has(set)).map(turn(false));
    return [...[...wanted].filter((set) => !before.has(set)).map(turn(true)), ...ended];
  }

  #outbox(id: ClientId): Outbox {
    return new Outbox(id, this.#options.waitingBytes(id), this.limits.queueBytes, this.#tally);
  }

  #directory(): Directory {
    return {
      hubVersion: this.#options.hubVersion,
      decode: this.#options.decode,
      infos: this.#infos,
      infosVersion: this.#infosVersion,
      room: (id) => this.room(id),
    };
  }
}
