/** What has been counted of all scripts since the hub started, in numbers that only rise. `/metrics` shows them. */
export interface ScriptCounters {
  frames: number;
  /** Objects, properties and lists stated. */
  statements: number;
  /** Statements that cannot be true. */
  discards: number;
  /** Subtrees asked for again. */
  resyncs: number;
  /** Of those, whole Sets. */
  fullResyncs: number;
  /** Statements by which the script corrected an earlier one. */
  mismatches: number;
  /** Objects of which the hub holds something else than the script stated. */
  auditFailures: number;
  audits: number;
  /** Frames stated although a list was still changing. */
  forced: number;
  /** Frames from the spool of a dead run. */
  late: number;
  /** Frames that never came. */
  missing: number;
  /** Names that the catalogue does not know. */
  unknownNames: number;
  /** Frames that are no message. */
  badMessages: number;
  /** Frames that had been taken before. */
  repeated: number;
  ephemerals: number;
  /** Trees that had to be put in anew because ops did not fit. */
  mended: number;
}

export const newScriptCounters = (): ScriptCounters => ({
  frames: 0,
  statements: 0,
  discards: 0,
  resyncs: 0,
  fullResyncs: 0,
  mismatches: 0,
  auditFailures: 0,
  audits: 0,
  forced: 0,
  late: 0,
  missing: 0,
  unknownNames: 0,
  badMessages: 0,
  repeated: 0,
  ephemerals: 0,
  mended: 0,
});
