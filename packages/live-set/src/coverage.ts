import { masks } from './parse/noise.ts';
import { type ParsedSet, readTape } from './parse/parse-set.ts';
import { ROLE, RoleMarks } from './parse/roles.ts';

/** Elements or attributes of a file by what became of them. `lost` is 0, or there is a bug. */
export interface Shares {
  readonly modelled: number;
  /** Hashed onto the nearest node; a change shows as *other settings*. */
  readonly opaque: number;
  /** On the list of what Live changes by itself. */
  readonly noise: number;
  readonly lost: number;
}

export interface Coverage {
  readonly elements: Shares;
  readonly attributes: Shares;
}

/** What became of every element and attribute of a Set. Reads the whole Set once more. */
export function coverage(set: ParsedSet): Coverage {
  const roles = new RoleMarks(set.tape, masks());
  readTape(set.tape, set.platform, roles);
  return { elements: count(roles.elements), attributes: count(roles.attributes) };
}

function count(roles: Uint8Array): Shares {
  const counts = [0, 0, 0, 0];
  for (const role of roles) counts[role] = (counts[role] as number) + 1;
  return {
    lost: counts[0] as number,
    modelled: counts[ROLE.modelled] as number,
    opaque: counts[ROLE.opaque] as number,
    noise: counts[ROLE.noise] as number,
  };
}
