/** Why a Set was not opened, and what to do about it. Pure; the words are those of a Live user. */
import type { CommandOutcome } from '@livetree/client';
import { SYNC_LIMITS } from '@livetree/protocol';

export interface Problem {
  readonly sentence: string;
  readonly remedy: string;
}

const AGAIN = 'Try again in a moment.';
const REMEDIES: Readonly<Record<string, string>> = {
  NOT_CONNECTED: 'Wait until the line above says that it is connected, then try again.',
  CONNECTION_LOST: 'Look whether the Set is there once the connection is back; if not, try again.',
  NO_ANSWER: AGAIN,
  FORBIDDEN: 'Open this page at the address that livetree serve printed.',
  TOO_BIG: 'Open it by its path instead: then it may be of any size.',
  TOO_MANY_SETS: 'Stop LiveTree and start it with the Sets you need.',
  PATH_REFUSED: 'Give the whole path, from the drive down to the file, ending in .als.',
  HUB_CLOSED: 'Start LiveTree again.',
};

/** @returns the problem of a command that was refused */
export function problemOf({ code, message }: Extract<CommandOutcome, { ok: false }>): Problem {
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  return { sentence, remedy: REMEDIES[code] ?? AGAIN };
}

/** @returns why a file cannot be taken, told by its name and size alone */
export function refuseFile({
  name,
  size,
}: {
  readonly name: string;
  readonly size: number;
}): Problem | undefined {
  if (!/\.als$/i.test(name))
    return {
      sentence: `“${name}” is not a Live Set.`,
      remedy: 'A Set is the file that ends in .als, in the Project folder.',
    };
  if (size === 0)
    return { sentence: `“${name}” is empty.`, remedy: 'Take the newest file of its Backup folder.' };
  if (size <= SYNC_LIMITS.openBytes) return undefined;
  const most = Math.floor(SYNC_LIMITS.openBytes / 1024 / 1024);
  return { sentence: `“${name}” has more than ${most} MB.`, remedy: REMEDIES['TOO_BIG'] ?? AGAIN };
}

/** A path as people copy it: in quotes, or as an address of a file. */
export function plainPath(text: string): string {
  const path = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (!path.startsWith('file://')) return path;
  try {
    return decodeURIComponent(new URL(path).pathname);
  } catch {
    return path;
  }
}
