/**
 * Reading messages takes zod: 4 MB of a hub that waits and 20 ms of its start. So it is loaded when the first Set is
 * opened, or somebody connects (IDLE-2). Whoever reads a message has to have waited for {@link loadMessages}.
 */
import type * as Schema from '@livetree/protocol/schema';

let loading: Promise<void> | undefined;
let schema: typeof Schema | undefined;

async function load(): Promise<void> {
  schema = await import('@livetree/protocol/schema');
}

/** Waits until messages can be read. */
export function loadMessages(): Promise<void> {
  loading ??= load();
  return loading;
}

function loaded(): typeof Schema {
  if (schema === undefined) throw new Error('a message came before messages can be read');
  return schema;
}

/** One text frame of a client. */
export const decodeClientMessage: typeof Schema.decodeClientMessage = (text) =>
  loaded().decodeClientMessage(text);

/** One text frame of a script. */
export const decodeScriptMessage: typeof Schema.decodeScriptMessage = (frame) =>
  loaded().decodeScriptMessage(frame);

/** JSON Schema of what a client may send. */
export const clientSchema: typeof Schema.clientSchema = () => loaded().clientSchema();
