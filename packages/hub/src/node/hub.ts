/** The hub as one process runs it: the pure switchboard, wired to files, sockets and the clock. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SetId, SetInfo } from '@livetree/protocol';
import { PROTOCOL_VERSION, SYNC_LIMITS } from '@livetree/protocol';
import type { AccessRules } from '../access.ts';
import { isLoopback, urlHost } from '../access.ts';
import type { Effect } from '../effect.ts';
import type { Journal } from '../journal.ts';
import type { SetSink } from '../live/set-sides.ts';
import { metricsText } from '../metrics.ts';
import { setupAnswer } from '../setup.ts';
import type { HubState } from '../state.ts';
import { reachableHost } from '../state.ts';
import { Switchboard } from '../switchboard.ts';
import { HUB_VERSION } from '../version.ts';
import { Beat } from './beat.ts';
import { Desks } from './desks.ts';
import { FacetReader } from './facet-reader.ts';
import { figuresOf } from './figures.ts';
import { httpListener, urlOf } from './http.ts';
import type { Hub, HubOptions } from './hub-options.ts';
import { listen } from './listen.ts';
import type { Logger } from './logger.ts';
import { SILENT } from './logger.ts';
import { LoopMonitor } from './loop-monitor.ts';
import { Memory } from './memory.ts';
import { decodeClientMessage, loadMessages } from './messages.ts';
import { Mirrors } from './mirrors.ts';
import { createServer } from './node-http.ts';
import { Obeyer } from './obeyer.ts';
import { keptOwners } from './owners.ts';
import { packTree } from './pack-tree.ts';
import { RealtimeSwitch } from './realtime.ts';
import { HubHistory } from './saves/hub-history.ts';
import { ScriptHub } from './script-hub.ts';
import { ScriptSockets } from './script-sockets.ts';
import { setSink } from './set-sink.ts';
import { becomeSingle } from './single.ts';
import { SyncSockets } from './sockets.ts';

/** ms between two ticks while a save is compared with Live; while somebody is connected; while a Set is open. */
const TICK_MS = { comparing: 25, busy: 250, quiet: 1_000 } as const;

export class RunningHub implements Hub {
  readonly #options: HubOptions;
  readonly #logger: Logger;
  readonly #journal: Journal;
  readonly #history: HubHistory;
  readonly #switchboard: Switchboard;
  readonly #sockets: SyncSockets;
  readonly #server;
  readonly #mirrors: Mirrors;
  readonly #desks: Desks;
  readonly #scripts: ScriptHub;
  readonly #realtime: RealtimeSwitch;
  readonly #scriptSockets: ScriptSockets;
  readonly #facets = new FacetReader((set, key) => this.#desks.ask({ do: 'read_facet', set, ...key }));
  readonly #loop = new LoopMonitor();
  readonly #beat = new Beat({ tick: () => this.#tick(), paceMs: () => this.#paceMs() });
  readonly #memory: Memory;
  readonly #obeyer: Obeyer;
  #rules: AccessRules;
  #release: () => Promise<void> = async () => {};
  /** Sets that somebody asked for by their path. */
  readonly #asked = new Set<SetId>();
  #isClosed = false;

