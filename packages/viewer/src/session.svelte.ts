/** The page's connection: what the hub says, once per frame. */
import { type Connection, type ConnectionStatus, connect, type TreeChange } from '@livetree/client';
import type { NodeId } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import { asSetId, type Entry, type SetId, type SetInfo, type UnsavedMessage } from '@livetree/protocol';
import { linkedId, linkTo, rememberedUrl } from './addresses.ts';
import { ChangeLog } from './change-log.svelte.ts';
import { FollowLive } from './follow-live.svelte.ts';
import { changesOf, detailChanges, type RemovedFrom } from './highlights.ts';
import type { Shelf } from './kept.ts';
import { LiveNow } from './live-now.svelte.ts';
import { isBeingRead, shareRead } from './live-text.ts';
import { namesOf } from './names.ts';
import { Opening } from './opening.svelte.ts';
import { decodeRecent, forget, type RecentSet, remember } from './recent-sets.ts';
import { askRemembered, besideOf, NOTHING, type Remembered, recentOf } from './remembered.ts';
import { selectionOf } from './selection.ts';
import { isInTrouble, type StatusText, statusText } from './status-text.ts';
import { TreeState } from './tree-state.svelte.ts';

const RECENT_KEY = 'recent';
/** The Set that was chosen last, of several. */
const SET_KEY = 'set';

