/** The one version of the `/script` protocol; a script with another is refused. */
export const SCRIPT_PROTOCOL_VERSION = 1;

/** Limits of the `/script` connection: name, unit, default. */
export const SCRIPT_LIMITS = {
  /** Bytes of one frame. */
  frameBytes: 4 * 1024 * 1024,
  /** Characters of a text: names, texts of values, paths of samples. */
  text: 65_536,
  /** Characters of the name of a property or list. */
  word: 64,
  /** Properties of one handle. */
  props: 256,
  /** Handles stated in one frame, in each of its members. */
  handles: 20_000,
  /** Members of one list. */
  members: 100_000,
  /** Items of a value that is a list: notes, warp markers, names of a chooser. */
  items: 100_000,
  /** Numbers of one such item, and of a latest value. */
  columns: 16,
  /** Names, mismatches, barriers and acts of one frame, each. */
  names: 10_000,
  /** Latest values of one ephemeral frame. */
  values: 10_000,
  /** Frames that may be missing before one: more, and the connection starts over. */
  framesAhead: 50,
  /** ms a new connection has to say hello. */
  helloMs: 5_000,
  /** ms without a sign of life after which Live counts as busy. */
  stalledMs: 3_000,
  /** ms for which a Set without a file, whose Live has closed it, is kept while nobody looks at it. */
  closedSetMs: 10 * 60_000,
  /** Scripts connected to one hub. */
  connections: 16,
  /** How often in {@link ladderMs} one subtree is asked for before the whole Set is, once. */
  resyncs: 3,
  /** ms. */
  ladderMs: 60_000,
} as const;
