/** XML of a Set of so many MIDI tracks that hold a name and a colour. */
export function wideSet(count: number): string {
  const track = (id: number): string =>
    `<MidiTrack Id="${id}"><Name><EffectiveName Value="Track ${id}" /></Name><Color Value="1" /></MidiTrack>`;
  const tracks = Array.from({ length: count }, (_, id) => track(id)).join('');
  const head = 'MajorVersion="5" MinorVersion="12.0_12117" Creator="Ableton Live 12.1.11"';
  return `<?xml version="1.0" encoding="UTF-8"?><Ableton ${head}><LiveSet><Tracks>${tracks}</Tracks></LiveSet></Ableton>`;
}
