/** zod schemas of what a client may send: the hub trusts nothing it has not parsed with these. */
import { FACET_NAMES } from '@livetree/live-set';
import * as z from 'zod';
import type { ClientMessage } from './sync.ts';
import { COMMAND_NAMES } from './sync.ts';
import { SYNC_LIMITS } from './version.ts';

export type { DecodedScriptMessage, LostFrame } from './script-schema.ts';
export { decodeScriptMessage } from './script-schema.ts';

const id = z.string().min(1).max(256);
const facetKey = { node: id, facet: z.enum(FACET_NAMES) };

export const hello = z.strictObject({
  type: z.literal('hello'),
  protocol: z.int(),
  request: id,
  set: id.optional(),
  epoch: id.optional(),
  revision: z.int().nonnegative().optional(),
  lineage: id.optional(),
  facets: z.array(z.strictObject(facetKey)).max(SYNC_LIMITS.openFacets).optional(),
});
export const openFacet = z.strictObject({ type: z.literal('open_facet'), request: id, ...facetKey });
export const closeFacet = z.strictObject({ type: z.literal('close_facet'), ...facetKey });
export const subscribe = z.strictObject({
  type: z.literal('subscribe'),
  channels: z.array(z.enum(['log', 'ephemeral', 'playhead'])).max(3),
});
export const command = z.strictObject({
  type: z.literal('command'),
  request: id,
  name: z.enum(COMMAND_NAMES),
  args: z.record(z.string().max(64), z.union([z.string(), z.number(), z.boolean()])),
});
export const clientMessage = z.discriminatedUnion('type', [hello, openFacet, closeFacet, subscribe, command]);

/** JSON Schema (draft 2020-12) of what a client may send: for people who write one in another language. */
export const clientSchema = (): object => z.toJSONSchema(clientMessage);

/**
 * Reads one text frame from a client.
 * @returns the message, or the reason (a sentence with the path of the field) why it is none.
 */
export function decodeClientMessage(
  text: string,
): { readonly ok: true; readonly message: ClientMessage } | { readonly ok: false; readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'the frame is not JSON' };
  }
  const parsed = clientMessage.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data as ClientMessage };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not valid'}` };
}
