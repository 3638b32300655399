/** How far the way from Live to the page is laid, asked for again and again while somebody looks at it. */
import type { Connection } from '@livetree/client';
import { decodeSetupAnswer, type SetupAnswer } from '@livetree/protocol';
import type { Shelf } from './kept.ts';

const SKIP_KEY = 'setup';
const SKIP = 'skip';
/** ms between two looks. */
const EVERY_MS = 2_000;

export class SetupProgress {
  readonly #url: string | undefined;
  readonly #connection: Connection;
  readonly #shelf: Shelf;
  /** Whether the hub was asked, with or without an answer. */
  isAsked = $state(false);
  answer = $state.raw<SetupAnswer | undefined>();
  /** The user would rather look at a file. */
  isSkipped = $state(false);
  isCopying = $state(false);
  /** Why the script could not be copied. */
  problem = $state<string | undefined>();

  /** @param url of `/api/setup`; absent where the page may not ask */
  constructor(url: string | undefined, connection: Connection, shelf: Shelf) {
    this.#url = url;
    this.#connection = connection;
    this.#shelf = shelf;
    this.isSkipped = shelf.get(SKIP_KEY) === SKIP;
  }

  /** There is something to do here: where Live does not run, nobody can tell of a script. */
  get isOffered(): boolean {
    const { answer } = this;
    return answer !== undefined && (answer.canInstall || answer.steps[0]?.state !== 'unknown');
  }
  /** Whether the checklist is to be shown rather than what opens a file. */
  get isWanted(): boolean {
    return this.isOffered && !this.isSkipped;
  }

  /** Looks now and then until the answer is called. */
  watch(): () => void {
    void this.#look();
    const timer = setInterval(() => {
      if (!document.hidden) void this.#look();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }

  skip(isSkipped: boolean): void {
    this.isSkipped = isSkipped;
    this.#shelf.put(SKIP_KEY, isSkipped ? SKIP : '');
  }

  /** Has the script copied. */
  async copy(): Promise<void> {
    if (this.isCopying) return;
    this.isCopying = true;
    this.problem = undefined;
    const outcome = await this.#connection.command({ name: 'install', args: {} });
    if (!outcome.ok) this.problem = outcome.message;
    await this.#look();
    this.isCopying = false;
  }

  async #look(): Promise<void> {
    this.answer = await this.#ask();
    this.isAsked = true;
  }

  /** What was known stays while the hub is away. */
  async #ask(): Promise<SetupAnswer | undefined> {
    if (this.#url === undefined) return undefined;
    try {
      const found = await fetch(this.#url);
      return found.ok ? decodeSetupAnswer(await found.text()) : undefined;
    } catch {
      return this.answer;
    }
  }
}
