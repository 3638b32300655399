import type { NodeId } from '../model/node.ts';

/**
 * What a sentence tells, and how much it matters:
 * - `structure`: things that come, go, or change place or name
 * - `sound`: what is heard
 * - `settings`: how it is kept, shown and played
 * - `state`: of the performance or the machine; no edit of the music, so `minor`
 */
export const SENTENCE_KINDS = {
  'set-version': 'structure',
  'tracks-grouped': 'structure',
  'tracks-ungrouped': 'structure',
  'track-added': 'structure',
  'track-duplicated': 'structure',
  'track-deleted': 'structure',
  'track-moved': 'structure',
  'track-renamed': 'structure',
  'scene-added': 'structure',
  'scene-duplicated': 'structure',
  'scene-deleted': 'structure',
  'scene-moved': 'structure',
  'scene-renamed': 'structure',
  'time-inserted': 'structure',
  'time-deleted': 'structure',
  'locator-added': 'structure',
  'locator-deleted': 'structure',
  'locator-moved': 'structure',
  'locator-renamed': 'structure',
  'device-added': 'structure',
  'device-duplicated': 'structure',
  'device-deleted': 'structure',
  'device-moved': 'structure',
  'device-replaced': 'structure',
  'device-renamed': 'structure',
  'devices-grouped': 'structure',
  'devices-ungrouped': 'structure',
  'chain-added': 'structure',
  'chain-duplicated': 'structure',
  'chain-deleted': 'structure',
  'chain-moved': 'structure',
  'chain-renamed': 'structure',
  'clip-added': 'structure',
  'clip-duplicated': 'structure',
  'clip-split': 'structure',
  'clip-deleted': 'structure',
  'clip-moved': 'structure',
  'clip-renamed': 'structure',
  'take-lane-added': 'structure',
  'take-lane-deleted': 'structure',
  'take-lane-moved': 'structure',
  'take-lane-renamed': 'structure',
  'samples-collected': 'structure',
  tempo: 'sound',
  signature: 'sound',
  volume: 'sound',
  pan: 'sound',
  mute: 'sound',
  send: 'sound',
  crossfade: 'sound',
  'track-delay': 'sound',
  frozen: 'sound',
  routing: 'sound',
  'device-switched': 'sound',
  parameter: 'sound',
  macro: 'sound',
  notes: 'sound',
  automation: 'sound',
  'clip-length': 'sound',
  'clip-loop': 'sound',
  'clip-switched': 'sound',
  'clip-pitch': 'sound',
  'clip-gain': 'sound',
  'clip-warp': 'sound',
  'warp-markers': 'sound',
  fades: 'sound',
  'sample-replaced': 'sound',
  'sample-settings': 'sound',
  'device-source': 'sound',
  'chain-note': 'sound',
  choke: 'sound',
  'chain-zone': 'sound',
  'groove-pool': 'sound',
  'scene-tempo': 'settings',
  'scene-signature': 'settings',
  'clip-signature': 'settings',
  'clip-launch': 'settings',
  'stop-button': 'settings',
  scale: 'settings',
  'loop-brace': 'settings',
  punch: 'settings',
  quantization: 'settings',
  color: 'settings',
  'info-text': 'settings',
  'macro-count': 'settings',
  'macro-renamed': 'settings',
  'macro-settings': 'settings',
  'parameter-list': 'settings',
  mapping: 'settings',
  'other-settings': 'settings',
  metronome: 'state',
  cue: 'state',
  arm: 'state',
  solo: 'state',
  monitoring: 'state',
  'plugin-state': 'state',
  'max-state': 'state',
  preset: 'state',
  'sample-paths': 'state',
  'mapping-details': 'state',
  view: 'state',
} as const satisfies Record<string, 'structure' | 'sound' | 'settings' | 'state'>;

export type SentenceKind = keyof typeof SENTENCE_KINDS;

/** One gesture of the user, told as *where › what: old → new*. */
export interface Sentence {
  /** Without ids, indexes or names of XML. */
  readonly text: string;
  /** All nodes it tells of, in either tree; those folded into it too. */
  readonly nodes: readonly NodeId[];
  readonly kind: SentenceKind;
  /** Performance or machine state: shown apart, never counted as an edit. */
  readonly minor: boolean;
  /** Headers of the tracks it is about; absent where it is about the Set. */
  readonly places?: readonly string[];
  /** XML paths of other settings, for engineers. */
  readonly paths?: readonly string[];
}
