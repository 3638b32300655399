/**
 * What a client knows of one Set, and the rules by which messages change it. Pure: no socket, clock or
 * chance; every method takes one event and returns the effects the shell must carry out.
 *
 * The tree shown is always one that the hub had: what does not fit is dropped and asked for anew.
 */
import type {
  Ephemeral,
  FacetKey,
  FacetMessage,
  FacetPatch,
  Heartbeat,
  HubMessage,
  PatchMessage,
  Result,
  SetId,
  SetInfo,
  Snapshot,
  Status,
  Subscribe,
  Welcome,
} from '@livetree/protocol';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import type { Effect } from './effects.ts';
import type { HeldFacet } from './facets.ts';
import { FacetChains } from './facets.ts';
import type { HeldTree, IncomingSnapshot } from './snapshot.ts';
import { addPiece, beginSnapshot, openSnapshot, snapshotProgress, snapshotState } from './snapshot.ts';
import { applyPatch, wholeChange } from './tree-change.ts';

/**
 * `offline` · `greeting`: hello sent, all before its welcome is dropped · `awaiting`: a snapshot was promised ·
 * `receiving`, `inflating`: it is on its way · `following`: patches apply · `empty`: the hub has
 * no Set, or none that could be read yet.
 */
export type Phase = 'offline' | 'greeting' | 'awaiting' | 'receiving' | 'inflating' | 'following' | 'empty';

/** A latest value without history (playing, playhead, meters). */
export type EphemeralValue = Ephemeral['values'][number];

type ChainMessage = Exclude<HubMessage, Welcome | Snapshot | Result | Status>;

/** Heartbeats without any progress after which the question is asked again. */
const PATIENCE_BEATS = 2;

export class Replica {
  #phase: Phase = 'offline';
  #serial = 0;
  #greeting: string | undefined;
  #wanted: SetId | undefined;
  #set: SetId | undefined;
  #sets: readonly SetInfo[] = [];
  #held: HeldTree | undefined;
  #incoming: IncomingSnapshot | undefined;
  #backlog: ChainMessage[] = [];
  #idleBeats = 0;
  readonly #facets = new FacetChains();
  readonly #ephemeral = new Map<string, EphemeralValue>();
  readonly #channels: Subscribe['channels'];

  /** @param wanted the Set to follow; else the hub's first */
  constructor(channels: Subscribe['channels'] = [], wanted?: SetId) {
    this.#channels = channels;
    this.#wanted = wanted;
  }

  get phase(): Phase {
    return this.#phase;
  }
  get sets(): readonly SetInfo[] {
    return this.#sets;
  }
  /** The Set that is followed. */
  get set(): SetId | undefined {
    return this.#set;
  }
  /** The last tree that was right; stays while offline and while a newer one is read. */
  get held(): HeldTree | undefined {
    return this.#held;
  }
  get ephemeral(): ReadonlyMap<string, EphemeralValue> {
    return this.#ephemeral;
  }
  /** Share of the snapshot that has arrived, 0 … 1. */
  get progress(): number {
    return this.#incoming === undefined ? 0 : snapshotProgress(this.#incoming);
  }
  facet(key: FacetKey): HeldFacet | undefined {
    return this.#facets.get(key);
  }

  // ── from the shell ────────────────────────────────────────────────────────────────────────────────────

