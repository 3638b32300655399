/** Which Sets a text on the command line means: by path, id or name. */
import { resolve } from 'node:path';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly path?: string;
}

/** An id or a path is meant before a name is; names match in any case, with or without `.als`. */
export async function meantSets<T extends Named>(sets: readonly T[], text: string): Promise<readonly T[]> {
  const { realPathOf, setIdOf } = await import('@livetree/hub');
  const real = await realPathOf(resolve(text));
  const exact = sets.filter(({ id, path }) => id === text || path === real || id === setIdOf(real));
  if (exact.length > 0) return exact;
  const wanted = nameOf(text);
  return sets.filter(({ name }) => nameOf(name) === wanted);
}

const nameOf = (text: string): string =>
  text
    .replace(/\.als$/i, '')
    .normalize()
    .toLowerCase();
