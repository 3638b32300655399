/** The root: `/Ableton/LiveSet`. */
import type { NodeId, NodeOf, TreeNode } from '../model/node.ts';
import type { ParseContext } from './context.ts';
import { boolean, integer, number, text, textIfAny } from './decode.ts';
import { Draft } from './draft.ts';
import { readLocator } from './locator.ts';
import type { Reader } from './reader.ts';
import {
  enter,
  into,
  items,
  noise,
  prop,
  type Rule,
  readAttributes,
  readChildren,
  type Table,
  table,
} from './rules.ts';
import { readScene, sceneKey } from './scene.ts';
import { type MainExtras, readTrack, trackKey, trackType } from './track.ts';
import { ID, nameId } from './vocabulary.ts';

const TRACKS = nameId('Tracks');
const SCENES = nameId('Scenes');
const SCENE = nameId('Scene');
const LOCATOR = nameId('Locator');
const SCENE_NAMES = nameId('SceneNames');
const PRE_HEAR_TRACK = nameId('PreHearTrack');
const TRACK_GROUP_ID = nameId('TrackGroupId');
const CREATOR = nameId('Creator');
const MINOR_VERSION = nameId('MinorVersion');
const ROOT_ATTRIBUTES = [CREATOR, MINOR_VERSION];

interface SetContext {
  readonly parse: ParseContext;
  readonly tracks: readonly { readonly element: number; readonly id: NodeId }[];
  readonly preHear: number;
  /** The lists that are read; −1 = none. Where a file (not written by Live) has two, the other is other settings. */
  readonly trackList: number;
  readonly sceneList: number;
}

const locators: Rule<SetContext> = (reader, element, draft, { parse }) => {
  for (const locator of items(reader, element, draft, isLocator))
    draft.add('locators', readLocator(parse, locator));
  // The file keeps the order in which they were made.
  draft.lists.locators?.sort((a, b) => timeOf(a) - timeOf(b));
};

const isLocator = (reader: Reader, element: number): boolean => reader.is(element, LOCATOR);
const isScene = (reader: Reader, element: number): boolean => reader.is(element, SCENE);
const timeOf = ({ props }: TreeNode): number => ('time' in props ? props.time : 0);

/** Regular tracks with their groups nested as Live shows them; returns apart. */
const tracks: Rule<SetContext> = (reader, element, draft, { parse, tracks: known, trackList }) => {
  if (element !== trackList) {
    reader.opaque(element, draft);
    return;
  }
  const groups = new Map<string, TreeNode>();
  enter(reader, element, draft);
  for (const { element: track, id } of known) {
    const node = readTrack(parse, track, id);
    const groupId = reader.childValue(track, TRACK_GROUP_ID) ?? '-1';
    const group = groups.get(groupId);
    if (trackType(reader.tag(track)) === 'return') draft.add('returns', node);
    else hang(node, group, draft);
    if (group === undefined && groupId !== '-1') {
      reader.odd('UNKNOWN_GROUP', `Track ${id} names a group (${groupId}) that does not come before it.`);
    }
    if (trackType(reader.tag(track)) === 'group') groups.set(reader.id(track) ?? '', node);
    reader.claimAttribute(track, ID);
  }
  for (const child of reader.children(element)) {
    if (trackType(reader.tag(child)) !== undefined) continue;
    reader.odd(
      'UNKNOWN_TRACK',
      `The Set has a kind of track that is not known (${reader.tag(child)}); it is not shown.`,
    );
    reader.opaque(child, draft);
  }
};

/** While the tree is being made, the lists of a group are still open. */
function hang(track: TreeNode, group: TreeNode | undefined, set: Draft): void {
  if (group === undefined) {
    set.add('tracks', track);
    return;
  }
  const lists = group.lists as { tracks?: TreeNode[] };
  if (lists.tracks === undefined) lists.tracks = [track];
  else lists.tracks.push(track);
}

const mainTrack: Rule<SetContext> = (_, element, draft, { parse, preHear }) => {
  const extras: MainExtras = { set: draft, preHear };
  draft.add('main', readTrack(parse, element, parse.take('main'), extras));
};

const scenes: Rule<SetContext> = (reader, element, draft, { parse, sceneList }) => {
  if (element !== sceneList) {
    reader.opaque(element, draft);
    return;
  }
  let row = 0;
  for (const scene of items(reader, element, draft, isScene))
    draft.add('scenes', readScene(parse, scene, parse.scenes[row++] as NodeId));
};