  /** A fresh connection: says where this replica stands. */
  opened(): readonly Effect[] {
    const effects = this.#greet(true);
    if (this.#channels.length === 0) return effects;
    return [...effects, { effect: 'send', message: { type: 'subscribe', channels: this.#channels } }];
  }

  closed(): readonly Effect[] {
    this.#enter('offline');
    this.#facets.awaitAll();
    return [...this.#endEphemeral(), this.#status()];
  }

  /** Follow another Set. */
  choose(set: SetId): readonly Effect[] {
    this.#wanted = set;
    if (this.#phase === 'offline' || set === this.#set) return [];
    return this.#greet(false);
  }

  openFacet(key: FacetKey): readonly Effect[] {
    const request = this.#request();
    const isSilent = this.#phase === 'offline' || this.#phase === 'greeting';
    this.#facets.ask(key, isSilent ? undefined : request);
    return isSilent ? [] : [{ effect: 'send', message: { type: 'open_facet', request, ...key } }];
  }

  closeFacet(key: FacetKey): readonly Effect[] {
    this.#facets.close(key);
    if (this.#phase === 'offline') return [];
    return [{ effect: 'send', message: { type: 'close_facet', ...key } }];
  }

  /** A binary frame: the next piece of a snapshot. */
  bytes(bytes: Uint8Array): readonly Effect[] {
    if (this.#phase !== 'receiving' || this.#incoming === undefined) return [];
    this.#idleBeats = 0;
    this.#incoming = addPiece(this.#incoming, bytes);
    return this.#snapshotGrew(this.#incoming);
  }

  /** The text of a snapshot, or `undefined` when its bytes were damaged. */
  inflated(ticket: number, text: string | undefined): readonly Effect[] {
    const incoming = this.#incoming;
    if (this.#phase !== 'inflating' || incoming?.ticket !== ticket) return [];
    const held = text === undefined ? undefined : openSnapshot(incoming, text);
    if (held === undefined) return this.#giveUp('the Set arrived damaged');
    return this.#adopt(held);
  }

  /** A text frame. */
  message(message: HubMessage): readonly Effect[] {
    switch (message.type) {
      case 'welcome':
        return this.#welcome(message);
      case 'status':
        return this.#statusCame(message);
      case 'snapshot':
        return this.#snapshot(message);
      case 'result':
        return this.#result(message);
      default:
        return this.#chain(message);
    }
  }

  // ── greeting ──────────────────────────────────────────────────────────────────────────────────────────

  #request(): string {
    this.#serial += 1;
    return `r${this.#serial}`;
  }

  /** @param resume names what is held, so that only what is missing is sent; else the whole Set comes */
  #greet(resume: boolean): readonly Effect[] {
    this.#enter('greeting');
    this.#greeting = this.#request();
    this.#facets.awaitAll();
    const set = this.#wanted ?? this.#set;
    const facets = this.#facets.keys();
    const message = {
      type: 'hello' as const,
      protocol: PROTOCOL_VERSION,
      request: this.#greeting,
      ...(set === undefined ? {} : { set }),
      ...(resume && set === this.#set ? this.#place() : {}),
      ...(facets.length === 0 ? {} : { facets }),
    };
    return [{ effect: 'send', message }, this.#status()];
  }

  #place() {
    if (this.#held === undefined) return {};
    const { epoch, revision, lineage } = this.#held;
    return { epoch, revision, lineage };
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#idleBeats = 0;
    if (phase === 'following' || phase === 'inflating') return;
    this.#backlog = [];
    this.#incoming = undefined;
  }

  #welcome(welcome: Welcome): readonly Effect[] {
    if (this.#phase !== 'greeting' || welcome.request !== this.#greeting) return [];
    this.#greeting = undefined;
    this.#sets = welcome.sets;
    const effects = welcome.set === this.#set ? [] : this.#forget();
    this.#set = welcome.set;
    if (welcome.resume === 'patches' && this.#held === undefined) return [...effects, ...this.#greet(false)];
    this.#enter(welcomePhase(welcome));
    return [...effects, this.#status()];
  }

  #forget(): Effect[] {
    const effects = this.#endEphemeral();
    if (this.#held === undefined) return effects;
    this.#held = undefined;
    return [...effects, { effect: 'tree', change: wholeChange('gone') }];
  }

  #statusCame({ sets }: Status): readonly Effect[] {
    this.#sets = sets;
    const mine = sets.some((info) => info.id === this.#set);
    const settled = this.#phase === 'following' || this.#phase === 'empty';
    if (settled && !mine && (sets.length > 0 || this.#set !== undefined)) {
      this.#wanted = undefined;
      this.#set = undefined;
      return [...this.#forget(), ...this.#greet(false)];
    }
    return [this.#status()];
  }

  #status(): Effect {
    return { effect: 'status' };
  }

  #giveUp(reason: string): readonly Effect[] {
    this.#enter('greeting');
    return [{ effect: 'reconnect', reason }];
  }

  // ── snapshot ──────────────────────────────────────────────────────────────────────────────────────────

  #snapshot(header: Snapshot): readonly Effect[] {
    if (this.#phase === 'offline' || this.#phase === 'greeting') return [];
    if (this.#set !== undefined && header.set !== this.#set) return this.#greet(false);
    this.#set = header.set;
    const waiting = this.#backlog;
    this.#enter('receiving');
    this.#backlog = waiting;
    this.#serial += 1;
    this.#incoming = beginSnapshot(header, this.#serial);
    return this.#snapshotGrew(this.#incoming);
  }

  #snapshotGrew(incoming: IncomingSnapshot): readonly Effect[] {
    const state = snapshotState(incoming);
    if (state === 'damaged') return this.#giveUp('the Set arrived damaged');
    if (state === 'partial') return [this.#status()];
    this.#enter('inflating');
    return [{ effect: 'inflate', ticket: incoming.ticket, pieces: incoming.pieces }, this.#status()];
  }

  #adopt(held: HeldTree): readonly Effect[] {
    this.#held = held;
    const waiting = this.#backlog.filter((message) => !isOlder(message, held.revision));
    this.#enter('following');
    this.#backlog = [];
    this.#incoming = undefined;
    const effects: Effect[] = [
      { effect: 'tree', change: wholeChange('snapshot', held.tree.root) },
      this.#status(),
    ];
    for (const message of waiting) effects.push(...this.message(message));
    return effects;
  }

  // ── the chains ────────────────────────────────────────────────────────────────────────────────────────

  /** Everything that belongs to a chain waits while a snapshot is on its way. */
  #chain(message: ChainMessage): readonly Effect[] {
    if (this.#phase === 'following') return this.#follow(message);
    if (message.type === 'heartbeat') return this.#idleBeat(message);
    if (this.#phase === 'awaiting' || this.#phase === 'receiving' || this.#phase === 'inflating') {
      this.#backlog.push(message);
    }
    return [];
  }

  #idleBeat(beat: Heartbeat): readonly Effect[] {
    if (this.#phase === 'inflating') this.#backlog.push(beat);
    const waits = this.#phase === 'greeting' || this.#phase === 'awaiting' || this.#phase === 'receiving';
    if (!waits) return [];
    this.#idleBeats += 1;
    return this.#idleBeats < PATIENCE_BEATS ? [] : this.#greet(false);
  }

  #follow(message: ChainMessage): readonly Effect[] {
    switch (message.type) {
      case 'patch':
        return this.#patch(message);
      case 'heartbeat':
        return this.#isMine(message) && message.skeleton !== this.#held?.revision ? this.#greet(false) : [];
      case 'facet':
        return this.#facet(message);
      case 'facet_patch':
        return this.#facetPatch(message);
      case 'touched':
        return this.#isMine(message) ? [{ effect: 'touched', message }] : [];
      case 'entry':
        return this.#isMine(message) ? [{ effect: 'entry', entry: message }] : [];
      case 'unsaved':
        return this.#isMine(message) ? [{ effect: 'unsaved', unsaved: message }] : [];
      case 'ephemeral':
        return this.#isMine(message) ? this.#ephemeralCame(message) : [];
      default:
        return nothing(message);
    }
  }

  #isMine(message: { readonly set: SetId }): boolean {
    return message.set === this.#set;
  }

  #patch(patch: PatchMessage): readonly Effect[] {
    const held = this.#held;
    if (held === undefined || !this.#isMine(patch)) return this.#greet(false);
    if (patch.to === held.revision && patch.lineage === held.lineage) return [];
    if (patch.from !== held.revision) return this.#greet(false);
    const change = applyPatch(held.tree, patch);
    if (change === undefined) return this.#greet(false);
    this.#held = { ...held, revision: patch.to, lineage: patch.lineage };
    return [{ effect: 'tree', change }];
  }

  #facet(message: FacetMessage): readonly Effect[] {
    const taken = this.#isMine(message) && this.#facets.take(message);
    return taken ? [facetEffect(message)] : [];
  }

  #facetPatch(patch: FacetPatch): readonly Effect[] {
    if (!this.#isMine(patch)) return [];
    const outcome = this.#facets.patch(patch);
    if (outcome === 'misfit') return this.openFacet({ node: patch.node, facet: patch.facet });
    return outcome === 'taken' ? [facetEffect(patch), touchedEffect(patch)] : [];
  }

  /** The only question with a result is that for a facet. */
  #result(result: Result): readonly Effect[] {
    const refused = result.ok ? undefined : this.#facets.refuse(result.request, result.message);
    return refused === undefined ? [] : [facetEffect(refused)];
  }

  /** They are those of another Set, or of a hub that is gone. */
  #endEphemeral(): Effect[] {
    const keys = [...this.#ephemeral.keys()];
    this.#ephemeral.clear();
    return keys.length === 0 ? [] : [{ effect: 'ephemeral', keys }];
  }

  #ephemeralCame({ values }: Ephemeral): readonly Effect[] {
    for (const value of values) {
      if (value.value === null) this.#ephemeral.delete(value.key);
      else this.#ephemeral.set(value.key, value);
    }
    return [{ effect: 'ephemeral', keys: values.map((value) => value.key) }];
  }
}

/** Proves that every kind was handled. */
const nothing = (_: never): readonly Effect[] => [];

function welcomePhase({ resume }: Welcome): Phase {
  if (resume === 'patches') return 'following';
  return resume === 'snapshot' ? 'awaiting' : 'empty';
}

const facetEffect = ({ node, facet }: FacetKey): Effect => ({ effect: 'facet', key: { node, facet } });

/** The hub tells of touched nodes only where their facets are not watched: a watched one counts the same. */
const touchedEffect = ({ set, to, node }: FacetPatch): Effect => ({
  effect: 'touched',
  message: { type: 'touched', set, revision: to, nodes: [node] },
});

/** What a snapshot of this revision already contains. */
function isOlder(message: ChainMessage, revision: number): boolean {
  if (message.type === 'patch') return message.to <= revision;
  return message.type === 'heartbeat' && message.skeleton < revision;
}
