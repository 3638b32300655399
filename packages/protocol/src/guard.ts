/** The small guard every receiver uses before it trusts a frame's shape further. */
import type { HubMessage } from './sync.ts';

const HUB_TYPES: ReadonlySet<string> = new Set<HubMessage['type']>([
  'welcome',
  'snapshot',
  'patch',
  'touched',
  'facet',
  'facet_patch',
  'ephemeral',
  'entry',
  'unsaved',
  'result',
  'status',
  'heartbeat',
]);

/**
 * Reads one text frame from the hub.
 * @returns the message, or `undefined` for JSON that is no known message (a newer hub may send some).
 * @throws SyntaxError when the text is not JSON
 */
export function decodeHubMessage(text: string): HubMessage | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const type = (value as { type?: unknown }).type;
  return typeof type === 'string' && HUB_TYPES.has(type) ? (value as HubMessage) : undefined;
}
