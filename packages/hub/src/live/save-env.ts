/** What comparing a Set with its file needs, from the desk it belongs to. */
import type { SetId } from '@livetree/protocol';
import { NO_DETAILS, type SaveEnv } from '../joined/env.ts';
import type { LiveSide, SetSink } from './set-sides.ts';

/** Name under which it is kept. */
export const SAVE = 'unsaved';

interface Desk extends Pick<SaveEnv, 'file' | 'savedAt' | 'accepting' | 'log'> {
  readonly live: () => LiveSide | undefined;
}

export const saveEnv = (
  id: SetId,
  sink: SetSink,
  { live, file, savedAt, accepting, log }: Desk,
): SaveEnv => ({
  file,
  savedAt,
  accepting,
  log,
  clock: () => sink.clock(),
  isRealtime: () => sink.isRealtime(),
  root: () => sink.rootOf(id),
  askLive: (barrier, nodes) => live()?.askBarrier(barrier, nodes) === true,
  details: (from) => live()?.told.since(from) ?? NO_DETAILS,
  keptDetails: (from) => live()?.told.kept(from),
  facet: (node, facet) => live()?.told.facet(node, facet),
  readNotes: (clips) => live()?.told.readNotes(clips),
  put: (unsaved) => sink.putUnsaved(id, unsaved),
  keep: (text) => sink.keep(id, SAVE, text),
});
