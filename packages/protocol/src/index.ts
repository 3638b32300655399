export type { EventMeaning, EventName, EventPriority, KindOf } from './event-names.ts';
export { EVENT_NAMES, eventNames } from './event-names.ts';
export { decodeHubMessage } from './guard.ts';
export type { FileStatus, LiveStatus, SetId, SetInfo } from './set-info.ts';
export { asSetId } from './set-info.ts';
export type {
  ClientMessage,
  CloseFacet,
  Command,
  CommandName,
  Entry,
  Ephemeral,
  Epoch,
  FacetKey,
  FacetMessage,
  FacetPatch,
  Heartbeat,
  Hello,
  HubMessage,
  Lineage,
  OpenFacet,
  Origin,
  PatchMessage,
  Result,
  Snapshot,
  Status,
  Subscribe,
  Telling,
  TouchedMessage,
  Welcome,
} from './sync.ts';
export { COMMAND_NAMES } from './sync.ts';
export { CLOSE_CODES, PROTOCOL_VERSION, SYNC_LIMITS } from './version.ts';
