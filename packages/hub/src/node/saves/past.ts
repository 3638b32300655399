/** Answers what is asked about earlier on: of the store of the saves, and the journal beside it. */
import { gzipSync } from 'node:zlib';
import type { NodeOf, Sentence } from '@livetree/live-set';
import { headline, Places } from '@livetree/live-set';
import type {
  Comparison,
  HistoryOverview,
  HistoryPlace,
  KeptAct,
  KeptLine,
  KeptSave,
  Moment,
  PlacedSentence,
  SetHistory,
  SetId,
} from '@livetree/protocol';
import { journalBytes } from '../journal/open-journal.ts';
import { withoutHome } from '../without-home.ts';
import type { JournalPast } from './journal-past.ts';
import type { OpenSet } from './keeper-messages.ts';
import { findMoment, MOMENT_HELP, parseMoment, parseTime } from './moments.ts';
import { compareSides, type Difference, difference } from './past-difference.ts';
import type { SavesStore } from './saves-store.ts';
import { SetReader } from './set-reader.ts';

/** What is asked for cannot be had; the message is a sentence for people. */
export class PastError extends Error {
  override readonly name = 'PastError';
  readonly status: 400 | 404;

  constructor(status: 400 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

/** What of a history is wanted; texts as people type them. */
export interface HistoryFilter {
  readonly since?: string;
  readonly until?: string;
  /** An id, or part of a sentence (`Bass`). */
  readonly node?: string;
  /** Of the catalogue of changes: `track_renamed`. */
  readonly name?: string;
  readonly origin?: string;
  /** How many entries at most, the newest. */
  readonly most?: number;
}

export interface PastOptions {
  readonly store: SavesStore;
  readonly journal: JournalPast;
  readonly folder: string;
  readonly now: () => number;
  /** Shared with who reads saves all the time. */
  readonly reader?: SetReader;
  /** Earlier saves that are still to be read. */
  readonly reading?: () => number;
}

const MOST_ENTRIES = 500;

export class Past {
  readonly #options: PastOptions;
  readonly #reader: SetReader;

  constructor(options: PastOptions) {
    this.#options = options;
    this.#reader = options.reader ?? new SetReader(options.store);
  }

  get place(): HistoryPlace {
    const { store, journal, folder, reading = () => 0 } = this.#options;
    const { unreadable, limits: keep } = store;
    const acts = { sizeBytes: journalBytes(folder), dropped: journal.dropped };
    const sizeBytes = store.sizeBytes + acts.sizeBytes;
    return { folder: withoutHome(folder), sizeBytes, reading: reading(), unreadable, keep, acts };
  }

  overview(): HistoryOverview {
    return { place: this.place, sets: this.#options.store.lines() };
  }

  /** @param open the Set, if it is served @throws PastError */
  history(set: SetId, filter: HistoryFilter, open?: OpenSet): SetHistory {
    const { store, journal } = this.#options;
    const since = this.#time(filter.since, 'start') ?? 0;
    const until = this.#time(filter.until, 'end') ?? Number.MAX_SAFE_INTEGER;
    const saves = store.saves(set);
    const told = new Set(saves.map(({ time }) => time));
    // A save that is kept tells of itself, with all that is known of it.
    const acts = journal
      .acts(set, since, until)
      .filter(({ origin, time }) => origin === 'live' || !told.has(Math.round(time)));
    const entries = [...saves.filter(({ time }) => time >= since && time <= until), ...acts]
      .toSorted((a, b) => b.time - a.time)
      .flatMap((entry) => fitting(entry, filter))
      .slice(0, filter.most ?? MOST_ENTRIES);
    const line = this.#line(set, acts, open);
    // The file of a Set that is served will be kept, as soon as it is handed over.
    const isAwaited = line.saves === 0 && line.path !== '';
    const { place } = this;
    return {
      place: isAwaited ? { ...place, reading: Math.max(1, place.reading) } : place,
      set: line,
      entries,
    };
  }

  /** @throws PastError */
  moment(set: SetId, text: string): Moment {
    const { store, journal, now } = this.#options;
    const asked = parseMoment(text, now());
    if (asked === undefined) throw new PastError(400, `"${text}" is no moment. ${MOMENT_HELP}`);
    const saves = store.saves(set);
    const found = findMoment(asked, saves, journal.revisions(set));
    if (found !== undefined) return found;
    const first = saves.at(-1);
    const extent =
      first === undefined
        ? 'No save of this Set is kept'
        : `${saves.length === 1 ? 'One save is' : `${saves.length} saves are`} kept, the oldest of ${localText(first.time)}`;
    throw new PastError(404, `Nothing is kept of "${text}". ${extent}.`);
  }

  /** @throws PastError, LiveSetError */
  tree(set: SetId, at: Moment): NodeOf<'set'> {
    if (at.type === 'save') return this.#reader.read(at.id).root;
    const root = this.#options.journal.tree(set, at.revision);
    if (root === undefined)
      throw new PastError(
        404,
        `The tree at revision ${at.revision} can no longer be told: a later change came as a whole.`,
      );
    return root;
  }

  /** The save as a file, compressed; not byte for byte the one that Live wrote, but what was in it. @throws PastError */
  file(at: Moment): Uint8Array {
    if (at.type !== 'save') throw new PastError(404, 'Between two saves there is no file, only the tree.');
    return gzipSync(this.#options.store.xml(at.id), { level: 1 });
  }

  /** @throws PastError, LiveSetError */
  compare(set: SetId, from: Moment, to: Moment): Comparison {
    const whole = from.type === 'save' && to.type === 'save';
    const { told, before, after } = whole
      ? difference(this.#reader.read(from.id), this.#reader.read(to.id))
      : this.#treeDifference(set, from, to);
    return {
      from,
      to,
      ...(told.length > 0 && { headline: headline(told) }),
      sentences: placed(told, before, after),
      ...(!whole && { withoutDetails: true }),
    };
  }

  #treeDifference(set: SetId, from: Moment, to: Moment): Difference {
    const sideOf = (at: Moment) => ({ root: this.tree(set, at), isSave: at.type === 'save' });
    const found = compareSides(sideOf(from), sideOf(to), this.#options.journal.ids(set));
    if (found === undefined)
      throw new PastError(404, 'The two have too little in common to be compared: they are not of one Set.');
    return found;
  }

  forget(): void {
    this.#reader.forget();
  }

  #time(text: string | undefined, which: 'start' | 'end'): number | undefined {
    if (text === undefined) return undefined;
    const time = parseTime(text, this.#options.now(), which);
    if (time === undefined)
      throw new PastError(400, `"${text}" is no time. Times are 14:30, 2026-03-01, or "2026-03-01 14:30".`);
    return time;
  }

  #line(set: SetId, acts: readonly KeptAct[], open: OpenSet = UNNAMED): KeptLine {
    const line = this.#options.store.lines().find(({ id }) => id === set);
    if (line !== undefined) return line;
    if (acts.length === 0 && open === UNNAMED) throw new PastError(404, 'Nothing is kept of this Set yet.');
    return { id: set, ...open, saves: 0, newest: 0 };
  }
}

const UNNAMED: OpenSet = { name: '', path: '' };

function placed(
  told: readonly Sentence[],
  before: NodeOf<'set'>,
  after: NodeOf<'set'>,
): readonly PlacedSentence[] {
  const places = new Places(before, after);
  return told.map((sentence) => {
    const { kind, text, minor, nodes } = sentence;
    const { way, text: rest, order } = places.locate(sentence);
    // A place that is in neither tree comes last; JSON has no infinity.
    return { kind, text, minor, nodes, way, rest, order: Math.min(order, Number.MAX_SAFE_INTEGER) };
  });
}

/** The entry with what of it is asked for; none where nothing is. */
function fitting<E extends KeptSave | KeptAct>(
  entry: E,
  { node, name, origin }: HistoryFilter,
): readonly E[] {
  const from = entry.type === 'save' ? 'file' : entry.origin;
  if (origin !== undefined && origin !== from) return [];
  if (name !== undefined && !entry.names.some((each) => each === name)) return [];
  if (node === undefined || entry.nodes.some((each) => each === node)) return [entry];
  const wanted = node.toLowerCase();
  const found = entry.sentences.filter((sentence) => sentence.toLowerCase().includes(wanted));
  return found.length === 0 ? [] : [{ ...entry, sentences: found }];
}

/** `2026-03-01 14:30` */
function localText(time: number): string {
  const at = new Date(time);
  const [date, clock] = [
    [at.getFullYear(), at.getMonth() + 1, at.getDate()],
    [at.getHours(), at.getMinutes()],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')));
  return `${date?.join('-')} ${clock?.join(':')}`;
}
