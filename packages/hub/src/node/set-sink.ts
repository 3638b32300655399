/** Where the desks of a hub put what they have to tell: the switchboard, the journal and the readers of files. */
import { randomBytes } from 'node:crypto';
import type { SetId, SetInfo } from '@livetree/protocol';
import type { Effect } from '../effect.ts';
import type { Journal } from '../journal.ts';
import type { SetSink } from '../live/set-sides.ts';
import type { Switchboard } from '../switchboard.ts';
import type { FacetReader } from './facet-reader.ts';
import type { Mirrors } from './mirrors.ts';

export interface SetSinkParts {
  readonly board: Switchboard;
  readonly journal: Journal;
  readonly facets: FacetReader;
  readonly isRealtime: () => boolean;
  /** A Set's line as it is shown while the real-time switch stands as it does. */
  readonly shown: (info: SetInfo) => SetInfo;
  /** They are made after the sink. */
  readonly mirrors: () => Mirrors;
  readonly run: (effects: readonly Effect[]) => void;
  /** Runs what follows from news of a Set, and notes the Set. */
  readonly told: (info: SetInfo, effects: readonly Effect[]) => void;
  readonly pack: (set: SetId) => void;
}

export function setSink(parts: SetSinkParts): SetSink {
  const { board, journal, facets, isRealtime, shown, mirrors, run, told, pack } = parts;
  return {
    describe: (info) => told(info, board.describe(shown(info))),
    load: (info, tree) => told(info, board.load(shown(info), tree, randomBytes(8).toString('hex'))),
    resume: (info, tree, kept) => told(info, board.resume(shown(info), tree, kept)),
    change: (info, change, stated) => told(info, board.change(shown(info), change, stated)),
    replace: (info, tree, change, stated) => run(board.replace(shown(info), tree, change, stated)),
    endRun: (set) => journal.endRun(set),
    tell: (set, telling) => run(board.tell(set, telling)),
    putFacet: (set, key, items) => {
      run(board.putFacet(set, key, items));
      facets.take(set, key, items);
    },
    putSnapshot: (set, packed) => run(board.putSnapshot(set, packed)),
    putEphemeral: (set, values) => run(board.putEphemeral(set, values)),
    endEphemeral: (set) => run(board.endEphemeral(set)),
    putUnsaved: (set, unsaved) => run(board.putUnsaved(set, unsaved)),
    rootOf: (set) => board.room(set)?.authority?.root,
    packTree: pack,
    askFile: (question) => mirrors().ask(question),
    pokeFile: (set) => mirrors().lookAt(set),
    turnFacets: (set) => run(board.turnFacets(set)),
    keep: (set, name, value) => journal.keep(set, name, value),
    clock: () => performance.now(),
    isRealtime,
    keptThing: (set, name) => journal.keptThing(set, name),
  };
}
