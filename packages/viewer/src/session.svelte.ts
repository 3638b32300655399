/** The page's connection: what the hub says, once per frame. */
import { type Connection, type ConnectionStatus, connect, type TreeChange } from '@livetree/client';
import type { NodeId } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import type { Entry, SetId, SetInfo } from '@livetree/protocol';
import { linkedId, linkTo } from './addresses.ts';
import { changesOf, detailChanges, type RemovedFrom } from './highlights.ts';
import { type StatusText, statusText } from './status-text.ts';
import { TreeState } from './tree-state.svelte.ts';

export class Session {
  readonly connection: Connection;
  readonly tree: TreeState;
  #status = $state.raw<ConnectionStatus>({ state: 'connecting' });
  #retryAt = $state(0);
  #now = $state(Date.now());
  sets = $state.raw<readonly SetInfo[]>([]);
  set = $state.raw<SetInfo | undefined>();
  /** The newest line of the log. */
  entry = $state.raw<Entry | undefined>();
  #waiting: TreeChange[] = [];
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
  /** Connected to a hub that has no Set to show. */
  get isEmpty(): boolean {
    return this.#status.state === 'empty' && this.tree.root === undefined;
  }
  /** Share of the Set that has been read, 0 … 1, while it is being read. */
  get progress(): number | undefined {
    return this.#status.state === 'reading' ? this.#status.progress : undefined;
  }
  /** ms since 1970, to the second. */
  get now(): number {
    return this.#now;
  }

  constructor(url: string) {
    this.connection = connect(url, { channels: ['log'] });
    const { connection } = this;
    const lookup = { find: (id: NodeId) => connection.get(id), placeOf: this.#placeOf };
    this.tree = new TreeState(lookup, (id) => history.replaceState(null, '', linkTo(id)));
    connection.onPatch((change) => this.#changed(change));
    connection.onTouched(({ nodes }) => {
      this.#touched.push(...nodes);
      this.#soon();
    });
    connection.onStatus((status) => this.#statusCame(status));
    connection.onEntry((entry) => {
      this.entry = entry;
    });
    setInterval(() => this.#tick(), 1000);
    addEventListener('hashchange', () => this.#followLink());
  }

  choose(id: SetId): void {
    this.connection.choose(id);
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
  }

  #changed(change: TreeChange): void {
    this.#waiting.push(change);
    this.#soon();
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
    if (root === undefined || this.#shown !== set?.id || this.tree.root === undefined) {
      this.#shown = set?.id;
      this.tree.start(root);
      this.#followLink();
    } else this.#follow(root, changes, touched);
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