  /** @param preferencesDir where the user's preferences are kept */
  constructor(options: HubOptions, host: string, journal: Journal, preferencesDir: string | undefined) {
    const { dev = false, token, logger = SILENT, limits = {} } = options;
    this.#options = options;
    this.#journal = journal;
    this.#logger = logger;
    this.#history = new HubHistory({
      folder: options.historyDir,
      logger,
      journal,
      isOpen: (set) => this.#desks.has(set),
      forgetLog: (set) => this.#switchboard.forgetLog(set),
    });
    this.#rules = { host, port: 0, dev, token, commandToken: token || randomBytes(16).toString('hex') };
    this.#switchboard = new Switchboard({
      hubVersion: HUB_VERSION,
      decode: decodeClientMessage,
      sha1: (text) => createHash('sha1').update(text).digest('hex'),
      waitingBytes: (client) => this.#sockets.waitingBytes(client),
      now: Date.now,
      limits,
      journal,
    });
    const most = this.#switchboard.limits.sets;
    this.#desks = new Desks({
      sink: this.#sink(),
      mirrors: () => this.#mirrors,
      most,
      makeRoom: () => this.#makeRoom(),
      kept: (set) => this.#journal.load(set),
      restoreLive: (desk, kept) => this.#scripts.lives.restore(desk, kept),
    });
    this.#mirrors = new Mirrors({
      ...options,
      logger,
      most,
      target: this.#desks.target,
      owners: keptOwners(journal),
      ...this.#history.taker,
    });
    this.#realtime = new RealtimeSwitch(preferencesDir, () => this.#realtimeTurned());
    this.#scripts = this.#makeScripts();
    this.#scriptSockets = this.#makeScriptSockets();
    this.#sockets = this.#makeSockets();
    this.#server = this.#makeServer();
    this.#memory = new Memory(options.memoryDir, logger);
    this.#obeyer = this.#makeObeyer();
  }

  get port(): number {
    return this.#rules.port;
  }

  get token(): string {
    return this.#rules.commandToken;
  }

  get url(): string {
    const { host, port, token } = this.#rules;
    const query = isLoopback(host) || token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
    return `http://${urlHost(host)}:${port}/${query}`;
  }

  get sets(): readonly SetInfo[] {
    return this.#switchboard.infos;
  }

  async listen(port: number): Promise<void> {
    const found = await listen(this.#server, this.#rules.host, port);
    this.#rules = { ...this.#rules, port: found };
    this.#logger.info(`listening on ${this.#rules.host}, port ${found}`);
  }

  /** @throws HubError HUB_RUNNING when another one was quicker */
  async becomeSingle(stateDir: string): Promise<void> {
    const { port, token, url } = this;
    const host = reachableHost(this.#rules.host);
    const state: HubState = { pid: process.pid, host, port, token, protocol: PROTOCOL_VERSION, url };
    this.#release = await becomeSingle(stateDir, state, this.#logger);
  }

  loadPreferences(): Promise<void> {
    return this.#realtime.load();
  }

  async open(path: string): Promise<SetInfo> {
    await loadMessages();
    const info = await this.#mirrors.open(path);
    this.#asked.add(info.id);
    return info;
  }

  /** Of the Sets that only Live had opened and nobody looks at, lets go of the one that it opened first. */
  #makeRoom(): void {
    const isNeeded = (set: SetId): boolean => this.#asked.has(set) || this.#switchboard.isFollowed(set);
    const set = this.#scripts.lives.left.find((each) => !isNeeded(each));
    if (set === undefined) return;
    this.#scripts.lives.release(set);
    this.#mirrors.release(set);
    this.#desks.release(set);
    this.#run(this.#switchboard.remove(set));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#beat.close();
    this.#scripts.close();
    this.#loop.close();
    await this.#release();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // A client that does not answer is waited for: meanwhile the readers end, and what they read is kept.
    const threads = this.#mirrors.close().then(() => this.#history.close());
    await Promise.all([this.#sockets.closeAll(), this.#scriptSockets.closeAll(), threads]);
    this.#server.closeAllConnections();
    await closed;
    await this.#memory.close();
    for (const set of this.#switchboard.unkept) await this.#pack(set);
    this.#journal.close();
  }

  #sink(): SetSink {
    return setSink({
      board: this.#switchboard,
      journal: this.#journal,
      facets: this.#facets,
      isRealtime: () => this.#realtime.isOn,
      shown: (info) => this.#realtime.shown(info),
      mirrors: () => this.#mirrors,
      run: (effects) => this.#run(effects),
      told: (info, effects) => this.#told(info, effects),
      pack: (set) => void this.#pack(set),
    });
  }

  async #pack(set: SetId): Promise<void> {
    const authority = this.#switchboard.room(set)?.authority;
    if (authority === undefined) return;
    this.#run(this.#switchboard.putSnapshot(set, await packTree(authority)));
  }

  /** Something was told of a Set. */
  #told(info: SetInfo, effects: readonly Effect[]): void {
    this.#run(effects);
    this.#memory.note(info);
    this.#beat.adjust();
  }

  get #isConnected(): boolean {
    return this.#sockets.size + this.#scriptSockets.size > 0;
  }

  #paceMs(): number | undefined {
    if (this.#isConnected) return this.#desks.areComparing ? TICK_MS.comparing : TICK_MS.busy;
    return this.sets.length > 0 ? TICK_MS.quiet : undefined;
  }

  /** Somebody came or went. */
  #noteConnections(): void {
    this.#loop.watch(this.#isConnected);
    this.#beat.adjust();
  }

  #tick(): void {
    this.#scripts.tick();
    this.#run(this.#switchboard.tick());
  }

  #makeScripts(): ScriptHub {
    return new ScriptHub({
      desks: this.#desks,
      logger: this.#logger,
      now: Date.now,
      isFollowed: (set) => this.#switchboard.isFollowed(set),
      onRemove: (set) => {
        this.#desks.release(set);
        this.#run(this.#switchboard.remove(set));
      },
      isRealtime: () => this.#realtime.isOn,
      onRealtime: (isOn) => void this.#obeyer.turnRealtime(isOn).catch(() => {}),
    });
  }

  #realtimeTurned(): void {
    this.#logger.info(`real time is switched ${this.#realtime.isOn ? 'on' : 'off'}`);
    this.#scripts.configure();
    this.#desks.tellAll();
  }

  #makeObeyer(): Obeyer {
    return new Obeyer({
      setup: this.#options.setup,
      logger: this.#logger,
      realtime: this.#realtime,
      history: this.#history,
      memory: this.#memory,
      mirrors: this.#mirrors,
      desks: this.#desks,
      scripts: this.#scripts,
      open: (path) => this.open(path),
      answer: (client, result) => this.#run(this.#switchboard.answer(client, result)),
    });
  }

  #makeScriptSockets(): ScriptSockets {
    const scripts = this.#scripts;
    return new ScriptSockets(() => this.#rules, {
      onOpen: (script) => {
        scripts.open(script);
        this.#noteConnections();
      },
      onText: (script, text) => {
        scripts.receive(script, text);
        this.#beat.adjust();
      },
      onBinary: (script) => scripts.refuse(script, 'scripts send text frames only'),
      onGone: (script) => {
        scripts.gone(script);
        this.#noteConnections();
      },
    });
  }

  #makeSockets(): SyncSockets {
    const switchboard = this.#switchboard;
    return new SyncSockets({
      rules: () => this.#rules,
      clients: this.#options.clients ?? SYNC_LIMITS.clients,
      pingMs: this.#options.pingMs ?? SYNC_LIMITS.heartbeatMs,
      events: {
        onOpen: (client, mayCommand) => {
          switchboard.connect(client, mayCommand);
          this.#noteConnections();
        },
        onText: (client, text) => this.#run(switchboard.receive(client, text)),
        onBinary: (client) => this.#run(switchboard.refuse(client, 'clients send text frames only')),
        onGone: (client) => {
          switchboard.disconnect(client);
          this.#noteConnections();
        },
      },
    });
  }

  #makeServer() {
    const { viewerDir } = this.#options;
    const answer = httpListener({
      rules: () => this.#rules,
      sets: () => this.sets,
      clients: () => this.#sockets.size,
      metrics: () => metricsText(this.#figures()),
      api: {
        sets: () => this.sets,
        setup: async () => setupAnswer(await this.#options.setup?.state(), this.sets),
        authority: (set) => this.#switchboard.room(set)?.authority,
        past: this.#history.keeper,
        readFacet: (set, key) => this.#facets.read(set, key),
        unsaved: (set) => this.#switchboard.room(set)?.unsaved.now,
        remembered: () => this.#memory.offered(),
      },
      ...(viewerDir !== undefined && { viewerDir }),
    });
    const server = createServer(answer);
    server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
    return server;
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    await loadMessages();
    const url = urlOf(request);
    if (this.#isClosed) socket.destroy();
    else if (url?.pathname === '/script') this.#scriptSockets.upgrade(request, socket, head, url);
    else this.#sockets.upgrade(request, socket, head);
  }

  #figures() {
    const { size: clients, sentBytes } = this.#sockets;
    const loopDelayMaxMs = this.#loop.maxMs;
    const { count: ticks } = this.#beat;
    const scripts = { scripts: this.#scriptSockets.size, script: this.#scripts.lives.counters, ticks };
    return figuresOf({ clients, sentBytes, loopDelayMaxMs, ...scripts }, this.#switchboard, this.#mirrors);
  }

  #run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#runOne(effect);
  }

  #runOne(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.#sockets.send(effect.client, effect.text);
        return;
      case 'send_parts':
        this.#sockets.sendParts(effect.client, effect.parts);
        return;
      case 'send_binary':
        this.#sockets.sendBinary(effect.client, effect.chunks);
        return;
      case 'close':
        this.#sockets.close(effect.client, effect.code, effect.reason);
        return;
      case 'read_facet':
      case 'watch_facet':
      case 'make_snapshot':
        this.#desks.ask(effect);
        return;
      case 'watch_playhead':
        this.#scripts.watchPlayhead(effect.set, effect.isWatched);
        return;
      case 'open_path':
      case 'open_bytes':
      case 'file_changed':
      case 'realtime':
      case 'close_set':
      case 'resync':
      case 'install':
      case 'forget_sets':
      case 'history_delete':
      case 'history_keep':
      case 'dismiss':
        void this.#obeyer.obey(effect);
        return;
      default: {
        const never: never = effect;
        throw new Error(`unhandled effect ${JSON.stringify(never)}`);
      }
    }
  }
}
