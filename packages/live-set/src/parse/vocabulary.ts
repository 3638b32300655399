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

/** All names registered, by number. */
export const vocabulary = (): readonly string[] => [...ids.keys()];

export const VALUE = nameId('Value');
export const ID = nameId('Id');
