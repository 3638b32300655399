/** What was told, gathered under one heading each: a save, or what happened in Live within a minute. Pure. */
import type { ChangeGroup, ChangeLine } from './change-lines.ts';
import type { Sign } from './highlights.ts';

/** A sentence, and what was told with it. */
export interface BlockLine {
  readonly key: string;
  readonly told: ChangeGroup;
  readonly line: ChangeLine;
  readonly sign: Sign;
}

export interface ChangeBlock {
  readonly key: string;
  /** Of the newest in it, ms since 1970. */
  readonly time: number;
  /** Told by the running Live, not by a save. */
  readonly isLive: boolean;
  /** Nobody has looked at it. */
  readonly isNew: boolean;
  readonly headline: string | undefined;
  /** Newest first. */
  readonly told: readonly ChangeGroup[];
  readonly lines: readonly BlockLine[];
}
export type BlocksByKey = ReadonlyMap<string, ChangeBlock>;

const MINUTE_MS = 60_000;

interface Draft {
  readonly told: ChangeGroup[];
  readonly isNew: boolean;
}

/**
 * @param groups newest first
 * @param seen time of the newest that was looked at, ms since 1970: no block reaches over it
 * @param before the blocks of last time: what did not change is the same object again
 */
export function blocksOf(
  groups: readonly ChangeGroup[],
  seen: number,
  before: BlocksByKey = new Map(),
): readonly ChangeBlock[] {
  const drafts: Draft[] = [];
  for (const group of groups) {
    const isNew = group.time > seen;
    const last = drafts.at(-1);
    const newest = last?.told[0];
    if (last?.isNew === isNew && newest !== undefined && belongTogether(newest, group)) last.told.push(group);
    else drafts.push({ told: [group], isNew });
  }
  return drafts.map((draft) => blockOf(draft, before));
}

const isLive = ({ entry }: ChangeGroup): boolean => entry.origin === 'live' && entry.save === undefined;
const minuteOf = ({ time }: ChangeGroup): number => Math.floor(time / MINUTE_MS);
const belongTogether = (a: ChangeGroup, b: ChangeGroup): boolean =>
  isLive(a) && isLive(b) && minuteOf(a) === minuteOf(b);

/** Named after its oldest: a block grows at its top. */
function blockOf({ told, isNew }: Draft, before: BlocksByKey): ChangeBlock {
  const key = told.at(-1)?.key ?? '';
  const known = before.get(key);
  if (known?.isNew === isNew && isSame(known.told, told)) return known;
  const [newest] = told;
  const single = newest !== undefined && isLive(newest) ? undefined : newest;
  return {
    key,
    time: newest?.time ?? 0,
    isLive: single === undefined,
    isNew,
    headline: single?.headline,
    told,
    lines: withoutSteps(told.flatMap(linesOf)),
  };
}

const isSame = (a: readonly ChangeGroup[], b: readonly ChangeGroup[]): boolean =>
  a.length === b.length && a.every((group, index) => group === b[index]);

const linesOf = (told: ChangeGroup): readonly BlockLine[] =>
  told.lines.map((line) => ({ key: `${told.key} ${line.index}`, told, line, sign: signOf(line.text) }));

/** A value that was moved again and again, with nothing else in between, is one line from first to last. */
function withoutSteps(lines: readonly BlockLine[]): readonly BlockLine[] {
  const kept: BlockLine[] = [];
  for (const next of lines) {
    const last = kept.at(-1);
    const isStep = last !== undefined && last.told !== next.told && continues(next.line, last.line);
    if (isStep) kept[kept.length - 1] = { ...last, line: { ...last.line, was: next.line.was } };
    else kept.push(next);
  }
  return kept;
}

/** Whether the later line goes on where the earlier one ended, and does not just take it back. */
const continues = (earlier: ChangeLine, later: ChangeLine): boolean =>
  later.where !== '' &&
  later.where === earlier.where &&
  later.was === `${earlier.now}${ARROW}` &&
  earlier.was !== `${later.now}${ARROW}`;
const ARROW = ' → ';

const SIGNS: Readonly<Record<string, Sign>> = {
  added: '+',
  duplicated: '+',
  deleted: '−',
  removed: '−',
  moved: '↕',
  grouped: '↕',
  ungrouped: '↕',
};

/** The sign that the tree would show beside the thing: by the last such word that is in no name. */
export function signOf(text: string): Sign {
  const told = text.replace(/"[^"]*"|\([^)]*\)/g, '');
  const rest = told.slice(told.lastIndexOf(': ') + 1);
  const word = rest.match(/\b(added|duplicated|deleted|removed|moved|grouped|ungrouped)\b/g)?.at(-1) ?? '';
  const sign = SIGNS[word] ?? '~';
  const isInside = /\b(notes?|warp markers?)\b/.test(rest);
  return isInside || (rest.includes(ARROW) && sign !== '↕') ? '~' : sign;
}
