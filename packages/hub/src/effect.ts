/** What the pure part of the hub asks of its shell. */
import type { FacetName, NodeId } from '@livetree/live-set';
import type { HistoryLimits, SetId } from '@livetree/protocol';

/** Names one connection for as long as it lasts. */
export type ClientId = string;

/** A text message put together of its parts; bytes are UTF-8. */
export type MessageParts = readonly (string | Uint8Array)[];

/** Frames for one client; they must go out in the order given. */
export type ClientEffect =
  | { readonly do: 'send'; readonly client: ClientId; readonly text: string }
  | { readonly do: 'send_parts'; readonly client: ClientId; readonly parts: MessageParts }
  | { readonly do: 'send_binary'; readonly client: ClientId; readonly chunks: readonly Uint8Array[] }
  | { readonly do: 'close'; readonly client: ClientId; readonly code: number; readonly reason: string };

/** Questions to the source of a Set. It must answer in the order in which it reports changes. */
export type SourceEffect =
  | { readonly do: 'read_facet'; readonly set: SetId; readonly node: NodeId; readonly facet: FacetName }
  | {
      /** The first client looks at a facet, or the last one that did looks away. Not answered. */
      readonly do: 'watch_facet';
      readonly set: SetId;
      readonly node: NodeId;
      readonly facet: FacetName;
      readonly isWatched: boolean;
    }
  | { readonly do: 'make_snapshot'; readonly set: SetId };

/** The first client wants the position of the song, or none does any more. Not answered. */
export interface PlayheadEffect {
  readonly do: 'watch_playhead';
  readonly set: SetId;
  readonly isWatched: boolean;
}

/** What a client asks of the shell; the answer goes to `Switchboard.answer`. */
export type CommandEffect =
  | {
      /** Mirror a file; or: it is said to have changed, look at it now. */
      readonly do: 'open_path' | 'file_changed';
      readonly client: ClientId;
      readonly request: string;
      readonly path: string;
    }
  | {
      readonly do: 'open_bytes';
      readonly client: ClientId;
      readonly request: string;
      /** As the client names it; nothing but a text. */
      readonly name: string;
      /** The bytes in base64, each part for itself. */
      readonly texts: readonly string[];
    }
  /** Copy the script into the User Library. */
  | { readonly do: 'install'; readonly client: ClientId; readonly request: string }
  /** Turn the real-time switch; without `on`: how is it? */
  | {
      readonly do: 'realtime';
      readonly client: ClientId;
      readonly request: string;
      readonly on: boolean | undefined;
    }
  /** Forget all Sets and project folders that are remembered. */
  | { readonly do: 'forget_sets'; readonly client: ClientId; readonly request: string }
  /** Let go of a Set without a file. */
  | { readonly do: 'close_set'; readonly client: ClientId; readonly request: string; readonly set: SetId }
  /** Drop what is kept of a Set, or of all. */
  | {
      readonly do: 'history_delete';
      readonly client: ClientId;
      readonly request: string;
      readonly set?: SetId;
    }
  /** How much is kept from now on. */
  | {
      readonly do: 'history_keep';
      readonly client: ClientId;
      readonly request: string;
      readonly limits: Partial<HistoryLimits>;
    }
  | {
      /** Changes that were not saved are no longer of interest. */
      readonly do: 'dismiss';
      readonly client: ClientId;
      readonly request: string;
      readonly set: SetId;
      readonly lost: string;
    }
  /** Have the Set read anew from Live. */
  | { readonly do: 'resync'; readonly client: ClientId; readonly request: string; readonly set: SetId };

export type Effect = ClientEffect | SourceEffect | PlayheadEffect | CommandEffect;
