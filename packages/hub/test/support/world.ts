/** The pure hub between a source and clients that live in memory. Nothing happens by itself. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { FacetItem, NodeOf, Op, Touched } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { ClientMessage, HubMessage, SetInfo, Telling } from '@livetree/protocol';
import { asSetId, PROTOCOL_VERSION } from '@livetree/protocol';
import { decodeClientMessage } from '@livetree/protocol/schema';
import type { ClientId, CommandEffect, Effect, SourceEffect } from '../../src/effect.ts';
import type { FacetContent } from '../../src/facet-content.ts';
import { COMPARED_CHARACTERS, facetContent } from '../../src/facet-content.ts';
import type { HubLimits } from '../../src/limits.ts';
import { Switchboard } from '../../src/switchboard.ts';
import { Replica } from './replica.ts';
import { apply, nodesOf, smallSet } from './trees.ts';

export const SET = asSetId('5e7000000001');
export const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
export const infoOf = (id = SET, more: Partial<SetInfo> = {}): SetInfo => ({
  id,
  name: 'My Set',
  file: { state: 'ok' },
  live: { state: 'none' },
  ...more,
});

/** The Set as the source tells of it while nothing is new about its file. */
const INFO = infoOf();

type Frame = string | Uint8Array;

const textOf = (part: Frame): string => (typeof part === 'string' ? part : Buffer.from(part).toString());

/** A facet as the worker hands it over: what is big, as bytes. */
const contentOf = (json: string): FacetContent =>
  json.length > COMPARED_CHARACTERS
    ? { bytes: new TextEncoder().encode(json), sum: sha1(json) }
    : facetContent(json);

/** The client's end of a socket. Frames wait in it until they are delivered. */
export class Wire {
  readonly inFlight: Frame[] = [];
  readonly replica: Replica;
  closed: { readonly code: number; readonly reason: string } | undefined;

  constructor(replica = new Replica()) {
    this.replica = replica;
  }

  get bytes(): number {
    return this.inFlight.reduce((sum, frame) => sum + Buffer.byteLength(frame), 0);
  }

  deliver(count = Number.POSITIVE_INFINITY): HubMessage[] {
    const before = this.replica.heard.length;
    for (const frame of this.inFlight.splice(0, count)) {
      if (typeof frame === 'string') this.replica.takeText(frame);
      else this.replica.takeBinary(frame);
    }
    return this.replica.heard.slice(before);
  }
}

/** A worker: takes questions in order, and reports changes and answers in order. */
export class Source {
  root: NodeOf<'set'> = smallSet();
  readonly facets = new Map<string, readonly FacetItem[]>();
  readonly questions: SourceEffect[] = [];
  readonly reports: ((world: World) => readonly Effect[])[] = [];

  /** @param items new contents of facets, by `facet node` */
  change(
    ops: readonly Op[],
    touched: readonly Touched[] = [],
    items: Record<string, readonly FacetItem[]> = {},
    telling?: Telling,
  ): void {
    this.root = apply(this.root, ops);
    for (const [key, value] of Object.entries(items)) this.facets.set(key, value);
    this.reports.push(({ board }) => board.change(INFO, { ops, touched, origin: 'file', time: 0 }));
    if (telling !== undefined) this.reports.push(({ board }) => board.tell(SET, telling));
  }

  load(epoch: string, root = this.root): void {
    this.root = root;
    this.questions.length = 0;
    this.reports.length = 0;
    this.reports.push(({ board }) => board.load(INFO, new Tree(root), epoch));
  }

  /** The Set is another one, in the same line of revisions. */
  replace(root: NodeOf<'set'>): void {
    this.root = root;
    const change = { touched: [], origin: 'file', time: 0 } as const;
    this.reports.push(({ board }) => board.replace(INFO, new Tree(root), change));
  }

