/** The conversation with one client: hello, questions, commands. What it follows is brought by {@link Follower}. */
import type {
  Channel,
  ClientMessage,
  FacetKey,
  Hello,
  OpenFacet,
  SetId,
  SetInfo,
  Welcome,
} from '@livetree/protocol';
import { CLOSE_CODES, PROTOCOL_VERSION } from '@livetree/protocol';
import type { decodeClientMessage } from '@livetree/protocol/schema';
import { Commands } from './commands.ts';
import type { ClientId } from './effect.ts';
import { EphemeralReader } from './ephemeral.ts';
import { Follower } from './follower.ts';
import type { HubLimits } from './limits.ts';
import { LogReader } from './log.ts';
import type { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';
import type { SetRoom } from './set-room.ts';
import { UnsavedReader } from './unsaved-board.ts';

/** What a connection sees of the hub. */
export interface Directory {
  readonly hubVersion: string;
  /** Reads a text frame of a client. */
  readonly decode: typeof decodeClientMessage;
  /** All Sets; the order is the one in which they were opened. */
  readonly infos: readonly SetInfo[];
  /** Rises with every change of {@link infos}. */
  readonly infosVersion: number;
  /** The Set with this id, or the first one. */
  room(id: SetId | undefined): SetRoom | undefined;
}

export class Connection {
  readonly id: ClientId;
  readonly #limits: HubLimits;
  readonly #openedAt: number;
  readonly #pace: Pace;
  readonly #commands: Commands;
  #greeted = false;
  #closed = false;
  #follower: Follower | undefined;
  #channels: ReadonlySet<Channel> = new Set();
  #log: LogReader | undefined;
  #ephemeral: EphemeralReader | undefined;
  #unsaved: UnsavedReader | undefined;
  #infosSeen = 0;
  #beatAt: number;

  /** @param mayCommand whether it comes from a page of the hub, or has its token */
  constructor(id: ClientId, now: number, limits: HubLimits, mayCommand: boolean) {
    this.id = id;
    this.#commands = new Commands(mayCommand, limits);
    this.#limits = limits;
    this.#openedAt = now;
    this.#beatAt = now;
    this.#pace = new Pace(limits);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** How far it has heard the ephemeral values of its Set; `undefined` when it does not listen. */
  get ephemeral(): EphemeralReader | undefined {
    return this.#ephemeral;
  }

  /** The Set whose position of the song it wants. */
  get playheadOf(): SetId | undefined {
    return this.#channels.has('playhead') && this.#ephemeral !== undefined
      ? this.#follower?.room.id
      : undefined;
  }

  get follower(): Follower | undefined {
    return this.#follower;
  }

  /** Takes one text frame. */
  receive(text: string, hub: Directory, out: Outbox): void {
    if (this.#closed) return;
    const decoded = hub.decode(text);
    if (decoded.ok) this.#handle(decoded.message, hub, out);
    else if (speaksOtherVersion(text)) this.#closeForVersion(out);
    else this.refuse(decoded.reason, out);
  }

  /** Ends a conversation that breaks the protocol. */
  refuse(reason: string, out: Outbox): void {
    out.tally.badMessages += 1;
    this.#close(CLOSE_CODES.badMessage, reason, out);
  }

  /** Sends what the client misses, if it can take it. */
  advance(hub: Directory, out: Outbox, now: number): void {
    if (this.#closed || !this.#greeted) return;
    this.#follower?.advance(out, now);
    this.#log?.advance(out);
    this.#ephemeral?.advance(out);
    this.#unsaved?.advance(out, now);
    if (out.isFull || this.#infosSeen === hub.infosVersion) return;
    this.#infosSeen = hub.infosVersion;
    out.send({ type: 'status', sets: hub.infos });
  }

  /** What time alone brings about. @param waiting bytes that wait for the client */
  tick(hub: Directory, out: Outbox, waiting: number, now: number): void {
    if (this.#closed) return;
    if (!this.#greeted && now - this.#openedAt > this.#limits.helloMs)
      this.#close(CLOSE_CODES.tooSlow, 'no hello came in time', out);
    else if (this.#pace.isTooSlow(waiting, now)) this.#closeSlow(out);
    this.advance(hub, out, now);
    if (now - this.#beatAt >= this.#limits.heartbeatMs) this.#beat(hub, out, now);
  }

  /** The Set that it follows is there no longer: the client comes back and takes another. */
  dismiss(out: Outbox): void {
    this.#close(CLOSE_CODES.goingAway, 'this Set was closed', out);
  }

  /** The socket is gone. */
  end(): void {
    this.#closed = true;
    this.#follower?.leave();
    this.#follower = undefined;
    this.#ephemeral = undefined;
  }

  #handle(message: ClientMessage, hub: Directory, out: Outbox): void {
    if (!this.#greeted && message.type !== 'hello') {
      this.refuse('the first message must be hello', out);
      return;
    }
    switch (message.type) {
      case 'hello':
        this.#hello(message, hub, out);
        return;
      case 'open_facet':
        this.#openFacet(message, out);
        return;
      case 'close_facet':
        this.#follower?.closeFacet(keyOf(message));
        return;
      case 'subscribe':
        this.#channels = new Set(message.channels);
        this.#subscribe();
        return;
      case 'command':
        this.#commands.take(message, this.#follower?.room.id, out);
        return;
      default: {
        const never: never = message;
        throw new Error(`unhandled message ${JSON.stringify(never)}`);
      }
    }
  }

  #hello(hello: Hello, hub: Directory, out: Outbox): void {
    if (hello.protocol !== PROTOCOL_VERSION) {
      this.#closeForVersion(out);
      return;
    }
    this.#greeted = true;
    this.#follower?.leave();
    const room = hub.room(hello.set);
    const at = room && resumePoint(hello, room);
    this.#follower = room && this.#follow(hello, room, at);
    this.#subscribe();
    this.#infosSeen = hub.infosVersion;
    out.send(welcome(hello, hub, room, at));
    for (const key of hello.facets ?? []) this.#follower?.openFacet(keyOf(key), undefined);
  }

  #follow(hello: Hello, room: SetRoom, at: number | undefined): Follower {
    const { touchedMs } = this.#limits;
    return new Follower({ client: this.id, room, at, hasHeld: hello.revision !== undefined, touchedMs });
  }

  /** A reader that has begun goes on; so a second hello does not bring the recent entries again. */
  #subscribe(): void {
    const room = this.#follower?.room;
    const log = this.#channels.has('log') ? room?.log : undefined;
    if (log !== this.#log?.log) this.#log = log && new LogReader(log);
    const board = this.#channels.has('ephemeral') ? room?.ephemeral : undefined;
    if (board !== this.#ephemeral?.board)
      this.#ephemeral = board && room && new EphemeralReader(board, room.id);
    const unsaved = this.#channels.has('unsaved') ? room?.unsaved : undefined;
    if (unsaved !== this.#unsaved?.board) this.#unsaved = unsaved && new UnsavedReader(unsaved);
  }

  #openFacet(message: OpenFacet, out: Outbox): void {
    const { request } = message;
    const key = keyOf(message);
    const follower = this.#follower;
    if (follower === undefined) {
      out.send(refusal(request, 'NO_SET', 'This connection follows no Set.'));
    } else if (follower.openFacets >= this.#limits.openFacets && !follower.isOpen(key)) {
      out.send(
        refusal(request, 'TOO_MANY_FACETS', `At most ${this.#limits.openFacets} details can be open.`),
      );
    } else follower.openFacet(key, request);
  }

  #beat(hub: Directory, out: Outbox, now: number): void {
    const authority = this.#follower?.room.authority;
    if (this.#closed || !this.#greeted || out.isFull) return;
    this.#beatAt = now;
    if (authority === undefined) {
      // No tree, no revision: how things stand is the sign of life.
      out.send({ type: 'status', sets: hub.infos });
      return;
    }
    const { set, revision, skeleton } = authority;
    out.send({ type: 'heartbeat', set, revision, skeleton, time: now });
  }

  #closeSlow(out: Outbox): void {
    out.tally.slowClients += 1;
    this.#close(CLOSE_CODES.tooSlow, 'the client takes nothing any more', out);
  }

  #closeForVersion(out: Outbox): void {
    this.#close(CLOSE_CODES.version, `this hub speaks protocol ${PROTOCOL_VERSION}`, out);
  }

  #close(code: { readonly code: number }, reason: string, out: Outbox): void {
    this.end();
    out.close(code, reason);
  }
}

const keyOf = ({ node, facet }: FacetKey): FacetKey => ({ node, facet });

const refusal = (request: string, code: string, message: string) =>
  ({ type: 'result', request, ok: false, code, message }) as const;

/** The revision the client can go on from: epoch, revision and lineage must be one we remember. */
function resumePoint({ epoch, revision, lineage }: Hello, room: SetRoom): number | undefined {
  const authority = room.authority;
  if (epoch === undefined || epoch !== authority?.epoch) return undefined;
  if (revision === undefined || lineage === undefined) return undefined;
  return authority.history.knows({ revision, lineage }) ? revision : undefined;
}

function welcome(hello: Hello, hub: Directory, room: SetRoom | undefined, at: number | undefined): Welcome {
  return {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    request: hello.request,
    hubVersion: hub.hubVersion,
    sets: hub.infos,
    ...(room && { set: room.id }),
    resume: room === undefined ? 'nothing' : at === undefined ? 'snapshot' : 'patches',
  };
}

/** A hello of another protocol may have fields we do not know: its number alone tells. */
function speaksOtherVersion(text: string): boolean {
  try {
    const value = JSON.parse(text) as { readonly type?: unknown; readonly protocol?: unknown } | null;
    return value?.type === 'hello' && Number.isInteger(value.protocol) && value.protocol !== PROTOCOL_VERSION;
  } catch {
    return false;
  }
}
