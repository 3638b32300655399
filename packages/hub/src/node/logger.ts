/** Where the hub tells what it does: one line per change of state. */
export interface Logger {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Says nothing. */
export const SILENT: Logger = { info() {}, warn() {}, error() {} };
