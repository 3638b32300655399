/** What goes out to one client in one step, up to the bytes its queue may hold. */
import type { HubMessage } from '@livetree/protocol';
import type { ClientId, Effect, MessageParts } from './effect.ts';
import type { Tally } from './tally.ts';
import { utf8Bytes } from './text.ts';

export class Outbox {
  readonly effects: Effect[] = [];
  readonly client: ClientId;
  readonly tally: Tally;
  readonly #limit: number;
  #waiting: number;

  /** @param waiting bytes that wait for this client already */
  constructor(client: ClientId, waiting: number, limit: number, tally: Tally) {
    this.client = client;
    this.tally = tally;
    this.#waiting = waiting;
    this.#limit = limit;
  }

  /** Nothing more may be sent before the client has taken some. Answers to its questions are excepted. */
  get isFull(): boolean {
    return this.#waiting > this.#limit;
  }

  send(message: HubMessage): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string, bytes: number = utf8Bytes(text)): void {
    this.#waiting += bytes;
    this.effects.push({ do: 'send', client: this.client, text });
  }

  /** One message of several parts, of which some may be big. */
  sendParts(parts: MessageParts): void {
    const [only] = parts;
    if (parts.length === 1 && typeof only === 'string') {
      this.sendText(only);
      return;
    }
    for (const part of parts) this.#waiting += typeof part === 'string' ? utf8Bytes(part) : part.byteLength;
    this.effects.push({ do: 'send_parts', client: this.client, parts });
  }

  sendBinary(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.#waiting += chunk.byteLength;
    this.effects.push({ do: 'send_binary', client: this.client, chunks });
  }

  close({ code }: { readonly code: number }, reason: string): void {
    this.effects.push({ do: 'close', client: this.client, code, reason });
  }
}
