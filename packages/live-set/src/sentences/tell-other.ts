/** Other settings: what no rule of the parser reads, told in words where the path says enough. */
import { FILE_PLACES } from '../diff/file-places.ts';
import type { NodeId, TreeNode } from '../model/node.ts';
import type { SentenceKind } from './sentence.ts';
import { fold, isKind, type Side, type Story, tell } from './story.ts';

interface OtherWord {
  readonly path: RegExp;
  readonly kind: SentenceKind;
  /** Said of the node. */
  readonly says: string;
}

/** What Live plays of a frozen track: its slots follow the scenes. */
const FROZEN_COPY = /^DeviceChain\/FreezeSequencer\b/;

const WORDS: readonly OtherWord[] = [
  { path: / \(places of files\)$/, kind: 'sample-paths', says: 'file at another path' },
  { path: /^(PluginDesc|Preset)\b/, kind: 'plugin-state', says: 'state of the plug-in changed' },
  {
    path: /^(PatchSlot|BlobSlot|ParameterList)\b|MxD/,
    kind: 'max-state',
    says: 'state of the Max device changed',
  },
  {
    path: /(^|\/)(LastPresetRef|SourceContext|LockId|LockSeal)\b/,
    kind: 'preset',
    says: 'source of the preset changed',
  },
  {
    path: /FileRef\b|RelativePathType|OriginalFileRef/,
    kind: 'sample-paths',
    says: 'details of a sample file changed',
  },
  { path: /KeyMidi\b/, kind: 'mapping', says: 'key or MIDI mapping changed' },
  { path: /^\(parameters\)/, kind: 'mapping-details', says: 'mapping or modulation changed' },
  { path: /^\(samples\)/, kind: 'sample-settings', says: 'settings of samples changed' },
  {
    path: /^MacroDefaults\b|^MacroColor|^MacroVariations|^MacroAnnotations|^ExcludeMacro/,
    kind: 'macro-settings',
    says: 'macro settings changed',
  },
  {
    path: /^(BranchSelectorRange|ZoneSettings|KeyRange|VelocityRange)\b/,
    kind: 'chain-zone',
    says: 'zones changed',
  },
  { path: FROZEN_COPY, kind: 'frozen', says: 'frozen copy changed' },
  { path: /^GroovePool\b/, kind: 'groove-pool', says: 'groove pool changed' },
  { path: /^Fades?\b|^Fade$/, kind: 'fades', says: 'fades changed' },
  { path: /^ScaleInformation\b|^IsInKey/, kind: 'scale', says: 'scale changed' },
  { path: /^SendsPre\b/, kind: 'send', says: 'sends switched between pre and post' },
  { path: /^FollowAction|^FollowTime/, kind: 'clip-launch', says: 'follow action changed' },
  { path: /^TimeSignature\b/, kind: 'clip-signature', says: 'signature changed' },
  {
    path: /^WarpMode|^Granularity|^Transient|^Complex|^Fluctuation|^Hi[QF]/,
    kind: 'clip-warp',
    says: 'warp settings changed',
  },
  { path: /MultiSamplePart|^Player\b/, kind: 'sample-settings', says: 'settings of samples changed' },
  {
    path: /Grid$|Scroll|Visible$|^SelectedDocumentView|^SelectedBand|^Show|HistogramCenter|InSessionMixer$|ViewState|^Zoom/,
    kind: 'view',
    says: 'view changed',
  },
];
const OTHER: Omit<OtherWord, 'path'> = { kind: 'other-settings', says: 'other settings changed' };
const DISPLAY_TEXT = /Routing\/(Upper|Lower)DisplayString$/;

export function tellOther(story: Story): void {
  const files = new Set(
    story.drafts.filter(({ kind }) => ABOUT_FILES.includes(kind)).flatMap(({ nodes }) => nodes),
  );
  const isMoved = files.size > 0;
  for (const [id, all] of story.facts.other) {
    const node = story.after.index.get(id);
    const paths = isMoved ? all.filter((path) => !path.endsWith(FILE_PLACES)) : all;
    if (paths.length === 0) fold(story, 'part', [id]);
    else if (node !== undefined) tellNode(story, node, paths, files.has(id));
  }
  story.facts.other.clear();
}