const setTable: Table<SetContext> = table<SetContext>({
  NextPointeeId: noise,
  Tracks: tracks,
  MainTrack: mainTrack,
  MasterTrack: mainTrack,
  PreHearTrack: (reader, element, draft, { preHear }) => {
    if (element !== preHear) reader.opaque(element, draft);
  },
  Scenes: scenes,
  SceneNames: scenes,
  Locators: into<SetContext>(table<SetContext>({ Locators: locators })),
  Transport: into(
    table({
      LoopOn: prop('loopOn', boolean),
      LoopStart: prop('loopStart', number),
      LoopLength: prop('loopLength', number),
      PunchIn: prop('punchIn', boolean),
      PunchOut: prop('punchOut', boolean),
      CurrentTime: noise,
      DrawMode: noise,
    }),
  ),
  ScaleInformation: into(
    table({
      Root: prop('scaleRoot', integer),
      RootNote: prop('scaleRoot', integer),
      Name: prop('scaleName', text),
    }),
  ),
  InKey: prop('scaleOn', boolean),
  GlobalQuantisation: prop('launchQuantization', integer),
  AutoQuantisation: prop('recordQuantization', integer),
  Annotation: prop('annotation', textIfAny),
  // view state of the Set as a whole
  SessionScrollPos: noise,
  SongMasterValues: noise,
  SequencerNavigator: noise,
  Grid: noise,
  ContentSplitterProperties: noise,
  IsContentSplitterOpen: noise,
  IsExpressionSplitterOpen: noise,
  ExpressionLanes: noise,
  ContentLanes: noise,
  ChooserBar: noise,
  HighlightedTrackIndex: noise,
  VideoWindowRect: noise,
  ShowVideoWindow: noise,
  TrackHeaderWidth: noise,
  ColorSequenceIndex: noise,
  AutoColorPickerForPlayerAndGroupTracks: noise,
  AutoColorPickerForReturnAndMasterTracks: noise,
  AutoColorPickerForReturnAndMainTracks: noise,
  MultiClipFocusMode: noise,
  MultiClipLoopBarHeight: noise,
  WaveformVerticalZoomFactor: noise,
  IsWaveformVerticalZoomActive: noise,
  NoteAlgorithms: noise,
});

/** Live adds view states with every version. */
const viewState: Rule<SetContext> = (reader, element, draft) => {
  if (reader.tag(element).startsWith('ViewState')) reader.noise(element);
  else reader.opaque(element, draft);
};

/** Reads the Set. Ids of scenes and returns are settled first: slots and sends name them. */
export function readLiveSet(parse: ParseContext, root: number, liveSet: number): NodeOf<'set'> {
  const { reader } = parse;
  const draft = new Draft(liveSet);
  const id = parse.take('set');
  const sceneList = Math.max(reader.child(liveSet, SCENES), reader.child(liveSet, SCENE_NAMES));
  const trackList = reader.child(liveSet, TRACKS);
  parse.scenes = sceneIds(parse, sceneList);
  const known = trackIds(parse, trackList);
  parse.returns = known
    .filter(({ element }) => trackType(reader.tag(element)) === 'return')
    .map((track) => track.id);
  const preHear = reader.child(liveSet, PRE_HEAR_TRACK);
  readRoot(reader, root, draft);
  readBeside(reader, root, liveSet, draft);
  reader.claim(liveSet);
  readAttributes(reader, liveSet, draft, []);
  const context = { parse, tracks: known, preHear, trackList, sceneList };
  readChildren(reader, liveSet, setTable, draft, context, viewState);
  if (preHear >= 0 && draft.lists.main === undefined) reader.opaque(preHear, draft);
  return parse.finish('set', id, draft);
}

function sceneIds(parse: ParseContext, list: number): readonly NodeId[] {
  const { reader } = parse;
  if (list < 0) return [];
  return reader
    .children(list)
    .filter((child) => isScene(reader, child))
    .map((scene, row) => parse.take(sceneKey(reader.id(scene), row)));
}

function trackIds(parse: ParseContext, list: number): SetContext['tracks'] {
  const { reader } = parse;
  if (list < 0) return [];
  return reader
    .children(list)
    .filter((element) => trackType(reader.tag(element)) !== undefined)
    .map((element) => ({ element, id: parse.take(trackKey(reader, element)) }));
}

/** Live writes nothing beside the Set; what another program put there is other settings. */
function readBeside(reader: Reader, root: number, liveSet: number, draft: Draft): void {
  for (const child of reader.children(root)) {
    if (child === liveSet) continue;
    reader.odd(
      'EXTRA_ELEMENT',
      `The file holds ${reader.tag(child)} beside the Set: one of its other settings.`,
    );
    reader.opaque(child, draft);
  }
}

function readRoot(reader: Reader, root: number, draft: Draft): void {
  reader.claim(root);
  readAttributes(reader, root, draft, ROOT_ATTRIBUTES);
  const schema = reader.attribute(root, MINOR_VERSION);
  if (schema !== undefined) draft.props['schema'] = schema;
  const creator = reader.attribute(root, CREATOR);
  if (creator === undefined) return;
  draft.props['creator'] = creator;
  const major = Number(/Live (\d+)/.exec(creator)?.[1]);
  if (Number.isInteger(major)) draft.props['liveMajor'] = major;
}
