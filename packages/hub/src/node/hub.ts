/** The hub as one process runs it: the pure switchboard, wired to files, sockets and the clock. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SetId, SetInfo } from '@livetree/protocol';
import { asSetId, PROTOCOL_VERSION, SYNC_LIMITS } from '@livetree/protocol';
import type { AccessRules } from '../access.ts';
import { isLoopback, urlHost } from '../access.ts';
import type { CommandEffect, Effect } from '../effect.ts';
import { HubError } from '../errors.ts';
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
import { noJournal, openJournal } from './journal/open-journal.ts';
import { HUB_PORTS, listen } from './listen.ts';
import type { Logger } from './logger.ts';
import { SILENT } from './logger.ts';
import { LoopMonitor } from './loop-monitor.ts';
import { Memory } from './memory.ts';
import { Mirrors, type MirrorsOptions } from './mirrors.ts';
import { packTree } from './pack-tree.ts';
import { RealtimeSwitch } from './realtime.ts';
import { HubHistory } from './saves/hub-history.ts';
import { ScriptHub } from './script-hub.ts';
import { ScriptSockets } from './script-sockets.ts';
import { becomeSingle, refuseSecond } from './single.ts';
import { SyncSockets } from './sockets.ts';
import { defaultStateDir } from './state-file.ts';

/** ms between two ticks while somebody is connected; and while nobody is, but a Set is open. */
const TICK_MS = { busy: 250, quiet: 1_000 } as const;
const NO_SETUP = {
  code: 'UNSUPPORTED',
  message: 'This hub was started by a program that cannot copy the script.',
};
/** Name under which the journal keeps the Set of a file. */
const OWNER = 'owner';

