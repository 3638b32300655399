/** Statements as a script would make them, and such as no script should. */
import type { EventsFrame, ListStatement, RawKind, RawProps } from '@livetree/protocol';
import fc, { type Arbitrary } from 'fast-check';

export const RUN = '0123456789abcdef0123456789abcdef';

export type Statements = Omit<EventsFrame, 'run' | 'seq' | 'time'>;

export const frameOf = (seq: number, statements: Statements, run = RUN): EventsFrame => ({
  run,
  seq,
  time: 1_700_000_000,
  ...statements,
});

const KINDS = ['track', 'device', 'chain', 'clip', 'scene', 'slot', 'locator', 'takeLane', 'send'] as const;
const LISTS = [
  ...['tracks', 'returns', 'main', 'scenes', 'locators', 'devices', 'clips', 'slots', 'arrangement'],
  ...['takeLanes', 'sends', 'chains', 'returnChains', 'parameters'],
] as const;

/** Few handles, so that statements meet each other often. The kind of most follows from the number. */
const handle = fc.integer({ min: 2, max: 40 });
const usualKind = (each: number): RawKind => (each % 10 === 9 ? 'parameter' : (KINDS[each % 10] ?? 'track'));
const handlesOf = (list: string): Arbitrary<number> => {
  const usual = Array.from({ length: 39 }, (_, at) => at + 2).filter((each) => fits(list, usualKind(each)));
  return usual.length === 0 ? handle : fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...usual) }, handle);
};
const fits = (list: string, kind: RawKind): boolean =>
  ({
    tracks: 'track',
    returns: 'track',
    main: 'track',
    scenes: 'scene',
    locators: 'locator',
    devices: 'device',
    clips: 'clip',
    slots: 'slot',
    arrangement: 'clip',
    takeLanes: 'takeLane',
    sends: 'send',
    chains: 'chain',
    returnChains: 'chain',
    parameters: 'parameter',
  })[list] === kind;

const props: Arbitrary<RawProps> = fc.record(
  {
    name: fc.constantFrom('Bass', '1-Audio', '2-MIDI', 'A-Reverb', ''),
    group_track: fc.oneof(
      fc.constant(null),
      fc.constantFrom(10, 20, 30, 40).map((each) => ({ handle: each })),
    ),
    is_foldable: fc.boolean(),
    scene: fc.constantFrom(4, 14, 24, 34).map((each) => ({ handle: each })),
    start_time: fc.integer({ min: 0, max: 4 }),
    time: fc.integer({ min: 0, max: 4 }),
    volume: fc.constantFrom(0.85, 0.4, 1),
    value: fc.nat(3),
    notes_changes: fc.nat(3),
  },
  { requiredKeys: [] },
);

/** Owners that may have the list, mostly. */
const OWNERS: Readonly<Record<string, readonly number[]>> = {
  song: [1],
  track: [10, 20, 30, 40],
  device: [11, 21, 31],
  chain: [2, 12, 22, 32],
  takeLane: [7, 17, 27],
};
const ownerKinds = (list: string): readonly string[] =>
  ['tracks', 'returns', 'main', 'scenes', 'locators'].includes(list)
    ? ['song']
    : ['chains', 'returnChains', 'parameters'].includes(list)
      ? ['device']
      : list === 'clips'
        ? ['track', 'takeLane']
        : list === 'devices' || list === 'sends'
          ? ['track', 'chain']
          : ['track'];

const oneList = fc.constantFrom(...LISTS).chain((list) =>
  fc.tuple(
    fc.oneof(
      {
        weight: 20,
        arbitrary: fc.constantFrom(...ownerKinds(list).flatMap((kind) => OWNERS[kind] ?? [])),
      },
      handle,
    ),
    fc.constant(list),
    fc.oneof(
      { weight: 30, arbitrary: fc.uniqueArray(handlesOf(list), { maxLength: 5 }) },
      fc.array(handlesOf(list), { maxLength: 4 }),
      fc.record({
        length: fc.nat(4),
        from: fc.nat(3),
        remove: fc.nat(2),
        insert: fc.array(handle, { maxLength: 2 }),
      }),
    ),
  ),
);

/** Frames of any statements at all. */
export const anyStatements: Arbitrary<Statements> = fc
  .record({
    lists: fc.array(oneList, { maxLength: 6 }),
    nodes: fc.array(
      fc.tuple(
        handle,
        fc.oneof({ weight: 30, arbitrary: fc.constant(undefined) }, fc.constantFrom(...KINDS)),
        props,
      ),
      { maxLength: 8 },
    ),
    sets: fc.array(fc.tuple(handle, props), { maxLength: 4 }),
    begin: fc.option(fc.constantFrom([1], [10], [11]), { freq: 6, nil: undefined }),
    end: fc.option(fc.constantFrom([1], [10], [11]), { freq: 6, nil: undefined }),
  })
  .map(({ lists, nodes, sets, begin, end }) => {
    const made: Record<string, Record<string, ListStatement>> = {};
    for (const [owner, list, members] of lists) made[owner] = { ...made[owner], [list]: members };
    return {
      lists: made,
      nodes: {
        1: { kind: 'song' as const, props: { tempo: 120 } },
        ...Object.fromEntries(
          nodes.map(
            ([each, kind, values]) => [each, { kind: kind ?? usualKind(each), props: values }] as const,
          ),
        ),
      },
      sets: Object.fromEntries(sets),
      begin,
      end,
    };
  });
