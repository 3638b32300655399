/**
 * The XML names the reader knows. Each gets a number here, when its module loads; the scanner numbers names
 * in the same order, so that rules are found by array index and never by text.
 */
const ids = new Map<string, number>();

/** The number of a name; registers it on first use. Call while modules load only, never while parsing. */
export function nameId(name: string): number {
  const known = ids.get(name);
  if (known !== undefined) return known;
  const id = ids.size;
  ids.set(name, id);
  return id;
}

let all: readonly string[] = [];

/** All names registered, by number; the same array as long as none is added. */
export function vocabulary(): readonly string[] {
  if (all.length !== ids.size) all = [...ids.keys()];
  return all;
}

export const VALUE = nameId('Value');
export const ID = nameId('Id');
