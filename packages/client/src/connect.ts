/** The shell around the replica: sockets, timers, inflating. */
import type { ListName, NodeId, NodeOf, Place, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type {
  Entry,
  FacetKey,
  SetId,
  SetInfo,
  Subscribe,
  TouchedMessage,
  UnsavedMessage,
} from '@livetree/protocol';
import { decodeHubMessage } from '@livetree/protocol';
import { COMMAND_MS, CommandBook, type CommandOutcome, type Question } from './command-book.ts';
import { type Diagnostics, Tally } from './diagnostics.ts';
import type { Effect } from './effects.ts';
import type { Inflate, Timers, WebSocketConstructor } from './environment.ts';
import {
  onPlatformWake,
  platformInflate,
  platformRandom,
  platformTimers,
  platformWebSocket,
} from './environment.ts';
import { ClientError } from './errors.ts';
import type { FacetView } from './facet-views.ts';
import { FacetViews } from './facet-views.ts';
import { Link } from './link.ts';
import { type EphemeralValue, Replica } from './replica.ts';
import { Signal } from './signal.ts';
import { type ConnectionStatus, statusOfPhase } from './status.ts';
import type { TreeChange } from './tree-change.ts';
import { type UploadOptions, upload } from './upload.ts';

/** All have defaults in a browser; Node 20 has no WebSocket of its own (give that of `ws`). */
export interface ConnectOptions {
  readonly WebSocket?: WebSocketConstructor;
  readonly inflate?: Inflate;
  readonly timers?: Timers;
  /** Numbers in [0, 1), for the pauses between attempts. */
  readonly random?: () => number;
  /** Calls back when it is worth trying at once; answers how to stop. */
  readonly onWake?: (wake: () => void) => () => void;
  /** The Set to follow; else the hub's first. */
  readonly set?: SetId;
  /** Channels to listen to beside the tree: `log` (entries), `ephemeral` (latest values), `unsaved` (changes since the save). */
  readonly channels?: Subscribe['channels'];
}

/** A Set, kept as the hub has it, through lost connections, until `close()`. */
export class Connection {
  readonly #replica: Replica;
  readonly #link: Link;
  readonly #inflate: Inflate;
  readonly #stopWaking: () => void;
  readonly #views: FacetViews;
  readonly #commands: CommandBook;
  readonly #tally = new Tally();
  readonly #patches = new Signal<TreeChange>();
  readonly #statuses = new Signal<ConnectionStatus>();
  readonly #touches = new Signal<TouchedMessage>();
  readonly #entries = new Signal<Entry>();
  readonly #unsaved = new Signal<UnsavedMessage>();
  readonly #values = new Signal<ReadonlyMap<string, EphemeralValue>>();
  #status: ConnectionStatus = { state: 'connecting' };
  #failed = 0;

  /** @throws ClientError `CLIENT_NO_WEBSOCKET` */
  constructor(url: string, options: ConnectOptions = {}) {
    const WebSocket = options.WebSocket ?? platformWebSocket();
    if (WebSocket === undefined) {
      throw new ClientError('CLIENT_NO_WEBSOCKET', 'this platform has no WebSocket: pass one in the options');
    }
    const { timers = platformTimers, random = platformRandom } = options;
    this.#inflate = options.inflate ?? platformInflate;
    this.#replica = new Replica(options.channels, options.set);
    this.#commands = new CommandBook(timers);
    this.#views = new FacetViews(
      (key) => this.#replica.facet(key),
      (key) => this.#run(this.#replica.closeFacet(key)),
    );
    this.#link = new Link({ url, WebSocket, timers, random }, this.#linkEvents());
    this.#stopWaking = (options.onWake ?? onPlatformWake)(() => this.#link.open());
    this.#link.open();
  }

  /** The newest tree; absent before the first, and when the hub has no Set. */
  get tree(): NodeOf<'set'> | undefined {
    return this.#replica.held?.tree.root;
  }
  get sets(): readonly SetInfo[] {
    return this.#replica.sets;
  }
  /** What the hub says of the Set that is followed. */
  get set(): SetInfo | undefined {
    return this.#replica.sets.find((info) => info.id === this.#replica.set);
  }
  get status(): ConnectionStatus {
    return this.#status;
  }
  /** Latest values by key; empty without the channel `ephemeral`. */
  get ephemeral(): ReadonlyMap<string, EphemeralValue> {
    return this.#replica.ephemeral;
  }
  /** What this connection went through, for engineers; made anew with every call. */
  get diagnostics(): Diagnostics {
    return this.#tally.report(this.#replica.held);
  }

  get(id: NodeId): TreeNode | undefined {
    return this.#replica.held?.tree.get(id);
  }
  parent(id: NodeId): TreeNode | undefined {
    return this.#replica.held?.tree.parentOf(id);
  }
  /** Where a node hangs; absent for the root and for unknown ids. Linear in the length of its list. */
  place(id: NodeId): Place | undefined {
    return this.#replica.held?.tree.placeOf(id);
  }
  children(id: NodeId, list: ListName): readonly TreeNode[] {
    return this.get(id)?.lists[list] ?? [];
  }
  /** The first node, parents before children, of which this is true. Linear in the size of the tree. */
  find(predicate: (node: TreeNode) => boolean): TreeNode | undefined {
    if (this.tree === undefined) return undefined;
    for (const node of walk(this.tree)) if (predicate(node)) return node;
    return undefined;
  }

  /** Looks at a facet; it is followed until the view is closed. */
  open(key: FacetKey): FacetView {
    const { view, isFirst } = this.#views.add(key);
    if (isFirst) this.#run(this.#replica.openFacet(key));
    return view;
  }
  /** Follow another of the hub's Sets. */
  choose(set: SetId): void {
    const effects = this.#replica.choose(set);
    if (effects.length > 0) this.#tally.chose();
    this.#run(effects);
  }

  /**
   * Asks the hub to do something; nothing that can be asked writes to Live or to a Set. Sent at most once, and
   * never again by itself: what was under way when the connection broke is answered `CONNECTION_LOST`.
   * @param timeoutMs ms for which an answer is awaited
   */
  command(question: Question, timeoutMs: number = COMMAND_MS): Promise<CommandOutcome> {
    const isOpen = this.#replica.phase !== 'offline';
    const send = (message: object) => this.#link.send(JSON.stringify(message));
    return this.#commands.ask(question, timeoutMs, isOpen ? send : undefined);
  }
  /** Opens the Set of a path on the hub's computer, to be followed from save to save; the value is its id. */
  openPath(path: string): Promise<CommandOutcome> {
    return this.command({ name: 'open_path', args: { path } });
  }
  /** Opens a Set from the bytes of its file, as it is now; the value is its id. */
  openBytes(file: UploadOptions): Promise<CommandOutcome> {
    return upload(file, (question) => this.command(question));
  }

  /** The tree became another one. Each `on…` answers how to stop listening. */
  onPatch(listener: (change: TreeChange) => void): () => void {
    return this.#patches.on(listener);
  }
  /** The connection's state, or what the hub says of its Sets, changed. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    return this.#statuses.on(listener);
  }
  /** Nodes of which something changed that the tree does not show. */
  onTouched(listener: (message: TouchedMessage) => void): () => void {
    return this.#touches.on(listener);
  }
  /** A line of the log; needs the channel `log`. */
  onEntry(listener: (entry: Entry) => void): () => void {
    return this.#entries.on(listener);
  }
  /** The changes since the last save are others than before; needs the channel `unsaved`. */
  onUnsaved(listener: (unsaved: UnsavedMessage) => void): () => void {
    return this.#unsaved.on(listener);
  }
  /** Latest values changed; needs the channel `ephemeral`. */
  onEphemeral(listener: (values: ReadonlyMap<string, EphemeralValue>) => void): () => void {
    return this.#values.on(listener);
  }

  /** The end: the socket is closed, nothing is called any more. The tree stays readable. */
  close(): void {
    this.#stopWaking();
    this.#link.close();
    this.#commands.lost();
    this.#status = { state: 'closed', code: 1000, reason: 'closed here' };
    const signals = [
      this.#patches,
      this.#statuses,
      this.#touches,
      this.#entries,
      this.#unsaved,
      this.#values,
    ];
    for (const signal of signals) signal.clear();
  }

  #linkEvents() {
    return {
      dialling: () => this.#say({ state: 'connecting' }),
      opened: () => {
        this.#tally.opened();
        this.#run(this.#replica.opened());
      },
      received: (frame: unknown) => this.#received(frame),
      closed: (code: number, reason: string, retryInMs: number | undefined) => {
        this.#tally.lost(code, reason);
        this.#commands.lost();
        this.#run(this.#replica.closed());
        this.#failed += 1;
        if (retryInMs === undefined) this.#say({ state: 'closed', code, reason });
        else this.#say({ state: 'waiting', retryInMs, attempt: this.#failed });
      },
    };
  }

  #received(frame: unknown): void {
    if (typeof frame === 'string') this.#heard(frame);
    else if (frame instanceof ArrayBuffer) {
      this.#tally.frame(frame.byteLength);
      this.#run(this.#replica.bytes(new Uint8Array(frame)));
    }
  }

  #heard(text: string): void {
    this.#tally.frame(text.length);
    const message = decode(text);
    if (message === 'broken') this.#link.reconnect('a frame was not JSON');
    else if (message !== undefined) {
      this.#tally.heard(message);
      const isAnswer = message.type === 'result' && this.#commands.take(message);
      if (!isAnswer) this.#run(this.#replica.message(message));
    }
  }

  /** Answers to the hub first: a listener that throws must not keep them back. */
  #run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#act(effect);
    for (const effect of effects) this.#tell(effect);
  }

  #act(effect: Effect): void {
    if (effect.effect === 'send') {
      this.#tally.sent(effect.message);
      this.#link.send(JSON.stringify(effect.message));
    } else if (effect.effect === 'reconnect') this.#link.reconnect(effect.reason);
    else if (effect.effect === 'inflate') {
      const done = (text: string | undefined) => this.#run(this.#replica.inflated(effect.ticket, text));
      this.#inflate(effect.pieces).then(done, () => done(undefined));
    }
  }

  #tell(effect: Effect): void {
    if (effect.effect === 'tree') this.#patches.emit(effect.change);
    else if (effect.effect === 'facet') this.#views.changed(effect.key);
    else if (effect.effect === 'touched') this.#touches.emit(effect.message);
    else if (effect.effect === 'entry') this.#entries.emit(effect.entry);
    else if (effect.effect === 'unsaved') this.#unsaved.emit(effect.unsaved);
    else if (effect.effect === 'ephemeral') this.#values.emit(this.#replica.ephemeral);
    else if (effect.effect === 'status') this.#sayPhase();
  }

  #sayPhase(): void {
    const { phase, progress } = this.#replica;
    if (phase === 'offline') return;
    if (phase === 'following' || phase === 'empty') this.#failed = 0;
    this.#say(statusOfPhase(phase, progress));
  }

  #say(status: ConnectionStatus): void {
    this.#status = status;
    this.#statuses.emit(status);
  }
}

/**
 * Follows a Set.
 * @param url of the hub, e.g. `ws://127.0.0.1:8765/sync`
 * @throws ClientError `CLIENT_NO_WEBSOCKET`
 */
export const connect = (url: string, options: ConnectOptions = {}): Connection =>
  new Connection(url, options);

function decode(frame: string): ReturnType<typeof decodeHubMessage> | 'broken' {
  try {
    return decodeHubMessage(frame);
  } catch {
    return 'broken';
  }
}
