/** Notes of MIDI clips. */
import type { FacetItem } from '../model/facet.ts';
import type { NodeOf } from '../model/node.ts';
import { formatCount } from './format-value.ts';
import { groupBy } from './group-by.ts';
import { type Story, tell } from './story.ts';
import { clipBar } from './tell-clips.ts';

type Note = FacetItem;

/** A note that is there before and after. */
interface Pair {
  readonly was: Note;
  readonly now: Note;
}

export function tellNotes(story: Story): void {
  for (const [id, facets] of story.facts.facets) {
    const node = story.after.index.get(id);
    if (node?.kind === 'clip' && facets.delete('notes')) tellClip(story, node);
  }
}

function tellClip(story: Story, clip: NodeOf<'clip'>): void {
  const [old, young] = [story.before.facets(clip.id, 'notes'), story.after.facets(clip.id, 'notes')];
  tell(story, clip.id, {
    kind: 'notes',
    what: old === undefined || young === undefined ? 'notes changed' : notesText(clip, old, young),
    crowds: [{ key: 'notes', say: (count) => `notes changed in ${formatCount(count, 'clip')}` }],
  });
}

function notesText(clip: NodeOf<'clip'>, old: readonly Note[], young: readonly Note[]): string {
  const { pairs, added, removed } = pairNotes(old, young);
  const changed = pairs.filter(({ was, now }) => !isEqual(was, now));
  if (pairs.length === 0 && old.length > 0 && young.length > 0) {
    return `all notes replaced (${old.length} → ${young.length})`;
  }
  const parts = [
    ...(added.length > 0 ? [`${formatCount(added.length, 'note')} added`] : []),
    ...(removed.length > 0 ? [`${count(removed, added.length > 0)} removed`] : []),
  ];
  const edits = editsOf(changed, pairs.length);
  const texts =
    parts.length === 0
      ? edits.map((edit, at) => withNoun(edit, at))
      : [...parts, ...edits.map(({ text }) => text)];
  const first = firstTime([...added, ...removed, ...changed.flatMap(({ was, now }) => [was, now])]);
  return `${texts.join(', ')} (bar ${clipBar(clip.props, first)})`;
}

const count = (notes: readonly Note[], short: boolean): string =>
  short ? String(notes.length) : formatCount(notes.length, 'note');

interface Edit {
  readonly count: number;
  readonly isAll: boolean;
  /** `3 moved`. */
  readonly text: string;
  readonly done: string;
}

const withNoun = ({ count: n, isAll, done, text }: Edit, at: number): string =>
  at > 0
    ? text
    : isAll && n > 1
      ? `all ${formatCount(n, 'note')} ${done}`
      : `${formatCount(n, 'note')} ${done}`;

function firstTime(notes: readonly Note[]): number {
  return notes.reduce((first, note) => Math.min(first, timeOf(note)), Number.POSITIVE_INFINITY);
}
const timeOf = (note: Note): number => (typeof note['time'] === 'number' ? note['time'] : 0);

const FIELDS = [
  'time',
  'pitch',
  'duration',
  'velocity',
  'enabled',
  'probability',
  'velocityDeviation',
  'releaseVelocity',
] as const;
const isEqual = (a: Note, b: Note): boolean => FIELDS.every((field) => a[field] === b[field]);

/** By key; what Live keyed anew by what the note is, then by all but its place, then by all but its pitch. */
function pairNotes(
  old: readonly Note[],
  young: readonly Note[],
): { readonly pairs: readonly Pair[]; readonly added: readonly Note[]; readonly removed: readonly Note[] } {
  const rounds: readonly ((note: Note) => string)[] = [
    ({ key }) => key,
    (note) => JSON.stringify([note['pitch'], note['time'], note['duration']]),
    (note) => JSON.stringify([note['pitch'], note['time']]),
    (note) => JSON.stringify([note['pitch'], note['duration'], note['velocity']]),
    (note) => JSON.stringify([note['time'], note['duration'], note['velocity']]),
  ];
  const pairs: Pair[] = [];
  let [removed, added] = [old, young];
  for (const keyOf of rounds) {
    // From the end on, so that taking one is cheap.
    const waiting = groupBy([...removed].reverse(), keyOf);
    const left: Note[] = [];
    for (const now of added) {
      const was = waiting.get(keyOf(now))?.pop();
      if (was === undefined) left.push(now);
      else pairs.push({ was, now });
    }
    added = left;
    removed = [...waiting.values()].flat();
  }
  return { pairs, added, removed };
}

const differs = ({ was, now }: Pair, field: string): boolean => was[field] !== now[field];

/** Each changed note counts once, for the change that is heard most. */
function editsOf(changed: readonly Pair[], total: number): readonly Edit[] {
  const kinds: readonly (readonly [done: (pairs: readonly Pair[]) => string, fields: readonly string[]])[] = [
    [movedText, ['pitch', 'time']],
    [() => 'resized', ['duration']],
    [velocityText, ['velocity', 'velocityDeviation', 'releaseVelocity']],
    [enabledText, ['enabled']],
    [() => 'with other chance', ['probability']],
  ];
  const edits: Edit[] = [];
  let rest = changed;
  for (const [done, fields] of kinds) {
    const these = rest.filter((pair) => fields.some((field) => differs(pair, field)));
    rest = rest.filter((pair) => !these.includes(pair));
    if (these.length === 0) continue;
    const text = done(these);
    edits.push({
      count: these.length,
      isAll: these.length === total,
      done: text,
      text: `${these.length} ${text}`,
    });
  }
  return edits;
}

function movedText(pairs: readonly Pair[]): string {
  const steps = new Set(pairs.map(({ was, now }) => Number(now['pitch']) - Number(was['pitch'])));
  const isSameTime = pairs.every((pair) => !differs(pair, 'time'));
  const [step] = steps;
  if (!isSameTime || steps.size > 1 || step === undefined) return 'moved';
  return `transposed ${step > 0 ? '+' : '−'}${Math.abs(step)} st`;
}

function velocityText(pairs: readonly Pair[]): string {
  const [only] = pairs;
  if (pairs.length > 1 || only === undefined || !differs(only, 'velocity')) return 'with other velocity';
  return `velocity ${Math.round(Number(only.was['velocity']))} → ${Math.round(Number(only.now['velocity']))}`;
}

function enabledText(pairs: readonly Pair[]): string {
  const isOn = new Set(pairs.map(({ now }) => now['enabled']));
  return isOn.size > 1 ? 'activated or deactivated' : isOn.has(true) ? 'activated' : 'deactivated';
}
