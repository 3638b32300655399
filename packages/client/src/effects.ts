/** What the replica asks of the shell around it. */
import type { ClientMessage, Entry, FacetKey, TouchedMessage, UnsavedMessage } from '@livetree/protocol';
import type { TreeChange } from './tree-change.ts';

export type Effect =
  | { readonly effect: 'send'; readonly message: ClientMessage }
  /** Inflate and hand the text back with the ticket. */
  | { readonly effect: 'inflate'; readonly ticket: number; readonly pieces: readonly Uint8Array[] }
  /** This connection cannot go on: close it and come back later. */
  | { readonly effect: 'reconnect'; readonly reason: string }
  | { readonly effect: 'tree'; readonly change: TreeChange }
  | { readonly effect: 'facet'; readonly key: FacetKey }
  | { readonly effect: 'touched'; readonly message: TouchedMessage }
  | { readonly effect: 'entry'; readonly entry: Entry }
  | { readonly effect: 'unsaved'; readonly unsaved: UnsavedMessage }
  | { readonly effect: 'ephemeral'; readonly keys: readonly string[] }
  /** Phase, progress or the list of Sets changed. */
  | { readonly effect: 'status' };
