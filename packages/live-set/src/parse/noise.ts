/**
 * What Live changes by itself: view state, bookkeeping and identities (docs/als-format.md, "Noise"). It adds
 * nothing to hashes, is no property, and is counted as noise by the coverage report. Everything else that no
 * rule reads is *other settings*.
 */
import type { Masks } from '../xml/tape.ts';
import { nameId, vocabulary } from './vocabulary.ts';

/** Elements that are noise wherever they stand. */
export const NOISE_ELEMENTS = [
  // what is shown, selected, unfolded, scrolled
  'IsExpanded',
  'BreakoutIsExpanded',
  'IsFolded',
  'IsSelected',
  'IsHighlightedInSessionView',
  'SessionViewBranchWidth',
  'SoloActivatedInSessionMixer',
  'IsContentSelected',
  'IsContentSelectedInDocument',
  'PreferredContentViewMode',
  'LastSelectedTimeableIndex',
  'LastSelectedClipEnvelopeIndex',
  'LastSelectedModulationIndex',
  'SelectedDevice',
  'SelectedEnvelope',
  'PreferModulationVisible',
  'EnvelopeChooser',
  'ClipEnvelopeChooserViewState',
  'EnvelopeModePreferred',
  'LaneHeight',
  'TrackUnfolded',
  'ViewData',
  'ViewStates',
  'ViewSettings',
  'ViewStateSesstionTrackWidth',
  'ViewStateSessionTrackWidth',
  'TrackSizeChoice',
  'ScrollerTimePreserver',
  'TimeSelection',
  'NoteEditorFoldInZoom',
  'NoteEditorFoldInScroll',
  'NoteEditorFoldOutZoom',
  'NoteEditorFoldOutScroll',
  'NoteEditorFoldScaleZoom',
  'NoteEditorFoldScaleScroll',
  'PitchViewScrollPosition',
  'SampleOffsetModulationScrollPosition',
  'IsBranchesListVisible',
  'IsReturnBranchesListVisible',
  'IsRangesEditorVisible',
  'AreDevicesVisible',
  'AreTakeLanesFolded',
  'AreAdditionalAutomationLanesFolded',
  'PermanentLanesAreVisible',
  'AutomationTransformViewState',
  'TempoAutomationViewBottom',
  'TempoAutomationViewTop',
  'WinPosX',
  'WinPosY',
  'ShouldShowPresetName',
  'MidiFoldIn',
  'MidiFoldMode',
  'MidiPrelisten',
  'SelectedTransformationName',
  'SelectedGeneratorName',
  'SelectedToolPanel',
  'SelectedDocumentViewInMainWindow',
  'Selection',
  'AreMacroControlsVisible',
  'SelectedBand',
  'HistogramCenterNote',
  'PadScrollPosition',
  'ShowBranchesInSessionMixer',
  // held by scripts and Max devices while Live runs
  'LomId',
  'LomIdView',
  'DevicesListWrapper',
  'ClipSlotsListWrapper',
  'ArrangementClipsListWrapper',
  'ParametersListWrapper',
  'SendsListWrapper',
  'TracksListWrapper',
  'VisibleTracksListWrapper',
  'ReturnTracksListWrapper',
  'ScenesListWrapper',
  'CuePointsListWrapper',
  'GroovesListWrapper',
  'ChainsListWrapper',
  'ReturnChainsListWrapper',
  'MacrosListWrapper',
  'TakeLanesListWrapper',
  // counters and caches
  'Pointee',
  'TakeCounter',
  'TakeId',
  'NeedArrangerRefreeze',
  'NeedRefreeze',
  'PostProcessFreezeClips',
  'OverwriteProtectionNumber',
  'NoteIdGenerator',
  'ProbabilityGroupIdGenerator',
  'SavedPlayingSlot',
  'SavedPlayingOffset',
  'LastModDate',
  'SearchHint',
  'SourceHint',
] as const;

/** Attributes that name a thing instead of describing it: used to pair, never compared. */
export const IDENTITY_ATTRIBUTES = ['Id', 'NoteId'] as const;

/** Attributes of tracks that hold the tool last used (12.1 and later). */
export const NOISE_ATTRIBUTES = [
  'SelectedToolPanel',
  'SelectedTransformationName',
  'SelectedGeneratorName',
  // of the root: change with the build of Live
  'SchemaChangeCount',
  'Revision',
] as const;

const noiseElementIds = NOISE_ELEMENTS.map(nameId);
const noiseAttributeIds = [...IDENTITY_ATTRIBUTES, ...NOISE_ATTRIBUTES].map(nameId);

let made: Masks = { elements: new Uint8Array(0), attributes: new Uint8Array(0) };

/** The masks for the scanner. Call after all rule modules have loaded. */
export function masks(): Masks {
  const size = vocabulary().length;
  if (made.elements.length !== size) made = makeMasks(size);
  return made;
}

function makeMasks(size: number): Masks {
  const elements = new Uint8Array(size);
  const attributes = new Uint8Array(size);
  for (const id of noiseElementIds) elements[id] = 1;
  for (const id of noiseAttributeIds) attributes[id] = 1;
  return { elements, attributes };
}
