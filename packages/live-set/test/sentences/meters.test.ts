import { describe, expect, it } from 'vitest';
import type { NodeOf } from '../../src/model/node.ts';
import { metersOf, songLength, songPosition } from '../../src/sentences/meters.ts';
import { BAND } from './band.ts';

const START = -63072000;
const meters = (points?: readonly number[]) =>
  metersOf(BAND as NodeOf<'set'>, (_, facet) =>
    facet === 'envelopes' && points !== undefined
      ? [{ key: '10.0', target: '10', parameter: 'Time Signature', points }]
      : undefined,
  );
/** 4/4, from beat 16 on 3/4, from beat 22 on 6/8. */
const CHANGING = [START, 201, 0, 201, 16, 200, 22, 302];

describe('positions in the song', () => {
  it('[DIFF-55] count in the signature of the Set where nothing else is known', () => {
    expect([0, 1, 4, 16, 17.5].map((beats) => songPosition(beats, meters()))).toEqual([
      '1',
      '1.2',
      '2',
      '5',
      '5.2.3',
    ]);
  });

  it('[DIFF-55] count through changes of signature', () => {
    const changing = meters(CHANGING);
    expect([0, 15, 16, 19, 21, 22, 25].map((beats) => songPosition(beats, changing))).toEqual([
      ...['1', '4.4', '5', '6', '6.3', '7', '8'],
    ]);
  });

  it('[DIFF-55] a bar cut short by a new signature counts as a bar', () => {
    const cut = meters([START, 201, 0, 201, 6, 201]);
    expect([4, 6, 10].map((beats) => songPosition(beats, cut))).toEqual(['2', '3', '4']);
  });

  it('[DIFF-55] lengths are whole bars, else beats', () => {
    const common = { numerator: 4, denominator: 4 };
    expect([4, 8, 2, 0.25].map((beats) => songLength(beats, common))).toEqual([
      '1 bar',
      '2 bars',
      '2 beats',
      '0.25 beats',
    ]);
  });
});
