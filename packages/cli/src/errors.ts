/** Why a part of LiveTree could not be set up. Each code is a heading in docs/errors.md. */
export type SetupErrorCode =
  | 'NO_LIVE_HERE'
  | 'LIVE_NOT_FOUND'
  | 'LIVE_TOO_OLD'
  | 'LIBRARY_MISSING'
  | 'SCRIPT_FOREIGN'
  | 'SCRIPT_CHANGED'
  | 'SCRIPT_INCOMPLETE'
  | 'SETTINGS_BROKEN'
  | 'SETUP_NOT_WRITABLE'
  | 'AUTOSTART_FOREIGN'
  | 'AUTOSTART_UNKNOWN_SYSTEM';

/** Nothing was changed. `message` says what is in the way and what to do, for people. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly code: SetupErrorCode;

  constructor(code: SetupErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
