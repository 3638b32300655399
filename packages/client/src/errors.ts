/** Misuse of the client. Each code is a heading in docs/errors.md. */
export type ClientErrorCode = 'CLIENT_NO_WEBSOCKET';

export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
