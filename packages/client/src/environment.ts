/** The only place that touches the platform, browser or Node. All of it can be passed to `connect` instead. */

/** What a socket must offer: the browser's `WebSocket`, Node's own (22 and later), or that of `ws`. */
export interface WebSocketLike {
  binaryType: string;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}
export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** One-shot timers; `start` answers a handle for `stop`. */
export interface Timers {
  start(run: () => void, delayMs: number): unknown;
  stop(handle: unknown): void;
}

/** Deflate-raw bytes, in pieces, to the text they hold. Rejects when the bytes are damaged. */
export type Inflate = (pieces: readonly Uint8Array[]) => Promise<string>;

interface EventSource {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}
interface PageDocument extends EventSource {
  readonly visibilityState: string;
}
interface ByteStream {
  pipeThrough(transform: object): ByteStream;
}
/** The part of `globalThis` that browsers and Node share and this package uses. */
interface PlatformGlobals extends EventSource {
  readonly WebSocket?: WebSocketConstructor;
  readonly document?: PageDocument;
  readonly crypto: { getRandomValues(array: Uint32Array): Uint32Array };
  readonly Blob: new (parts: readonly Uint8Array[]) => { stream(): ByteStream };
  readonly Response: new (body: ByteStream) => { text(): Promise<string> };
  readonly DecompressionStream: new (format: 'deflate-raw') => object;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
}

const platform = globalThis as unknown as PlatformGlobals;

/** The platform's socket, where it has one (not in Node 20). */
export const platformWebSocket = (): WebSocketConstructor | undefined => platform.WebSocket;

export const platformTimers: Timers = {
  start: (run, delayMs) => platform.setTimeout(run, delayMs),
  stop: (handle) => platform.clearTimeout(handle),
};

/** A number in [0, 1). */
export function platformRandom(): number {
  const [word = 0] = platform.crypto.getRandomValues(new Uint32Array(1));
  return word / 2 ** 32;
}

export const platformInflate: Inflate = (pieces) => {
  const stream = new platform.Blob(pieces).stream();
  return new platform.Response(stream.pipeThrough(new platform.DecompressionStream('deflate-raw'))).text();
};

/**
 * Calls `wake` when the network comes back or the page is looked at again; nothing where there is no page.
 * @returns how to stop it
 */
export function onPlatformWake(wake: () => void): () => void {
  const { document } = platform;
  if (document === undefined) return () => {};
  const seen = () => {
    if (document.visibilityState === 'visible') wake();
  };
  platform.addEventListener('online', wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    platform.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', seen);
  };
}
