/** Writes a long answer slice by slice, never more in one turn of the event loop than others can wait for. */
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** ms of work in one turn. */
const TURN_MS = 6;
/** Characters handed to the socket at a time. */
const BLOCK = 64 * 1024;

/** Stops when the reader is gone. Bytes are UTF-8. */
export async function writeSlices(
  response: ServerResponse,
  slices: Iterable<string | Uint8Array>,
): Promise<void> {
  let block = '';
  let end = performance.now() + TURN_MS;
  for (const slice of slices) {
    const isText = typeof slice === 'string';
    if (isText) block += slice;
    if (isText && block.length < BLOCK && performance.now() < end) continue;
    if (response.destroyed) return;
    let isTaken = response.write(block);
    if (!isText) isTaken = response.write(slice);
    if (!isTaken) await untilDrained(response);
    block = '';
    await turn();
    end = performance.now() + TURN_MS;
  }
  response.end(block);
}

/** Or until the reader is gone. */
function untilDrained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
