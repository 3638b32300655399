/** How it stands with the running Live, as one sentence and what to do about it. Pure. */
import type { FileStatus, LiveStatus, SetInfo } from '@livetree/protocol';
import { clockTime } from './format.ts';
import type { Text } from './status-text.ts';

/** Whether a running Live has something to say of this Set, even if it is only that it is gone. */
export const isOfLive = ({ live }: SetInfo): boolean =>
  live.state !== 'none' && (live.state !== 'off' || live.leads === true);

/** Live is there, and the tree is not Live's yet, or grows. */
export const isBeingRead = ({ live }: SetInfo): boolean =>
  (live.state === 'live' || live.state === 'light') && (live.leads !== true || live.progress !== undefined);

/** Share of the Set that Live has told, 0 … 1; absent while that is not known. */
export function shareRead({ live: { progress } }: SetInfo): number | undefined {
  return progress === undefined || progress.total <= 0
    ? undefined
    : Math.min(1, progress.done / progress.total);
}

/** For a Set of which Live tells ({@link isOfLive}). `now`: ms since 1970. */
export function liveText(set: SetInfo, now: number): Text {
  const text = isBeingRead(set) ? readingText(set) : stateText(set, now);
  return withFile(withProblem(text, set.live, now), set, now);
}

const who = ({ simulated, recorded, version }: LiveStatus): string => {
  if (!simulated) return 'Live';
  return `${recorded ? 'a recorded run of ' : ''}a simulated Live${version === undefined ? '' : ` ${version}`}`;
};
const subject = ({ simulated, recorded }: LiveStatus): string =>
  recorded ? 'The recorded run of a simulated Live' : simulated ? 'The simulated Live' : 'Live';

function readingText(set: SetInfo): Text {
  const spoken = `Reading the Set from ${who(set.live)} …`;
  const share = shareRead(set);
  const sentence = share === undefined ? spoken : `${spoken} ${Math.floor(share * 100)} %`;
  return { tone: 'busy', sentence, spoken, remedy: '' };
}

function stateText({ live, path, file }: SetInfo, now: number): Text {
  switch (live.state) {
    case 'none':
    case 'live':
      return { tone: 'good', sentence: `${connected(live)}${savedNote(path, file, live, now)}`, remedy: '' };
    case 'light':
      return {
        tone: 'warn',
        sentence: `Connected to ${who(live)}, which has much to do: only structure, names, mixer and transport`,
        remedy: 'Everything comes back by itself.',
      };
    case 'stalled':
      return {
        tone: 'warn',
        sentence: `${subject(live)} is busy (a menu or dialog is open)`,
        remedy: 'Close it in Live; the page follows.',
      };
    case 'gone':
      return {
        tone: 'warn',
        sentence: `${subject(live)} is gone${since(live, now)}; shown is what it had then`,
        remedy: 'Open the Set in Live again, or save it: the page follows.',
      };
    case 'broken':
      return {
        tone: 'bad',
        sentence: `The connection to ${who(live)} does not hold`,
        remedy: 'Switch the LiveTree control surface off and on in Live’s settings.',
      };
    case 'off':
      return {
        tone: 'warn',
        sentence: `${FILE_ONLY}. Shown is what ${who(live)} had${since(live, now)}; this Set has not been saved yet`,
        remedy: 'Save the Set in Live, or switch real time on.',
      };
    default:
      return live.state satisfies never;
  }
}

/** Said while Live is not listened to. */
export const FILE_ONLY = 'File only: real time is switched off';

const connected = (live: LiveStatus): string =>
  `Connected to ${who(live)}${live.simulated ? ': a demo' : ''}`;
const since = ({ since: time }: LiveStatus, now: number): string =>
  time === undefined ? '' : ` since ${clockTime(time, now)}`;

/** Only Lives from this one on say where the file of a Set is (docs/live-api.md). */
const TELLS_PATH = [11, 3, 25] as const;

function tellsPath(version: string | undefined): boolean {
  const parts = (version ?? '').split('.').map(Number);
  for (const [index, least] of TELLS_PATH.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

function savedNote(path: string | undefined, file: FileStatus, live: LiveStatus, now: number): string {
  if (file.savedAt !== undefined) return ` · saved ${clockTime(file.savedAt, now)}`;
  if (path !== undefined || file.state !== 'missing') return '';
  return tellsPath(live.version)
    ? '; this Set has not been saved yet'
    : '; where its file is, this Live does not tell';
}

/** What Live or the hub says of it goes before our own words: it knows more. */
function withProblem(text: Text, live: LiveStatus, now: number): Text {
  const { problem } = live;
  if (problem === undefined) return text;
  const isAll = live.state === 'gone' || live.state === 'broken';
  const at = live.since === undefined ? '' : `Since ${clockTime(live.since, now)}: `;
  const demo = live.simulated
    ? ` Live is simulated here${live.recorded ? ', and recorded' : ''}: a demo.`
    : '';
  const sentence = isAll ? `${at}${problem}${demo}` : `${text.sentence}. ${problem}`;
  return { ...text, tone: text.tone === 'bad' ? 'bad' : 'warn', sentence, spoken: sentence };
}

/** Something is wrong with the file, though what is shown comes from Live. */
function withFile(text: Text, { file, path, live }: SetInfo, now: number): Text {
  if (live.leads !== true || live.state !== 'live') return text;
  const trouble = fileTrouble(file, path, now);
  if (trouble === '') return text;
  const tone = text.tone === 'good' ? 'warn' : text.tone;
  return { ...text, tone, remedy: `${text.remedy} ${trouble}`.trim() };
}

function fileTrouble({ state, problem, savedAt }: FileStatus, path: string | undefined, now: number): string {
  if (state === 'broken')
    return `The saved file cannot be read: ${problem ?? 'no reason is known'}`.replace(/(?<![.!?])$/, '.');
  if (state !== 'missing' || path === undefined) return '';
  return savedAt === undefined
    ? `There is no file at ${path}.`
    : `The file saved ${clockTime(savedAt, now)} is no longer there: save the Set again in Live.`;
}
