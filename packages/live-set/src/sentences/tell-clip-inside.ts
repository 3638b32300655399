/** What lies inside a clip: loop, markers, sample. */
import { formatChange, formatCount } from './format-value.ts';
import { plainName } from './names.ts';
import { changedNodes, fold, isKind, type Of, type Story, takeProp, tell } from './story.ts';
import { clipBar } from './tell-clips.ts';

/** A clip's loop and markers, its sample. */
export function tellClipInside(story: Story): void {
  for (const clip of changedNodes(story, 'clip')) {
    if (clip.props.type === 'midi') foldWarp(story, clip);
    tellLoop(story, clip);
    tellSample(story, clip);
  }
}

/** Live writes a warp switch into MIDI clips too. */
function foldWarp(story: Story, clip: Of<'clip'>): void {
  for (const name of ['warped', 'warpMode']) {
    if (takeProp(story, clip.id, name) !== undefined) fold(story, 'bookkeeping', [clip.id]);
  }
}

function tellLoop(story: Story, clip: Of<'clip'>): void {
  const loop = ['loopStart', 'loopEnd'].map((name) => takeProp(story, clip.id, name));
  const markers = ['startOffset', 'endMarker'].map((name) => takeProp(story, clip.id, name));
  if ([...loop, ...markers].every((change) => change === undefined)) return;
  const isLoop = loop.some((change) => change !== undefined);
  const [old, now] = [story.before.index.get(clip.id), clip];
  tell(story, clip.id, {
    kind: 'clip-loop',
    label: isLoop ? 'Loop' : 'Start and end markers',
    what: formatChange(isKind(old ?? now, 'clip') ? (old as Of<'clip'>) : now, now, (state) =>
      isLoop
        ? span(state, state.props.loopStart, state.props.loopEnd)
        : span(state, markerStart(state), state.props.endMarker),
    ),
    crowds: [
      {
        key: 'clip-loop',
        say: (count) => `${formatCount(count, 'clip')}: loop changed`,
        countTracks: true,
      },
    ],
  });
}

const markerStart = ({ props }: Of<'clip'>): number => (props.loopStart ?? 0) + (props.startOffset ?? 0);

/** `bar 1–5`, seconds where audio is not warped. */
function span({ props }: Of<'clip'>, from = 0, to = 0): string {
  if (props.type === 'audio' && props.warped === false)
    return `${from.toFixed(2)}–${to.toFixed(2)} s`.replaceAll('-', '−');
  return `bar ${clipBar(props, from)}–${clipBar(props, to)}`;
}

function tellSample(story: Story, clip: Of<'clip'>): void {
  const sample = takeProp(story, clip.id, 'sample');
  if (sample === undefined) return;
  takeProp(story, clip.id, 'samplePath');
  const [was, now] = [String(sample.was ?? 'none'), String(sample.now ?? 'none')];
  tell(story, clip.id, {
    kind: 'sample-replaced',
    what: `sample replaced: ${plainName(was)} → ${plainName(now)}`,
    crowds: [
      {
        key: 'sample-replaced',
        say: (count) => `${formatCount(count, 'sample')} replaced`,
        countTracks: true,
      },
    ],
  });
}
