/** The hub as one process runs it: the pure switchboard, wired to files, sockets and the clock. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { SetId, SetInfo } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import type { AccessRules } from '../access.ts';
import { isLoopback, urlHost } from '../access.ts';
import type { Effect, OpenPathEffect } from '../effect.ts';
import { HubError } from '../errors.ts';
import type { HubLimits } from '../limits.ts';
import { refusePath } from '../set-path.ts';
import { Switchboard } from '../switchboard.ts';
import { HUB_VERSION } from '../version.ts';
import { FileMirror } from './file-mirror.ts';
import { httpListener } from './http.ts';
import { HUB_PORTS, listen } from './listen.ts';
import type { Logger } from './logger.ts';
import { SILENT } from './logger.ts';
import { realPathOf, setIdOf } from './paths.ts';
import type { SettleTimes } from './settle.ts';
import { SyncSockets } from './sockets.ts';

export interface HubOptions {
  /** Default 8765: if taken, the next free one up to 8769. 0 = any free port; another number = only that one. */
  readonly port?: number;
  /** Address to listen on; default 127.0.0.1. Any other than loopback needs a {@link token}. */
  readonly host?: string;
  /** Folder of the built viewer; without it only `/sync` and the small answers are served. */
  readonly viewerDir?: string;
  readonly token?: string;
  /** The viewer's development server on port 5173 may connect. */
  readonly dev?: boolean;
  readonly logger?: Logger;
  /** Sets to open at once; absolute paths. */
  readonly paths?: readonly string[];
  /** Look at the files every so many ms instead of waiting for the system to tell. */
  readonly pollMs?: number;
  readonly settle?: Partial<SettleTimes>;
  readonly limits?: Partial<HubLimits>;
  /** Heap of each reader thread, MB. */
  readonly workerMemoryMb?: number;
  /** ms between two pings to a client; the silent are cut off at the next. */
  readonly pingMs?: number;
  /** Clients at a time. */
  readonly clients?: number;
}

/** A running hub. */
export interface Hub {
  /** Address of the viewer, with the token where one is needed. */
  readonly url: string;
  readonly port: number;
  /** What is told of each Set, in the order in which they were opened. */
  readonly sets: readonly SetInfo[];
  /**
   * Mirrors a Set, or finds it when it is mirrored already. The file need not be there yet.
   * @throws HubError PATH_REFUSED, TOO_MANY_SETS, HUB_CLOSED
   */
  open(path: string): Promise<SetInfo>;
  /** Ends all: sockets, watchers, threads. */
  close(): Promise<void>;
}

const TICK_MS = 250;

