import type { Op } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outline } from '../../src/live/outline.ts';
import { RawSet } from '../../src/live/raw-set.ts';
import { type OpenSnapshots, takeFrame } from '../../src/live/take-frame.ts';
import { diceFrom, Stage } from './stage.ts';
import { anyStatements, frameOf, type Statements } from './statements.ts';

/** From scratch; what was deleted and came back has the ids it had. */
const outlineOf = (raw: RawSet, known?: Outline): Outline => {
  const outline = new Outline({ raw, idPrefix: 'r1.', liveVersion: '12.3.6' });
  outline.readopt(known?.adopted ?? []);
  outline.projectAll();
  return outline;
};

/** A raw Set with its tree, kept in step. */
class Band {
  readonly raw = new RawSet();
  readonly open: OpenSnapshots = new Map();
  readonly outline: Outline;
  readonly tree: Tree;
  discards = 0;
  #seq = 0;

  constructor(first: Statements, known?: Outline) {
    this.take(first);
    this.outline = outlineOf(this.raw, known);
    this.raw.takeChanges();
    this.tree = new Tree(this.outline.root());
  }

  take(statements: Statements): void {
    this.#seq += 1;
    this.discards += takeFrame(this.raw, frameOf(this.#seq, statements), this.open).discards.length;
  }

  /** Takes a frame and follows by ops. */
  follow(statements: Statements): readonly Op[] {
    this.take(statements);
    const { ops } = this.outline.update(this.raw.takeChanges());
    this.tree.apply(ops);
    return ops;
  }
}

const SONG: Statements = { nodes: { 1: { kind: 'song', props: { tempo: 120 } } } };

describe('the tree of statements', () => {
  it('[HUB-60] kept in step by ops it is what a projection from scratch gives, for any edits', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.nat(2 ** 30), fc.integer({ min: 1, max: 60 }), (seed, frames) => {
        const stage = new Stage(diceFrom(seed));
        const band = new Band(stage.snapshot());
        for (let at = 0; at < frames; at++) {
          for (const op of band.follow(stage.edit(1 + (at % 4)))) kinds.add(op.op);
          expect(band.tree.root).toEqual(outlineOf(band.raw, band.outline).root());
        }
        expect(band.outline.root()).toEqual(band.tree.root);
        expect(band.discards).toBe(0);
        band.follow(stage.settle());
        expect(band.tree.root).toEqual(new Band(stage.snapshot(), band.outline).tree.root);
      }),
      { numRuns: 120, examples: [[406346933, 36]] },
    );
    expect([...kinds].sort()).toEqual(['insert', 'move', 'remove', 'set']);
  });

  it('[HUB-60] and whatever is stated, true or not', () => {
    fc.assert(
      fc.property(fc.array(anyStatements, { minLength: 2, maxLength: 12 }), (frames) => {
        const band = new Band(SONG);
        for (const statements of frames) {
          band.follow(statements);
          expect(band.tree.root).toEqual(outlineOf(band.raw, band.outline).root());
        }
      }),
      { numRuns: 500 },
    );
  });
});
