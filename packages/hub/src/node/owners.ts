/** Which Set a file belongs to, where that does not follow from its path: "Save As" keeps the Set. */
import type { SetId } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import type { Journal } from '../journal.ts';
import type { MirrorsOptions } from './mirrors.ts';

/** Name under which the journal keeps the Set of a file. */
const OWNER = 'owner';

/** Kept, so that a Set goes on in its new file on another day. */
export function keptOwners(journal: Journal): MirrorsOptions['owners'] {
  const known = new Map<SetId, SetId>();
  const keptOf = (file: SetId): SetId | undefined => {
    const kept = journal.keptThing(file, OWNER);
    return kept === undefined ? undefined : asSetId(kept);
  };
  return {
    get: (file) => known.get(file) ?? keptOf(file),
    set: (file, owner) => {
      known.set(file, owner);
      journal.keep(file, OWNER, owner);
    },
  };
}
