/** Sends a Set as bytes: base64, in as many commands as the frames allow, each after the answer to the last. */
import { SYNC_LIMITS } from '@livetree/protocol';
import type { CommandOutcome, Question } from './command-book.ts';

/** Bytes of one part; a multiple of 3, so that parts need no padding, and as base64 well within a frame. */
export const PART_BYTES = 384 * 1024;

export interface UploadOptions {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Share that the hub has taken, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** @returns the outcome of the last part (its value is the id of the Set), or of the first that failed */
export async function upload(
  { name, bytes, onProgress = () => {} }: UploadOptions,
  ask: (question: Question) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  if (bytes.length > SYNC_LIMITS.openBytes) return tooBig();
  const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  for (let part = 0; ; part++) {
    const data = base64(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
    const outcome = await ask({ name: 'open_bytes', args: { name, data, part, parts } });
    if (!outcome.ok || part === parts - 1) return outcome;
    onProgress((part + 1) / parts);
  }
}

function tooBig(): CommandOutcome {
  const most = Math.floor(SYNC_LIMITS.openBytes / 1024 / 1024);
  return { ok: false, code: 'TOO_BIG', message: `A Set sent as bytes has at most ${most} MB.` };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding. Of its own, because browsers and Node share none for bytes. Linear. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += digit(bits >> 18) + digit(bits >> 12);
    text += (b === undefined ? '=' : digit(bits >> 6)) + (c === undefined ? '=' : digit(bits));
  }
  return text;
}

const digit = (bits: number): string => DIGITS.charAt(bits & 63);
