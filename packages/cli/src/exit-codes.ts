/** What the command tells the shell; documented in README.md and in `livetree --help`. */
export const EXIT = {
  /** Done; also after Ctrl-C in `serve`, and when the reader of the output left. */
  ok: 0,
  /** `diff --exit-code`: the saves differ. `doctor`: something is broken. */
  different: 1,
  /** Wrong arguments. */
  usage: 2,
  /** File unreadable, or not a Set. */
  file: 3,
  /** The server could not start. */
  hub: 4,
  /** `install`, `uninstall`, `autostart`: refused, nothing was changed. */
  setup: 5,
  /** An error of LiveTree itself. */
  bug: 70,
  /** The output cannot be written (disk full). */
  output: 74,
} as const;
