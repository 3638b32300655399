/** Every way in which the hub can refuse a request or fail to start. Each code is a heading in docs/errors.md. */
export type HubErrorCode =
  | 'PORTS_TAKEN'
  | 'PORT_TAKEN'
  | 'LISTEN_FAILED'
  | 'TOKEN_NEEDED'
  | 'HUB_RUNNING'
  | 'PATH_REFUSED'
  | 'NOT_OPEN'
  | 'TOO_MANY_SETS'
  | 'WORKER_FAILED'
  | 'HUB_CLOSED'
  | 'NO_HISTORY';

/** Misuse, or something the hub needs and cannot have. `message` is a sentence for people. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: HubErrorCode;

  constructor(code: HubErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
