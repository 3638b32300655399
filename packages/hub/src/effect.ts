/** What the pure part of the hub asks of its shell. */
import type { FacetName, NodeId } from '@livetree/live-set';
import type { SetId } from '@livetree/protocol';

/** Names one connection for as long as it lasts. */
export type ClientId = string;

/** Frames for one client; they must go out in the order given. */
export type ClientEffect =
  | { readonly do: 'send'; readonly client: ClientId; readonly text: string }
  | { readonly do: 'send_binary'; readonly client: ClientId; readonly chunks: readonly Uint8Array[] }
  | { readonly do: 'close'; readonly client: ClientId; readonly code: number; readonly reason: string };

/** Questions to the source of a Set. It must answer in the order in which it reports changes. */
export type SourceEffect =
  | { readonly do: 'read_facet'; readonly set: SetId; readonly node: NodeId; readonly facet: FacetName }
  | { readonly do: 'make_snapshot'; readonly set: SetId };

/** A client asks for a file to be opened; the answer goes to `Switchboard.answer`. */
export interface OpenPathEffect {
  readonly do: 'open_path';
  readonly client: ClientId;
  readonly request: string;
  readonly path: string;
}

export type Effect = ClientEffect | SourceEffect | OpenPathEffect;
