/** How it stands, as one sentence and what to do about it. Pure; the words are those of a Live user. */
import type { ConnectionStatus } from '@livetree/client';
import type { SetInfo } from '@livetree/protocol';
import { CLOSE_CODES } from '@livetree/protocol';
import { clockTime } from './format.ts';
import { FILE_ONLY, isBeingRead, isOfLive, liveText } from './live-text.ts';

/** `good`: all is shown as it is · `busy`: will be soon · `warn`: something old is shown · `bad`: act. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad';

export interface StatusText {
  readonly tone: Tone;
  readonly sentence: string;
  /** The same without figures that run: what a screen reader says when it changes. */
  readonly spoken: string;
  /** What the reader can do; empty where there is nothing to do. */
  readonly remedy: string;
}

export interface StatusFacts {
  readonly connection: ConnectionStatus;
  /** Whole seconds until the next attempt, counted down by the page. */
  readonly retryInSeconds: number;
  readonly set: SetInfo | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/** Attempts after which the page no longer speaks of a short interruption. */
const PATIENCE = 3;

export function statusText(facts: StatusFacts): StatusText {
  const text = textFor(facts);
  const runs = facts.connection.state === 'waiting' || facts.connection.state === 'reading';
  const spoken = runs ? text.sentence.replace(/,[^,]*$/, '') : text.sentence;
  return { spoken, ...text };
}

/** Of no other words than those to be read, where `spoken` is absent. */
export type Text = Omit<StatusText, 'spoken'> & Partial<Pick<StatusText, 'spoken'>>;

function textFor(facts: StatusFacts): Text {
  const { connection } = facts;
  switch (connection.state) {
    case 'connecting':
      return { tone: 'busy', sentence: 'Connecting to LiveTree …', remedy: '' };
    case 'reading':
      return facts.set !== undefined && (isInTrouble(facts.set) || isBeingRead(facts.set))
        ? sources(facts.set, facts.now)
        : reading(connection.progress);
    case 'waiting':
      return waiting(connection.attempt, facts.retryInSeconds);
    case 'closed':
      return closed(connection.code);
    case 'empty':
      return facts.set === undefined ? NO_SET : sources(facts.set, facts.now);
    case 'following':
      return facts.set === undefined ? CONNECTED : sources(facts.set, facts.now);
    default:
      return connection satisfies never;
  }
}

/** Nothing of this Set will be read until somebody does something. */
export const isInTrouble = (set: SetInfo): boolean =>
  !isOfLive(set) && (set.file.state === 'broken' || set.file.state === 'missing');

const reading = (progress: number): Text => ({
  tone: 'busy',
  sentence: `Reading the Set, ${Math.floor(progress * 100)} %`,
  remedy: '',
});

const CONNECTED: Text = { tone: 'good', sentence: 'Connected', remedy: '' };
const NO_SET: Text = {
  tone: 'warn',
  sentence: 'Connected, but no Set is open in LiveTree',
  remedy: '',
};

function waiting(attempt: number, seconds: number): Text {
  const again = seconds <= 0 ? 'trying again now' : `trying again in ${seconds} s`;
  if (attempt < PATIENCE) return { tone: 'busy', sentence: `Connection lost, ${again}`, remedy: '' };
  return {
    tone: 'bad',
    sentence: `LiveTree does not answer, ${again}`,
    remedy: 'Is it still running? In a terminal, “livetree” starts it again.',
  };
}

function closed(code: number): Text {
  if (code === CLOSE_CODES.token.code) {
    return {
      tone: 'bad',
      sentence: 'LiveTree does not let this page in',
      remedy: 'Open the whole address that livetree serve printed: it ends with a token.',
    };
  }
  if (code === CLOSE_CODES.version.code) {
    return {
      tone: 'bad',
      sentence: 'This page and LiveTree are of different versions',
      remedy: 'Load the page again.',
    };
  }
  return { tone: 'bad', sentence: 'LiveTree closed the connection', remedy: 'Load the page again.' };
}

/** Live where it tells of this Set, else the file. */
function sources(set: SetInfo, now: number): Text {
  if (isOfLive(set)) return liveText(set, now);
  const text = fileText(set, now);
  return set.live.state === 'off' ? { ...text, sentence: `${FILE_ONLY}. ${text.sentence}` } : text;
}

function fileText(set: SetInfo, now: number): Text {
  const { file, path } = set;
  const shown = file.savedAt === undefined ? '' : ` Shown is the save of ${clockTime(file.savedAt, now)}.`;
  switch (file.state) {
    case 'broken':
      return {
        tone: 'bad',
        sentence: `The file cannot be read: ${sentence(file.problem ?? 'no reason is known')}${shown}`,
        remedy:
          path === undefined
            ? 'Open another one.'
            : 'Save the Set again in Live; the page follows by itself.',
      };
    case 'missing':
      return missing(path, shown);
    case 'reading':
      return { tone: 'busy', sentence: 'Reading the file …', remedy: '' };
    case 'ok':
      return path === undefined && file.savedAt !== undefined
        ? copyText(file.savedAt, now)
        : { tone: 'good', sentence: savedText(file.savedAt, now), remedy: '' };
    default:
      return file.state satisfies never;
  }
}

function missing(path: string | undefined, shown: string): Text {
  const at = path === undefined ? '.' : `: ${path}.`;
  return shown === ''
    ? {
        tone: 'bad',
        sentence: `There is no such file${at}`,
        remedy: 'Check spelling and drive, then open it again.',
      }
    : {
        tone: 'bad',
        sentence: `The file is no longer there${at}${shown}`,
        remedy: 'Put it back, or open it at its new place.',
      };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const copyText = (savedAt: number, now: number): Text => ({
  tone: 'good',
  sentence: `A copy, as the file was at ${clockTime(savedAt, now)}`,
  remedy: 'To follow each save, open it by its path.',
});

const savedText = (savedAt: number | undefined, now: number): string =>
  savedAt === undefined ? 'Connected' : `Follows the file, saved ${clockTime(savedAt, now)}`;