export class Session {
  readonly connection: Connection;
  readonly tree: TreeState;
  readonly log: ChangeLog;
  readonly live = new LiveNow();
  readonly follow: FollowLive;
  readonly opening: Opening;
  readonly #shelf: Shelf;
  #status = $state.raw<ConnectionStatus>({ state: 'connecting' });
  #retryAt = $state(0);
  #now = $state(Date.now());
  sets = $state.raw<readonly SetInfo[]>([]);
  set = $state.raw<SetInfo | undefined>();
  /** What changed since the save, of the Set that is shown. */
  #unsaved = $state.raw<UnsavedMessage | undefined>();
  readonly unsaved = $derived(this.#unsaved?.set === this.set?.id ? this.#unsaved : undefined);
  /** Sets shown here before, newest first. */
  #own = $state.raw<readonly RecentSet[]>([]);
  /** See {@link recall}. */
  #remembered = $state.raw<Remembered>(NOTHING);
  readonly #hub: string;
  /** Sets shown here or by the hub before, newest first. */
  readonly recent: readonly RecentSet[] = $derived(recentOf(this.#own, this.#remembered));
  /** Others in the folders of their projects, newest save first. */
  readonly beside: readonly RecentSet[] = $derived(besideOf(this.recent, this.#remembered));
  #waiting: TreeChange[] = [];
  #entries: Entry[] = [];
  /** Nodes whose details changed. */
  #touched: NodeId[] = [];
  #frame: number | undefined;
  #shown: SetId | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  readonly status: StatusText = $derived(
    statusText({
      connection: this.#status,
      retryInSeconds: Math.max(0, Math.ceil((this.#retryAt - this.#now) / 1000)),
      set: this.set,
      now: this.#now,
    }),
  );
  /** Connected to a hub that has no Set to show, or only one that cannot be read. */
  get isEmpty(): boolean {
    if (this.tree.root !== undefined) return false;
    if (this.isFromLive) return false;
    const isStuck = this.#status.state === 'reading' && this.set !== undefined && isInTrouble(this.set);
    return isStuck || this.#status.state === 'empty';
  }
  /** Share of the Set that has been read, 0 … 1, while it is being read. */
  get progress(): number | undefined {
    if (this.set !== undefined && isBeingRead(this.set)) return shareRead(this.set);
    return this.#status.state === 'reading' ? this.#status.progress : undefined;
  }
  get isReading(): boolean {
    return this.#status.state === 'reading' || this.isFromLive;
  }
  /** What is being read comes from Live. */
  get isFromLive(): boolean {
    return this.set !== undefined && isBeingRead(this.set);
  }
  get connectionStatus(): ConnectionStatus {
    return this.#status;
  }
  /** ms since 1970, to the second. */
  get now(): number {
    return this.#now;
  }

  constructor(url: string, shelf: Shelf) {
    this.#shelf = shelf;
    this.#hub = url;
    this.#own = decodeRecent(shelf.get(RECENT_KEY));
    const kept = shelf.get(SET_KEY);
    this.connection = connect(url, {
      channels: ['log', 'ephemeral', 'playhead', 'unsaved'],
      ...(kept === undefined ? {} : { set: asSetId(kept) }),
    });
    const { connection } = this;
    const get = (id: NodeId) => connection.get(id);
    this.tree = new TreeState({ find: get, placeOf: this.#placeOf }, (id) =>
      history.replaceState(null, '', linkTo(id)),
    );
    this.follow = new FollowLive((id) => this.tree.show(id));
    this.log = new ChangeLog({ shelf, names: namesOf(this.tree, get), get });
    this.opening = new Opening(connection, (id) => this.choose(id));
    this.#listen();
    setInterval(() => this.#tick(), 1000);
    addEventListener('hashchange', () => this.#followLink());
  }

  choose(id: SetId): void {
    this.#shelf.put(SET_KEY, id);
    this.connection.choose(id);
  }

  /** Asks the hub what it remembers; call it when that is about to be shown. */
  async recall(): Promise<void> {
    this.#remembered = await askRemembered(rememberedUrl(this.#hub, location.origin));
  }

  forgetRecent(): void {
    this.#keepRecent([]);
    this.#remembered = NOTHING;
    void this.connection.command({ name: 'forget_sets', args: {} });
  }

  /** The Set is to be read anew from Live. */
  readAnew(): void {
    void this.connection.command({ name: 'resync', args: {} });
  }

  /** What was not saved when Live ended is no longer to be shown. */
  dismiss(lost: string): void {
    void this.connection.command({ name: 'dismiss', args: { lost } });
  }

  /** The real-time switch, where it would make a difference: it is off, or Live is there. */
  get realtime(): { readonly isOn: boolean; turn(isOn: boolean): void } | undefined {
    const state = this.set?.live.state ?? 'none';
    if (state === 'none' || this.#status.state === 'waiting' || this.#status.state === 'closed')
      return undefined;
    const turn = (on: boolean): void => void this.connection.command({ name: 'realtime', args: { on } });
    return { isOn: state !== 'off', turn };
  }

  #keepRecent(recent: readonly RecentSet[]): void {
    if (recent === this.#own) return;
    this.#own = recent;
    this.#shelf.put(RECENT_KEY, JSON.stringify(recent));
  }

  #listen(): void {
    const { connection } = this;
    connection.onPatch((change) => {
      this.#waiting.push(change);
      this.#soon();
    });
    connection.onTouched(({ nodes }) => {
      this.#touched.push(...nodes);
      this.#soon();
    });
    connection.onEntry((entry) => {
      this.#entries.push(entry);
      this.#soon();
    });
    connection.onUnsaved((unsaved) => {
      this.#unsaved = unsaved;
    });
    connection.onStatus((status) => this.#statusCame(status));
    connection.onEphemeral((values) => {
      // Not once per frame: what was turned to is told by its order, which the newest values no longer say.
      if (this.#shown === this.connection.set?.id) this.follow.take(selectionOf(values));
      this.#soon();
    });
  }

  #tick(): void {
    this.#now = Date.now();
  }

  #statusCame(status: ConnectionStatus): void {
    this.#tick();
    this.#status = status;
    this.sets = this.connection.sets;
    this.set = this.connection.set;
    if (status.state === 'waiting') this.#retryAt = this.#now + status.retryInMs;
    if (status.state === 'empty') this.#chooseFirst();
    if (this.set?.live.simulated) this.#keepRecent(forget(this.#own, this.set));
  }

  /** The Set that was kept here is not there any more. */
  #chooseFirst(): void {
    const [first] = this.sets;
    if (this.set === undefined && first !== undefined) this.connection.choose(first.id);
  }

  /** A page nobody looks at gets no frames: then at once. */
  #soon(): void {
    if (document.hidden) this.#flush();
    else this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  #flush(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const changes = this.#waiting;
    const touched = this.#touched;
    this.#waiting = [];
    this.#touched = [];
    const { tree: root, set } = this.connection;
    if (root === undefined || this.#shown !== set?.id || this.tree.root === undefined) this.#start(set);
    else if (changes.length > 0 || touched.length > 0) this.#follow(root, changes, touched);
    this.#tellLog(set?.id);
    this.#tellNow();
  }

  #start(set: SetInfo | undefined): void {
    const { tree: root } = this.connection;
    if (this.#shown !== set?.id) this.follow.start();
    this.#shown = set?.id;
    this.tree.start(root);
    this.#followLink();
    if (root === undefined || set === undefined) return;
    this.#keepRecent(remember(this.#own, set, Date.now()));
  }

  /** After the tree: sentences are joined to what they tell of by its names. */
  #tellLog(set: SetId | undefined): void {
    this.log.start(set);
    const entries = this.#entries;
    this.#entries = [];
    this.log.take(entries);
  }

  /** After the tree, too: what is selected in Live may just have come. */
  #tellNow(): void {
    const { ephemeral } = this.connection;
    this.live.take(ephemeral);
    this.follow.take(selectionOf(ephemeral));
    this.follow.settle();
  }

  #follow(
    root: NonNullable<Connection['tree']>,
    changes: readonly TreeChange[],
    touched: readonly NodeId[],
  ): void {
    const removedFrom: RemovedFrom = new Map(changes.flatMap((change) => [...change.removedFrom]));
    const ops = changes.flatMap((change) => change.ops);
    const shown = [
      ...changesOf(ops, removedFrom, this.#placeOf),
      ...detailChanges(touched, ops, this.#placeOf),
    ];
    this.tree.follow(root, shown, performance.now());
    this.#expire();
  }

  readonly #placeOf = (id: NodeId) => {
    const place = this.connection.place(id);
    const parent = place && this.connection.get(place.parent);
    return place && parent && { parent, list: place.list };
  };

  #expire(): void {
    clearTimeout(this.#expiry);
    const next = this.tree.expire(performance.now());
    if (next === undefined) return;
    this.#expiry = setTimeout(() => this.#expire(), Math.max(16, next - performance.now()));
  }

  #followLink(): void {
    const id = linkedId(location.hash);
    if (id !== undefined && id !== this.tree.active) this.tree.show(asNodeId(id));
  }
}
