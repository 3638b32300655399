/** What the command tells the shell; documented in README.md. */
export const EXIT = {
  ok: 0,
  /** Wrong arguments. */
  usage: 2,
  /** File unreadable, or not a Set. */
  file: 3,
  /** The hub could not start. */
  hub: 4,
  /** An error of LiveTree itself. */
  bug: 70,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