/**
 * Starts a hub.
 * @throws HubError PORTS_TAKEN, PORT_TAKEN, LISTEN_FAILED, TOKEN_NEEDED, and those of {@link Hub.open}
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const { host = '127.0.0.1', port = HUB_PORTS[0], token, paths = [] } = options;
  if (!isLoopback(host) && !token)
    throw new HubError('TOKEN_NEEDED', `Other computers can reach ${host}: start the hub with a token.`);
  const hub = new RunningHub(options, host);
  try {
    await hub.listen(port);
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
  readonly #switchboard: Switchboard;
  readonly #sockets: SyncSockets;
  readonly #server;
  readonly #mirrors = new Map<SetId, FileMirror>();
  readonly #ticks: NodeJS.Timeout;
  #rules: AccessRules;
  #isClosed = false;

  constructor(options: HubOptions, host: string) {
    this.#options = options;
    this.#logger = options.logger ?? SILENT;
    this.#rules = { host, port: 0, dev: options.dev ?? false, token: options.token };
    this.#switchboard = new Switchboard({
      hubVersion: HUB_VERSION,
      sha1: (text) => createHash('sha1').update(text).digest('hex'),
      waitingBytes: (client) => this.#sockets.waitingBytes(client),
      now: Date.now,
      limits: options.limits ?? {},
    });
    this.#sockets = this.#makeSockets();
    this.#server = this.#makeServer();
    this.#ticks = setInterval(() => this.#run(this.#switchboard.tick()), TICK_MS).unref();
  }

  get port(): number {
    return this.#rules.port;
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

  async open(path: string): Promise<SetInfo> {
    const refusal = refusePath(path);
    if (refusal !== undefined) throw new HubError('PATH_REFUSED', refusal);
    const real = await realPathOf(path);
    if (this.#isClosed) throw new HubError('HUB_CLOSED', 'The hub has stopped.');
    const id = setIdOf(real);
    const mirror = this.#mirrors.get(id) ?? this.#mirror(id, real);
    return mirror.info;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#ticks);
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await this.#sockets.closeAll();
    this.#server.closeAllConnections();
    await Promise.all([...this.#mirrors.values()].map((mirror) => mirror.close()));
    await closed;
  }

  #makeSockets(): SyncSockets {
    const switchboard = this.#switchboard;
    return new SyncSockets({
      rules: () => this.#rules,
      clients: this.#options.clients ?? SYNC_LIMITS.clients,
      pingMs: this.#options.pingMs ?? SYNC_LIMITS.heartbeatMs,
      events: {
        onOpen: (client) => switchboard.connect(client),
        onText: (client, text) => this.#run(switchboard.receive(client, text)),
        onBinary: (client) => this.#run(switchboard.refuse(client, 'clients send text frames only')),
        onGone: (client) => switchboard.disconnect(client),
      },
    });
  }

  #makeServer() {
    const { viewerDir } = this.#options;
    const answer = httpListener({
      rules: () => this.#rules,
      sets: () => this.sets,
      clients: () => this.#sockets.size,
      ...(viewerDir !== undefined && { viewerDir }),
    });
    const server = createServer(answer);
    server.on('upgrade', (request, socket, head) => {
      if (this.#isClosed) socket.destroy();
      else this.#sockets.upgrade(request, socket, head);
    });
    return server;
  }

  #mirror(id: SetId, path: string): FileMirror {
    const { sets } = this.#switchboard.limits;
    if (this.#mirrors.size >= sets)
      throw new HubError('TOO_MANY_SETS', `The hub mirrors at most ${sets} Sets.`);
    const { pollMs, settle, workerMemoryMb } = this.#options;
    const switchboard = this.#switchboard;
    const mirror = new FileMirror({
      id,
      path,
      logger: this.#logger,
      target: {
        describe: (info) => this.#run(switchboard.describe(info)),
        load: (info, root) => this.#run(switchboard.load(info, root, randomBytes(8).toString('hex'))),
        change: (info, change) => this.#run(switchboard.change(info, change)),
        putFacet: (set, key, items) => this.#run(switchboard.putFacet(set, key, items)),
        putSnapshot: (set, packed) => this.#run(switchboard.putSnapshot(set, packed)),
      },
      ...(pollMs !== undefined && { pollMs }),
      ...(settle !== undefined && { times: settle }),
      ...(workerMemoryMb !== undefined && { workerMemoryMb }),
    });
    this.#mirrors.set(id, mirror);
    return mirror;
  }

  #run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#runOne(effect);
  }

  #runOne(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.#sockets.send(effect.client, effect.text);
        return;
      case 'send_binary':
        this.#sockets.sendBinary(effect.client, effect.chunks);
        return;
      case 'close':
        this.#sockets.close(effect.client, effect.code, effect.reason);
        return;
      case 'read_facet':
        this.#mirrors.get(effect.set)?.askFacet(effect.node, effect.facet);
        return;
      case 'make_snapshot':
        this.#mirrors.get(effect.set)?.askSnapshot();
        return;
      case 'open_path':
        void this.#openFor(effect);
        return;
      default: {
        const never: never = effect;
        throw new Error(`unhandled effect ${JSON.stringify(never)}`);
      }
    }
  }

  async #openFor({ client, request, path }: OpenPathEffect): Promise<void> {
    try {
      const { id } = await this.open(path);
      this.#run(this.#switchboard.answer(client, { type: 'result', request, ok: true, value: id }));
    } catch (error) {
      const code = error instanceof HubError ? error.code : 'FAILED';
      const message = error instanceof Error ? error.message : String(error);
      this.#run(this.#switchboard.answer(client, { type: 'result', request, ok: false, code, message }));
    }
  }
}
