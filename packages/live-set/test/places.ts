/** Where things stand in the XML of a Set. */
import type { ParsedSet } from '../src/parse/parse-set.ts';

/** Attributes by where they stand (last three tags and name): rare ones are tried as often as frequent ones. */
export function attributesByPlace({ tape }: ParsedSet): readonly (readonly number[])[] {
  const places = new Map<string, number[]>();
  for (let element = 0; element < tape.size; element++) {
    const place = placeOf(tape, element);
    for (let at = tape.firstAttribute[element]!; at < tape.firstAttribute[element + 1]!; at++) {
      addTo(places, `${place}@${tape.attributeName[at]}`, at);
    }
  }
  return [...places.values()];
}

/** Elements by where they stand, those of `LiveSet` and below. */
export function elementsByPlace({ tape }: ParsedSet): readonly (readonly number[])[] {
  const places = new Map<string, number[]>();
  for (let element = 2; element < tape.size; element++) addTo(places, placeOf(tape, element), element);
  return [...places.values()];
}

function placeOf({ name, parent }: ParsedSet['tape'], element: number): string {
  const above = parent[element]!;
  return `${above < 0 ? '' : name[parent[above]!]}/${above < 0 ? '' : name[above]}/${name[element]}`;
}

function addTo(places: Map<string, number[]>, place: string, item: number): void {
  const known = places.get(place);
  if (known === undefined) places.set(place, [item]);
  else known.push(item);
}