/**
 * Starts a hub.
 * @throws HubError PORTS_TAKEN, PORT_TAKEN, LISTEN_FAILED, TOKEN_NEEDED, HUB_RUNNING, and those of {@link Hub.open}
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const { host = '127.0.0.1', port = HUB_PORTS[0], token, paths = [], single = false } = options;
  if (!isLoopback(host) && !token)
    throw new HubError('TOKEN_NEEDED', `Other computers can reach ${host}: start the hub with a token.`);
  const stateDir = options.stateDir ?? defaultStateDir();
  if (single) await refuseSecond(stateDir);
  const { historyDir, logger = SILENT } = options;
  const journal = historyDir === undefined ? noJournal('off') : await openJournal(historyDir, logger);
  const isKept = single || options.stateDir !== undefined;
  const hub = new RunningHub(options, host, journal, isKept ? stateDir : undefined);
  try {
    await hub.loadPreferences();
    await hub.listen(port);
    if (single) await hub.becomeSingle(stateDir);
    for (const path of paths) await hub.open(path);
  } catch (error) {
    await hub.close();
    throw error;
  }
  return hub;
}

class RunningHub implements Hub {
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
    });
    this.#rules = { host, port: 0, dev, token, commandToken: token || randomBytes(16).toString('hex') };
    this.#switchboard = new Switchboard({
      hubVersion: HUB_VERSION,
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
      restoreLive: (desk, kept) => this.#scripts.restore(desk, kept),
    });
    this.#mirrors = new Mirrors({
      ...options,
      logger,
      most,
      target: this.#desks.target,
      owners: this.#owners(),
      ...this.#history.taker,
    });
    this.#realtime = new RealtimeSwitch(preferencesDir, () => this.#realtimeTurned());
    this.#scripts = this.#makeScripts();
    this.#scriptSockets = this.#makeScriptSockets();
    this.#sockets = this.#makeSockets();
    this.#server = this.#makeServer();
    this.#memory = new Memory(options.memoryDir, logger);
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
    const info = await this.#mirrors.open(path);
    this.#asked.add(info.id);
    return info;
  }

  /** Of the Sets that only Live had opened and nobody looks at, lets go of the one that it opened first. */
  #makeRoom(): void {
    const isNeeded = (set: SetId): boolean => this.#asked.has(set) || this.#switchboard.isFollowed(set);
    const set = this.#scripts.left.find((each) => !isNeeded(each));
    if (set === undefined) return;
    this.#scripts.release(set);
    this.#mirrors.release(set);
    this.#desks.release(set);
    this.#run(this.#switchboard.remove(set));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#beat.close();
    this.#loop.close();
    await this.#release();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await Promise.all([this.#sockets.closeAll(), this.#scriptSockets.closeAll()]);
    this.#server.closeAllConnections();
    await this.#mirrors.close();
    await this.#history.close();
    await closed;
    await this.#memory.close();
    this.#journal.close();
  }

  #sink(): SetSink {
    const board = this.#switchboard;
    const shown = (info: SetInfo): SetInfo => this.#realtime.shown(info);
    return {
      describe: (info) => this.#told(info, board.describe(shown(info))),
      load: (info, tree) => this.#told(info, board.load(shown(info), tree, randomBytes(8).toString('hex'))),
      resume: (info, tree, kept) => this.#told(info, board.resume(shown(info), tree, kept)),
      change: (info, change, stated) => this.#told(info, board.change(shown(info), change, stated)),
      replace: (info, tree, change, stated) => this.#run(board.replace(shown(info), tree, change, stated)),
      endRun: (set) => this.#journal.endRun(set),
      tell: (set, telling) => this.#run(board.tell(set, telling)),
      putFacet: (set, key, items) => {
        this.#run(board.putFacet(set, key, items));
        this.#facets.take(set, key, items);
      },
      putSnapshot: (set, packed) => this.#run(board.putSnapshot(set, packed)),
      putEphemeral: (set, values) => this.#run(board.putEphemeral(set, values)),
      endEphemeral: (set) => this.#run(board.endEphemeral(set)),
      putUnsaved: (set, unsaved) => this.#run(board.putUnsaved(set, unsaved)),
      rootOf: (set) => board.room(set)?.authority?.root,
      packTree: (set) => void this.#pack(set),
      askFile: (question) => this.#mirrors.ask(question),
      pokeFile: (set) => this.#mirrors.lookAt(set),
      turnFacets: (set) => this.#run(board.turnFacets(set)),
      keep: (set, name, value) => this.#journal.keep(set, name, value),
      clock: () => performance.now(),
      keptThing: (set, name) => this.#journal.keptThing(set, name),
    };
  }

  /** Kept, so that a Set goes on in its new file on another day. */
  #owners(): MirrorsOptions['owners'] {
    const known = new Map<SetId, SetId>();
    const keptOf = (file: SetId): SetId | undefined => {
      const kept = this.#journal.keptThing(file, OWNER);
      return kept === undefined ? undefined : asSetId(kept);
    };
    return {
      get: (file) => known.get(file) ?? keptOf(file),
      set: (file, owner) => {
        known.set(file, owner);
        this.#journal.keep(file, OWNER, owner);
      },
    };
  }

  async #pack(set: SetId): Promise<void> {
    const authority = this.#switchboard.room(set)?.authority;
    if (authority === undefined) return;
    const packed = await packTree(authority);
    if (!this.#isClosed) this.#run(this.#switchboard.putSnapshot(set, packed));
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
    if (this.#isConnected) return TICK_MS.busy;
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
      onRealtime: (isOn) => void this.#turnRealtime(isOn).catch(() => {}),
    });
  }

  /** @throws Error when it cannot be kept */
  async #turnRealtime(isOn: boolean): Promise<void> {
    try {
      await this.#realtime.turn(isOn, Date.now());
    } catch (error) {
      this.#logger.warn(`the real-time switch holds, but cannot be kept: ${String(error)}`);
      throw error;
    }
  }

  #realtimeTurned(): void {
    this.#logger.info(`real time is switched ${this.#realtime.isOn ? 'on' : 'off'}`);
    this.#scripts.configure();
    this.#desks.tellAll();
  }

  #makeScriptSockets(): ScriptSockets {
    const scripts = this.#scripts;
    return new ScriptSockets(() => this.#rules, {
      onOpen: (script) => {
        scripts.open(script);
        this.#noteConnections();
      },
      onText: (script, text) => scripts.receive(script, text),
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
    server.on('upgrade', (request, socket, head) => {
      if (this.#isClosed) socket.destroy();
      else this.#upgrade(request, socket, head);
    });
    return server;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = urlOf(request);
    if (url?.pathname === '/script') this.#scriptSockets.upgrade(request, socket, head, url);
    else this.#sockets.upgrade(request, socket, head);
  }

  #figures() {
    const { size: clients, sentBytes } = this.#sockets;
    const loopDelayMaxMs = this.#loop.maxMs;
    const { count: ticks } = this.#beat;
    const scripts = { scripts: this.#scriptSockets.size, script: this.#scripts.counters, ticks };
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
        void this.#obey(effect);
        return;
      default: {
        const never: never = effect;
        throw new Error(`unhandled effect ${JSON.stringify(never)}`);
      }
    }
  }

  /** Carries a command out and answers: with the id of the Set, or how the switch stands. */
  async #obey(command: CommandEffect): Promise<void> {
    const { client, request } = command;
    try {
      const outcome =
        command.do === 'install'
          ? await this.#install()
          : { ok: true as const, value: await this.#execute(command) };
      this.#run(this.#switchboard.answer(client, { type: 'result', request, ...outcome }));
    } catch (error) {
      const code = error instanceof HubError ? error.code : 'FAILED';
      const message = error instanceof Error ? error.message : String(error);
      this.#run(this.#switchboard.answer(client, { type: 'result', request, ok: false, code, message }));
    }
  }

  async #install() {
    const outcome = await this.#options.setup?.install();
    if (outcome?.ok === true) return { ok: true as const, value: outcome.path };
    const { code, message } = outcome ?? NO_SETUP;
    return { ok: false as const, code, message };
  }

  async #execute(command: Exclude<CommandEffect, { readonly do: 'install' }>): Promise<string | boolean> {
    switch (command.do) {
      case 'history_keep':
      case 'history_delete':
        return this.#history.obey(command);
      case 'realtime':
        if (command.on !== undefined) await this.#turnRealtime(command.on);
        return this.#realtime.isOn;
      case 'close_set':
        if (this.#scripts.remove(command.set)) return command.set;
        throw new HubError('NOT_OPEN', 'Only a Set without a file, whose Live is gone, can be closed.');
      case 'resync':
        return this.#resync(command.set);
      case 'dismiss':
        return this.#dismiss(command.set, command.lost);
      case 'forget_sets':
        await this.#memory.clear();
        return true;
      case 'file_changed':
        return (await this.#mirrors.poke(command.path)).id;
      case 'open_path':
        return (await this.open(command.path)).id;
      case 'open_bytes':
        return this.#openBytes(command);
      default:
        return command satisfies never;
    }
  }

  async #openBytes({ name, texts }: Extract<CommandEffect, { readonly do: 'open_bytes' }>): Promise<string> {
    const bytes = Buffer.concat(texts.map((text) => Buffer.from(text, 'base64')));
    return this.#mirrors.openBytes(name, bytes).id;
  }

  #dismiss(id: SetId, lost: string): SetId {
    if (!this.#desks.dismiss(id, lost))
      throw new HubError('NOT_OPEN', 'There are no such changes that were not saved.');
    return id;
  }

  #resync(id: SetId): SetId {
    if (!this.#scripts.retry(id)) throw new HubError('NOT_OPEN', 'Live is not connected to this Set.');
    return id;
  }
}
