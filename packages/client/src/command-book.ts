/** Questions to the hub, each with one answer. A command is sent once: whether to repeat it only the asker knows. */
import type { PropValue } from '@livetree/live-set';
import type { Command, Result } from '@livetree/protocol';
import type { Timers } from './environment.ts';

/**
 * What became of a command. `code` is one of the hub's, or
 * - `NOT_CONNECTED`: nothing was sent
 * - `CONNECTION_LOST`, `NO_ANSWER`: sent; whether it was carried out is not known
 */
export type CommandOutcome =
  | { readonly ok: true; readonly value: PropValue | undefined }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** ms for which an answer is awaited, unless the asker says otherwise. */
export const COMMAND_MS = 30_000;

interface Waiting {
  readonly resolve: (outcome: CommandOutcome) => void;
  readonly timer: unknown;
}
/** A command without the request that names it. */
export type Question = Pick<Command, 'name' | 'args'>;

const NOT_CONNECTED = failure('NOT_CONNECTED', 'There is no connection to LiveTree at the moment.');
const LOST = failure('CONNECTION_LOST', 'The connection was lost before LiveTree answered.');
const NO_ANSWER = failure('NO_ANSWER', 'LiveTree did not answer in time.');

export class CommandBook {
  readonly #timers: Timers;
  readonly #waiting = new Map<string, Waiting>();
  #serial = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** @param send hands the command to an open connection; absent while there is none */
  ask(
    question: Question,
    timeoutMs: number,
    send: ((command: Command) => void) | undefined,
  ): Promise<CommandOutcome> {
    if (send === undefined) return Promise.resolve(NOT_CONNECTED);
    this.#serial += 1;
    const request = `c${this.#serial}`;
    const answer = new Promise<CommandOutcome>((resolve) => {
      const timer = this.#timers.start(() => this.#settle(request, NO_ANSWER), timeoutMs);
      this.#waiting.set(request, { resolve, timer });
    });
    send({ type: 'command', request, ...question });
    return answer;
  }

  /** @returns whether the result answers a command that waits */
  take(result: Result): boolean {
    const { request } = result;
    return this.#settle(
      request,
      result.ok ? { ok: true, value: result.value } : failure(result.code, result.message),
    );
  }

  /** The connection is gone: answers to what was asked over it can no longer come. */
  lost(): void {
    for (const request of [...this.#waiting.keys()]) this.#settle(request, LOST);
  }

  #settle(request: string, outcome: CommandOutcome): boolean {
    const waiting = this.#waiting.get(request);
    if (waiting === undefined) return false;
    this.#waiting.delete(request);
    this.#timers.stop(waiting.timer);
    waiting.resolve(outcome);
    return true;
  }
}

function failure(code: string, message: string): CommandOutcome {
  return { ok: false, code, message };
}
