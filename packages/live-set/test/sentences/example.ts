/** What an example of a sentence is, and the details that examples are made of. */
import type { SentenceKind } from '../../src/sentences/sentence.ts';
import { device, type Edit, sessionClip, track } from './band.ts';

export interface Example extends Edit {
  readonly kind: SentenceKind;
  readonly text: string;
  /** What the user did, where the sentence does not say it all. */
  readonly gesture?: string;
}

export const note = (key: string, time: number, pitch = 60, more: object = {}) => ({
  ...{ key, pitch, time, duration: 1, velocity: 100, releaseVelocity: 64, velocityDeviation: 0 },
  ...{ probability: 1, enabled: true, ...more },
});
export const value = (key: string, name: string, raw: unknown, more: object = {}) => ({
  key,
  name,
  value: raw,
  raw,
  ...more,
});
export const envelope = (target: string, parameter: string, points: readonly number[]) => ({
  ...{ key: `${target}.1`, target, parameter, points },
});
export const START = -63072000;
export const FLAT_TEMPO = envelope('8', 'Song Tempo', [START, 120]);
export const sample = (path: string, more: object = {}) => ({
  ...{ key: '0', name: 'kick', path, rootKey: 60, detuneCents: 0, sampleStart: 0, sampleEnd: 44100, ...more },
});
export const bassCopy = (id: string) => ({
  ...track(
    id,
    'Pad',
    {},
    { devices: [device(`${id}/d`, 'Meld')], clips: [sessionClip(`${id}/c`, 'Swell', 's1')] },
  ),
});
