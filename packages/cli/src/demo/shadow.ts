/** What a recorded run has stated up to now, so that the hub can have any part of it told again. */
import type { ByHandle, EventsFrame, Handle, ListStatement, RawProps } from '@livetree/protocol';

type Statements = Pick<EventsFrame, 'nodes' | 'sets' | 'lists'>;
type Filled = NonNullable<EventsFrame['nodes']>[string];

export class Shadow {
  readonly #nodes = new Map<string, Filled>();
  readonly #lists = new Map<string, Map<string, readonly Handle[]>>();

  take({ nodes = {}, sets = {}, lists = {} }: Statements): void {
    for (const [handle, node] of Object.entries(nodes)) this.#nodes.set(handle, node);
    for (const [handle, props] of Object.entries(sets)) this.#set(handle, props);
    for (const [handle, named] of Object.entries(lists)) {
      const known = this.#lists.get(handle) ?? new Map<string, readonly Handle[]>();
      this.#lists.set(handle, known);
      for (const [list, statement] of Object.entries(named))
        known.set(list, inFull(statement, known.get(list) ?? []));
    }
  }

  /** A handle with all that lies under it, as one snapshot. */
  under(handle: Handle): Restated {
    const nodes: Record<string, Filled> = {};
    const lists: Record<string, Record<string, readonly Handle[]>> = {};
    const visit = (key: string): void => {
      const node = this.#nodes.get(key);
      if (node !== undefined) nodes[key] = node;
      const own = this.#lists.get(key);
      if (own !== undefined) lists[key] = Object.fromEntries(own);
      for (const members of own?.values() ?? []) for (const member of members) visit(String(member));
    };
    visit(String(handle));
    return { begin: [handle], nodes, lists, end: [handle] };
  }

  #set(handle: string, props: RawProps): void {
    const node = this.#nodes.get(handle);
    if (node !== undefined) this.#nodes.set(handle, { ...node, props: { ...node.props, ...props } });
  }
}

export interface Restated {
  readonly begin: readonly Handle[];
  readonly nodes: ByHandle<Filled>;
  readonly lists: ByHandle<Readonly<Record<string, readonly Handle[]>>>;
  readonly end: readonly Handle[];
}

function inFull(statement: ListStatement, before: readonly Handle[]): readonly Handle[] {
  if (!('length' in statement && 'from' in statement)) return statement;
  return before.toSpliced(statement.from, statement.remove, ...statement.insert);
}
