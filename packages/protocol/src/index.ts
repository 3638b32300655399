export type { CanonicalValue, Sha1 } from './canonical.ts';
export { AUDIT_LEFT_OUT, canonicalBytes, nodeHash } from './canonical.ts';
export type { EventMeaning, EventName, EventPriority, KindOf } from './event-names.ts';
export { EVENT_NAMES, eventNames } from './event-names.ts';
export { decodeHubMessage } from './guard.ts';
export type {
  Comparison,
  HistoryLimits,
  HistoryOverview,
  HistoryPlace,
  KeptAct,
  KeptLine,
  KeptSave,
  Moment,
  PlacedSentence,
  PlaceStep,
  SetHistory,
} from './history.ts';
export type {
  ByHandle,
  EphemeralFields,
  EphemeralFrame,
  EphemeralNumbers,
  EphemeralRaw,
  EphemeralTriple,
  EventsFrame,
  FloatValue,
  Handle,
  HandleValue,
  ListStatement,
  ListStretch,
  ObservedFacet,
  ObserveRequest,
  RawKind,
  RawProps,
  RawValue,
  RefusalCode,
  RunId,
  ScriptBye,
  ScriptGap,
  ScriptHeartbeat,
  ScriptHello,
  ScriptMessage,
  ScriptStats,
  ScriptWelcome,
  SpoolOffer,
  ToScript,
} from './script.ts';
export { encodeToScript, OBSERVED_FACETS, RAW_KINDS, SONG_HANDLE } from './script.ts';
export { SCRIPT_LIMITS, SCRIPT_PROTOCOL_VERSION } from './script-limits.ts';
export type { FileStatus, LiveProgress, LiveState, LiveStatus, SetId, SetInfo } from './set-info.ts';
export { asSetId } from './set-info.ts';
export type { SetupAnswer, SetupState, SetupStep, SetupStepId } from './setup.ts';
export { decodeSetupAnswer, SETUP_STEPS } from './setup.ts';
export type {
  Channel,
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
export { CHANNELS, COMMAND_NAMES } from './sync.ts';
export type {
  CountByProperty,
  LostAct,
  LostChanges,
  Unsaved,
  UnsavedBadge,
  UnsavedChange,
  UnsavedMessage,
  UnsavedState,
} from './unsaved.ts';
export { NOT_REPORTED, UNSAVED_LIMITS } from './unsaved.ts';
export { asideTitle, foundCount, foundLines, sweptText } from './unsaved-words.ts';
export { CLOSE_CODES, PROTOCOL_VERSION, SYNC_LIMITS } from './version.ts';
