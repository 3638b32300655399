/** A Set that a client sends as bytes: base64 in one or more commands, put together here. */
import type { Command } from '@livetree/protocol';

/** `bytes`: how many have come so far · `texts`: complete, base64, each part for itself. */
export type UploadStep =
  | { readonly is: 'part'; readonly bytes: number }
  | { readonly is: 'complete'; readonly name: string; readonly texts: readonly string[] }
  | { readonly is: 'refused'; readonly code: 'BAD_ARGUMENTS' | 'TOO_BIG'; readonly message: string };

interface Part {
  readonly name: string;
  readonly data: string;
  readonly part: number;
  readonly parts: number;
}

const MOST_PARTS = 1_000;
const BAD: UploadStep = {
  is: 'refused',
  code: 'BAD_ARGUMENTS',
  message:
    'The command open_bytes needs "name" (text) and "data" (base64); with "parts", all of them in order, "part" from 0 on.',
};

export class Upload {
  readonly #mostBytes: number;
  #name = '';
  #texts: string[] = [];
  #bytes = 0;

  /** @param mostBytes of the whole file */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Takes the next part; the first one of another upload forgets what came before. */
  take(args: Command['args']): UploadStep {
    const part = partOf(args);
    if (part === undefined || (part.part > 0 && !this.#isNext(part))) return this.#end(BAD);
    if (part.part === 0) this.#end(BAD);
    this.#name = part.name;
    this.#texts.push(part.data);
    this.#bytes += base64Bytes(part.data);
    if (this.#bytes > this.#mostBytes) return this.#end(this.#tooBig());
    if (part.part < part.parts - 1) return { is: 'part', bytes: this.#bytes };
    return this.#end({ is: 'complete', name: part.name, texts: this.#texts });
  }

  #isNext({ name, part }: Part): boolean {
    return part === this.#texts.length && name === this.#name;
  }

  #end(step: UploadStep): UploadStep {
    this.#texts = [];
    this.#bytes = 0;
    return step;
  }

  #tooBig(): UploadStep {
    const most = Math.floor(this.#mostBytes / 1024 / 1024);
    return { is: 'refused', code: 'TOO_BIG', message: `A Set sent as bytes has at most ${most} MB.` };
  }
}

function partOf({ name, data, part = 0, parts = 1 }: Command['args']): Part | undefined {
  if (typeof name !== 'string' || name === '' || name.length > 256) return undefined;
  if (typeof data !== 'string' || !isBase64(data)) return undefined;
  if (typeof part !== 'number' || typeof parts !== 'number') return undefined;
  const isCount = Number.isInteger(part) && Number.isInteger(parts) && parts >= 1 && parts <= MOST_PARTS;
  return isCount && part >= 0 && part < parts ? { name, data, part, parts } : undefined;
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
