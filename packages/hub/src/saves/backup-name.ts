/** The names that Live gives to the files of a `Backup` folder (docs/als-format.md). */

/** Local time, as a name holds it. */
export interface LocalTime {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface BackupName {
  /** Of the Set when it was saved. */
  readonly name: string;
  readonly time: LocalTime;
}

const PATTERN = /^(.+) \[(\d{4})-(\d\d)-(\d\d) (\d\d)(\d\d)(\d\d)\]\.als$/i;

/** @returns `undefined` for a file that Live did not name */
export function parseBackupName(fileName: string): BackupName | undefined {
  const found = PATTERN.exec(fileName);
  const name = found?.[1];
  if (name === undefined || found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(2).map(Number);
  return { name, time: { year, month, day, hour, minute, second } };
}
