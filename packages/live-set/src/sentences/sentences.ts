/** From what changed to sentences that a musician reads. */
import type { SetDiff } from '../diff/diff.ts';
import type { NodeOf } from '../model/node.ts';
import type { ParsedSet } from '../parse/parse-set.ts';
import type { Op, Touched } from '../patch/op.ts';
import { type FacetSource, facetsOf } from './facet-source.ts';
import { factsOf } from './facts.ts';
import { gather } from './gather.ts';
import { metersOf } from './meters.ts';
import { Names } from './names.ts';
import type { Sentence } from './sentence.ts';
import { type Folded, orderOf, type Side, type Story } from './story.ts';
import { tellClipInside } from './tell-clip-inside.ts';
import { tellClips } from './tell-clips.ts';
import { tellColors } from './tell-colors.ts';
import { foldDerivedNames, tellDevices } from './tell-devices.ts';
import { tellEnvelopes } from './tell-envelopes.ts';
import { tellNames } from './tell-names.ts';
import { tellNotes } from './tell-notes.ts';
import { tellOther, tellRest } from './tell-other.ts';
import { foldCounts, tellParameters } from './tell-parameters.ts';
import { tellPlaces } from './tell-places.ts';
import { tellProps } from './tell-props.ts';
import { tellRouting } from './tell-routing.ts';
import { tellSamples } from './tell-samples.ts';
import { foldMoves, tellLocators, tellScenes, tellTakeLanes } from './tell-scenes.ts';
import { tellSet } from './tell-set.ts';
import { tellTime } from './tell-time.ts';
import { foldSends, tellTracks } from './tell-tracks.ts';
import { TreeIndex } from './tree-index.ts';

/** One state of a Set: its tree, and where its details can be read. */
export interface SetState {
  readonly root: NodeOf<'set'>;
  /** Absent: nobody has read the details. */
  readonly facets?: FacetSource;
}

/** What happened between two states; ids name the same things in both trees. */
export interface Change {
  readonly before: SetState;
  readonly after: SetState;
  readonly ops: readonly Op[];
  readonly touched: readonly Touched[];
}

export interface Telling {
  /** Most important first: structure, sound, settings, then the minor ones; each in the order of the tree. */
  readonly sentences: readonly Sentence[];
  /** Nodes of ops that no sentence names, and why. */
  readonly folded: readonly Folded[];
}

/** Sentences of a difference between two saves. Cost: both trees, and the details that differ. */
export function sentences(before: ParsedSet, { after, ops, touched }: SetDiff): readonly Sentence[] {
  return tellChange({
    before: { root: before.root, facets: facetsOf(before) },
    after: { root: after.root, facets: facetsOf(after) },
    ops,
    touched,
  }).sentences;
}

/** Sentences of any change, from a file or from Live; each op is in a sentence or among the folded. */
export function tellChange({ before, after, ops, touched }: Change): Telling {
  const [old, young] = [sideFor(before), sideFor(after)];
  const story: Story = {
    before: old,
    after: young,
    facts: factsOf(old.index, young.index, ops, touched),
    isOtherVersion: before.root.props.schema !== after.root.props.schema,
    drafts: [],
    folded: [],
  };
  for (const rule of RULES) rule(story);
  const told = gather(story.drafts, (id) => orderOf(story, id));
  const named = new Set(told.flatMap(({ nodes }) => nodes));
  return { sentences: told, folded: story.folded.filter(({ node }) => !named.has(node)) };
}

function sideFor({ root, facets = () => undefined }: SetState): Side {
  const index = new TreeIndex(root);
  const meters = metersOf(root, facets);
  return { index, meters, facets, names: new Names(index, meters) };
}

const COUNTS = ['parameterCount', 'noteCount', 'warpMarkerCount', 'envelopeCount', 'sampleCount'];

/** In this order: what comes first takes what belongs to its gesture. */
const RULES: readonly ((story: Story) => void)[] = [
  tellTracks,
  foldSends,
  tellDevices,
  tellScenes,
  tellTime,
  tellClips,
  tellTakeLanes,
  tellLocators,
  foldMoves,
  foldDerivedNames,
  tellNames,
  tellColors,
  tellRouting,
  tellClipInside,
  tellPlaces,
  tellSet,
  tellProps,
  tellNotes,
  tellEnvelopes,
  tellSamples,
  tellParameters,
  (story) => foldCounts(story, COUNTS),
  tellOther,
  tellRest,
];