  answerOne(): void {
    const question = this.questions.shift();
    if (question?.do === 'make_snapshot') this.#pack();
    if (question?.do !== 'read_facet') return;
    const { set, node, facet } = question;
    const isKnown = new Tree(this.root).get(node) !== undefined;
    const items = isKnown ? (this.facets.get(`${facet} ${node}`) ?? []) : undefined;
    this.reports.push(({ board }) =>
      board.putFacet(set, { node, facet }, items && contentOf(JSON.stringify(items))),
    );
  }

  #pack(): void {
    const packed = deflateRawSync(JSON.stringify(this.root));
    const half = Math.ceil(packed.length / 2);
    const chunks = [packed.subarray(0, half), packed.subarray(half)];
    const nodes = nodesOf(this.root).length;
    this.reports.push(({ board }) => board.putSnapshot(SET, { chunks, nodes }));
  }
}

export class World {
  now = 1_000_000;
  readonly board: Switchboard;
  readonly source = new Source();
  readonly wires = new Map<ClientId, Wire>();
  readonly opened: CommandEffect[] = [];
  #clients = 0;

  constructor(limits: Partial<HubLimits> = {}) {
    this.board = new Switchboard({
      hubVersion: '0',
      decode: decodeClientMessage,
      sha1,
      waitingBytes: (client) => this.wires.get(client)?.bytes ?? 0,
      now: () => this.now,
      limits,
    });
  }

  /** The Set is known, and not read yet. */
  announce(): void {
    this.run(this.board.describe(INFO));
  }

  run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#runOne(effect);
  }

  connect(replica?: Replica): { readonly id: ClientId; readonly wire: Wire } {
    this.#clients += 1;
    const id = `client ${this.#clients}`;
    const wire = new Wire(replica);
    this.wires.set(id, wire);
    this.board.connect(id, true);
    return { id, wire };
  }

  cut(id: ClientId): void {
    this.wires.delete(id);
    this.board.disconnect(id);
  }

  say(id: ClientId, message: ClientMessage): void {
    this.run(this.board.receive(id, JSON.stringify(message)));
  }

  hello(id: ClientId, more: Partial<Extract<ClientMessage, { type: 'hello' }>> = {}): void {
    this.say(id, { type: 'hello', protocol: PROTOCOL_VERSION, request: 'h', ...more });
  }

  tick(ms: number): void {
    this.now += ms;
    this.run(this.board.tick());
  }

  report(): void {
    const report = this.source.reports.shift();
    if (report !== undefined) this.run(report(this));
  }

  /** Lets the source answer and report until it has nothing more to say. */
  settle(): void {
    while (this.source.reports.length + this.source.questions.length > 0) {
      this.source.answerOne();
      this.report();
    }
  }

  /** Changes the Set and lets everything that follows happen; frames stay on the wires. */
  change(...change: Parameters<Source['change']>): void {
    this.source.change(...change);
    this.settle();
  }

  /** A Set that is read, and one client in step. */
  static inStep(limits: Partial<HubLimits> = {}) {
    const world = new World(limits);
    world.source.load('epoch 1');
    world.settle();
    const { id, wire } = world.connect();
    world.hello(id);
    world.settle();
    wire.deliver();
    wire.replica.heard.length = 0;
    return { world, id, wire };
  }

  #runOne(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.wires.get(effect.client)?.inFlight.push(effect.text);
        return;
      case 'send_parts':
        this.wires.get(effect.client)?.inFlight.push(effect.parts.map((part) => textOf(part)).join(''));
        return;
      case 'send_binary':
        this.wires.get(effect.client)?.inFlight.push(...effect.chunks);
        return;
      case 'close':
        this.#close(effect.client, effect.code, effect.reason);
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
        this.opened.push(effect);
        return;
      case 'watch_playhead':
        return;
      default:
        this.source.questions.push(effect);
    }
  }

  #close(id: ClientId, code: number, reason: string): void {
    const wire = this.wires.get(id);
    if (wire !== undefined) wire.closed = { code, reason };
  }
}
