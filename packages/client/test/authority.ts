/** The smallest hub that keeps the rules: one Set, a journal, facets. For tests of the client only. */
import type { FacetItem, NodeId, NodeOf, Op, TreeNode } from '@livetree/live-set';
import { asNodeId, Tree } from '@livetree/live-set';
import type {
  ClientMessage,
  Command,
  FacetKey,
  Hello,
  HubMessage,
  PatchMessage,
  SetInfo,
} from '@livetree/protocol';
import { asSetId, PROTOCOL_VERSION } from '@livetree/protocol';

export type Frame = HubMessage | Uint8Array;
export const SET = asSetId('set-1');
export const id = asNodeId;

export const track = (name: string, lists: TreeNode['lists'] = {}): TreeNode => ({
  id: id(`t-${name}`),
  kind: 'track',
  props: { type: 'midi', name },
  lists,
});
export const clip = (name: string): TreeNode => ({
  id: id(`c-${name}`),
  kind: 'clip',
  props: { type: 'midi', name, noteCount: 2 },
  lists: {},
});
export const setOf = (...tracks: TreeNode[]): NodeOf<'set'> => ({
  id: id('root'),
  kind: 'set',
  props: { tempoBpm: 120 },
  lists: tracks.length === 0 ? {} : { tracks },
});

export const setInfo = (name = 'My Set', set = SET): SetInfo => ({
  id: set,
  name,
  file: { state: 'ok' },
  live: { state: 'none' },
});

const GREETING = { type: 'welcome', protocol: PROTOCOL_VERSION, hubVersion: '0' } as const;

/** What one connection has open; chains start at the answer. */
interface OpenFacet {
  readonly key: FacetKey;
  revision: number;
}

export class Authority {
  tree: Tree;
  epoch = 'e1';
  revision = 0;
  skeleton = 0;
  /** Bytes of one piece of a snapshot; small, so that links can be cut in the middle. */
  pieceBytes = 40;
  readonly journal: PatchMessage[] = [];
  /** Every tree that ever was, by `epoch/skeleton revision`, as JSON. */
  readonly history = new Map<string, string>();
  readonly items = new Map<NodeId, readonly FacetItem[]>();
  readonly open = new Map<NodeId, OpenFacet>();

  readonly hellos: Hello[] = [];
  /** Commands that came, and what they are answered with; `undefined`: nothing. */
  readonly commands: Command[] = [];
  reply = ({ request }: Command): HubMessage | undefined => ({
    type: 'result',
    request,
    ok: true,
    value: SET,
  });

  /** What the hub says of its Sets. */
  sets: readonly SetInfo[] = [setInfo()];

  constructor(root: NodeOf<'set'>) {
    this.tree = new Tree(root);
    this.#remember();
  }

  get lineage(): string {
    return `${this.epoch}:${this.skeleton}`;
  }

  edit(...ops: readonly Op[]): PatchMessage {
    this.tree.apply(ops);
    const from = this.skeleton;
    this.revision += 1;
    this.skeleton = this.revision;
    const { lineage } = this;
    const message: PatchMessage = {
      type: 'patch',
      set: SET,
      from,
      to: this.revision,
      lineage,
      time: 0,
      origin: 'file',
      ops,
    };
    this.journal.push(message);
    this.#remember();
    return message;
  }

  /** A change that only those see who look at the facet. */
  editNotes(node: NodeId, items: readonly FacetItem[]): readonly HubMessage[] {
    const before = this.items.get(node) ?? [];
    this.items.set(node, items);
    this.revision += 1;
    const open = this.open.get(node);
    if (open === undefined) return [{ type: 'touched', set: SET, revision: this.revision, nodes: [node] }];
    const from = open.revision;
    open.revision = this.revision;
    const kept = new Set(items.map((item) => item.key));
    const remove = before.filter((item) => !kept.has(item.key)).map((item) => item.key);
    const order = items.map((item) => item.key);
    return [
      { type: 'facet_patch', set: SET, ...open.key, from, to: this.revision, put: items, remove, order },
    ];
  }

  /** The store is lost: another line of revisions begins, with another tree. */
  restartWithoutStore(): void {
    this.epoch = `${this.epoch}+`;
    this.revision = 0;
    this.skeleton = 0;
    this.journal.length = 0;
    this.#remember();
  }

  heartbeat(): HubMessage {
    return { type: 'heartbeat', set: SET, revision: this.revision, skeleton: this.skeleton, time: 0 };
  }

  answer(message: ClientMessage): readonly Frame[] {
    if (message.type === 'hello') return this.#greet(message);
    if (message.type === 'open_facet') return [this.#facet(message, message.request)];
    if (message.type === 'close_facet') this.open.delete(message.node);
    return message.type === 'command' ? this.#command(message) : [];
  }

  #command(command: Command): readonly Frame[] {
    this.commands.push(command);
    const answer = this.reply(command);
    return answer === undefined ? [] : [answer];
  }

  #greet(hello: Hello): readonly Frame[] {
    this.hellos.push(hello);
    this.open.clear();
    const isKnown = hello.epoch === this.epoch && this.history.has(`${hello.epoch}/${hello.revision}`);
    const resume = isKnown ? 'patches' : 'snapshot';
    const { request } = hello;
    const { sets } = this;
    if (sets.length === 0) return [{ ...GREETING, request, sets, resume: 'nothing' }];
    const welcome = { ...GREETING, request, sets, set: SET, resume } as const;
    const missed = this.journal.filter((patch) => patch.to > (hello.revision ?? 0));
    const facets = (hello.facets ?? []).map((key) => this.#facet(key));
    return [welcome, ...(isKnown ? missed : this.snapshot()), ...facets];
  }

  snapshot(): readonly Frame[] {
    const bytes = new TextEncoder().encode(JSON.stringify(this.tree.root));
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += this.pieceBytes)
      pieces.push(bytes.slice(at, at + this.pieceBytes));
    const { epoch, lineage } = this;
    const counts = { chunks: pieces.length, bytes: bytes.length, nodes: this.tree.size };
    const header = {
      type: 'snapshot',
      set: SET,
      epoch,
      revision: this.skeleton,
      lineage,
      encoding: 'deflate-raw',
    } as const;
    return [{ ...header, ...counts }, ...pieces];
  }

  #facet(key: FacetKey, request?: string): HubMessage {
    const { node, facet } = key;
    this.open.set(node, { key: { node, facet }, revision: this.revision });
    const asked = request === undefined ? {} : { request };
    const data = this.items.get(node) ?? [];
    return { type: 'facet', set: SET, node, facet, ...asked, revision: this.revision, data };
  }

  #remember(): void {
    this.history.set(`${this.epoch}/${this.skeleton}`, JSON.stringify(this.tree.root));
  }
}
