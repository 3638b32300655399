/** What a page keeps in this browser. Private windows and full disks refuse: then it is kept for this visit only. */

export interface Shelf {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}

const PREFIX = 'livetree.';

/** @param storage answers the browser's storage, or throws where there is none */
export function shelfOf(storage: () => Storage): Shelf {
  const visit = new Map<string, string>();
  return {
    get: (key) => visit.get(key) ?? quietly(() => storage().getItem(PREFIX + key) ?? undefined),
    put: (key, value) => {
      visit.set(key, value);
      quietly(() => storage().setItem(PREFIX + key, value));
    },
  };
}

function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
