/** What the log says of a save, made from the sentences of its changes. */
import type { NodeId, Op, Sentence, Touched } from '@livetree/live-set';
import { headline } from '@livetree/live-set';
import type { KindOf, Telling } from '@livetree/protocol';
import { eventNames, SYNC_LIMITS } from '@livetree/protocol';

export interface SaveStory {
  readonly told: readonly Sentence[];
  readonly ops: readonly Op[];
  readonly touched: readonly Touched[];
  readonly kindOf: KindOf;
}

/** Bounded, however much has changed: what is over the limits of an entry is counted in a last sentence. */
export function tellSave({ told, ops, touched, kindOf }: SaveStory): Telling {
  return {
    save: headline(told),
    names: eventNames(ops, touched, kindOf),
    nodes: nodesOf(told),
    sentences: textsOf(told),
  };
}

/** What the log says of changes in Live: as of a save, without its headline. */
export function tellLive(told: readonly Sentence[], names: Telling['names']): Telling {
  return { names, nodes: nodesOf(told), sentences: textsOf(told) };
}

function nodesOf(told: readonly Sentence[]): readonly NodeId[] {
  const nodes = new Set(told.flatMap((sentence) => sentence.nodes));
  return [...nodes].slice(0, SYNC_LIMITS.entryNodes);
}

function textsOf(told: readonly Sentence[]): readonly string[] {
  const texts = told.map(({ text }) => text);
  const most = SYNC_LIMITS.entrySentences;
  if (texts.length <= most) return texts;
  return [...texts.slice(0, most - 1), `… and ${texts.length - most + 1} more`];
}
