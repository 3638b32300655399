/** Positions in bars and beats, as Live's Arrangement counts them. */
import type { NodeOf } from './node.ts';

/** Beats to the bar, and the note that counts as one: 6/8 has six beats of half a quarter note. */
export interface Signature {
  readonly numerator: number;
  /** A power of two. */
  readonly denominator: number;
}
export const COMMON_TIME: Signature = { numerator: 4, denominator: 4 };

/** The signature by which a Set counts its positions: that of its start. */
export function signatureOf(root: NodeOf<'set'> | undefined): Signature {
  const { signatureNumerator, signatureDenominator } = root?.props ?? {};
  return {
    numerator: signatureNumerator ?? COMMON_TIME.numerator,
    denominator: signatureDenominator ?? COMMON_TIME.denominator,
  };
}

/** A place in the song. */
export interface BarPosition {
  /** From 1 on; the bars before the start are −1, −2, … */
  readonly bar: number;
  /** From 1 on. */
  readonly beat: number;
  /** From 1 on; what lies between two sixteenth notes counts to the first. */
  readonly sixteenth: number;
}

/** Beats add up small errors; a place this near below a line is on it. */
const NEAR_BEATS = 1e-9;

/** @param beats quarter notes from the start of the song */
export function barPosition(beats: number, { numerator, denominator }: Signature): BarPosition {
  const beatLength = 4 / denominator;
  const barLength = numerator * beatLength;
  const bar = Math.floor(beats / barLength + NEAR_BEATS);
  const inBar = Math.max(0, beats - bar * barLength);
  const beat = Math.floor(inBar / beatLength + NEAR_BEATS);
  const sixteenth = Math.floor((inBar - beat * beatLength) * 4 + NEAR_BEATS);
  return { bar: bar < 0 ? bar : bar + 1, beat: beat + 1, sixteenth: Math.max(0, sixteenth) + 1 };
}

/** `9` on a bar line, `17.3` on a beat, else `17.3.2`. */
export function barText(beats: number, signature: Signature): string {
  const { bar, beat, sixteenth } = barPosition(beats, signature);
  const number = bar < 0 ? `−${-bar}` : `${bar}`;
  if (sixteenth > 1) return `${number}.${beat}.${sixteenth}`;
  return beat > 1 ? `${number}.${beat}` : number;
}