/** @param isTold a sample was replaced or lies elsewhere: that brings other details of its file */
function tellNode(story: Story, node: TreeNode, paths: readonly string[], isTold: boolean): void {
  const byWord = new Map<Omit<OtherWord, 'path'>, string[]>();
  for (const path of paths) {
    if (DISPLAY_TEXT.test(path) || (path === '' && paths.length > 1)) continue;
    if (isSwitched(story, node, path)) continue;
    const word = WORDS.find((candidate) => candidate.path.test(path)) ?? OTHER;
    byWord.set(word, [...(byWord.get(word) ?? []), path]);
  }
  if (byWord.size === 0) fold(story, 'derived', [node.id]);
  for (const [word, found] of byWord) {
    if (word.kind === 'sample-paths' && isTold) fold(story, 'part', [node.id]);
    else if (word.kind === 'send' && hasOtherReturns(story)) fold(story, 'derived', [node.id]);
    else if (word.kind === 'frozen' && isCopiedAnew(story, node)) fold(story, 'derived', [node.id]);
    else tellPaths(story, node.id, word, found);
  }
}

/** The track was frozen or thawed just now, or its copy has a slot more, less or elsewhere because of a scene. */
function isCopiedAnew({ before, after }: Story, node: TreeNode): boolean {
  const scenes = ({ index }: Side): string => (index.root.lists.scenes ?? []).map(({ id }) => id).join();
  const isFrozen = ({ index }: Side): unknown => {
    const track = index.get(node.id);
    return track !== undefined && isKind(track, 'track') && track.props.frozen;
  };
  return scenes(before) !== scenes(after) || isFrozen(before) !== isFrozen(after);
}

/** Where a scene's tempo or signature was switched on or off, its value came from or went to the other settings. */
function isSwitched({ before }: Story, node: TreeNode, path: string): boolean {
  const name = node.kind === 'scene' ? SWITCHED.get(path) : undefined;
  if (name === undefined) return false;
  const was = before.index.get(node.id)?.props;
  return was !== undefined && name in was !== name in node.props;
}
const SWITCHED: ReadonlyMap<string, string> = new Map([
  ['Tempo', 'tempoBpm'],
  ['TimeSignatureId', 'signatureNumerator'],
]);

/** The list of pre and post has one place for each return. */
const hasOtherReturns = ({ before, after }: Story): boolean =>
  before.index.root.lists.returns?.length !== after.index.root.lists.returns?.length;
const ABOUT_FILES: readonly SentenceKind[] = ['sample-paths', 'samples-collected', 'sample-replaced'];

function tellPaths(
  story: Story,
  id: NodeId,
  { kind, says }: Omit<OtherWord, 'path'>,
  paths: readonly string[],
): void {
  const where = story.after.names.where(id);
  tell(story, id, {
    kind,
    what: where === '' ? says.charAt(0).toUpperCase() + says.slice(1) : says,
    paths,
    crowds: [{ key: says, say: (count) => `${says} in ${count} places` }],
  });
}

/** Whatever no rule has told: never silent. */
export function tellRest(story: Story): void {
  const ids = new Set<NodeId>();
  for (const [id, changes] of story.facts.props) if (changes.size > 0) ids.add(id);
  for (const [id, facets] of story.facts.facets) if (facets.size > 0) ids.add(id);
  for (const id of [...story.facts.moved, ...story.facts.added.keys(), ...story.facts.removed.keys()])
    ids.add(id);
  for (const id of ids) {
    const where = story.after.names.where(id) || story.before.names.where(id);
    tell(story, id, {
      kind: 'other-settings',
      what: where === '' ? 'Other settings changed' : 'other settings changed',
      crowds: [{ key: 'other', say: (count) => `other settings changed in ${count} places` }],
    });
  }
  fold(story, 'part', story.facts.within);
}
