import { isUtf8 } from 'node:buffer';
import type { Platform } from '../platform.ts';
import { portablePlatform } from '../portable.ts';

/** {@link Platform} by Node's native routines. */
export const nodePlatform: Platform = {
  decode(bytes, start, end) {
    const buffer = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return buffer.toString('utf8', start, end);
  },
  firstInvalidUtf8(bytes) {
    return isUtf8(bytes) ? undefined : portablePlatform.firstInvalidUtf8(bytes);
  },
};
