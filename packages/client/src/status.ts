import type { Phase } from './replica.ts';

/** How it stands with the connection, in terms a page can put into words. */
export type ConnectionStatus =
  | { readonly state: 'connecting' }
  /** Progress 0 … 1; 0 until the first bytes. */
  | { readonly state: 'reading'; readonly progress: number }
  /** The tree is that of the hub. */
  | { readonly state: 'following' }
  /** The hub has no Set that can be shown. */
  | { readonly state: 'empty' }
  /** `attempt` failed ones in a row, 1-based. */
  | { readonly state: 'waiting'; readonly retryInMs: number; readonly attempt: number }
  /** For good: by `close()`, or because the hub refuses this client (code as in `CLOSE_CODES`). */
  | { readonly state: 'closed'; readonly code: number; readonly reason: string };

/** @param progress of the snapshot, 0 … 1 */
export function statusOfPhase(phase: Phase, progress: number): ConnectionStatus {
  switch (phase) {
    case 'offline':
    case 'greeting':
      return { state: 'connecting' };
    case 'awaiting':
    case 'receiving':
    case 'inflating':
      return { state: 'reading', progress };
    case 'following':
    case 'empty':
      return { state: phase };
    default:
      return phase satisfies never;
  }
}
