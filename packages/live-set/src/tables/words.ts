const SPELLED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Lfo: 'LFO',
    Eq: 'EQ',
    Dc: 'DC',
    Midi: 'MIDI',
    Mpe: 'MPE',
    Fm: 'FM',
    Hz: 'Hz',
    Bp: 'BP',
    Lp: 'LP',
    Hp: 'HP',
  }),
);

/** A tag as words: `LfoAmount` → `LFO Amount`, `Delay_TimeL` → `Delay Time L`, `AutoPan2` → `Auto Pan 2`. */
export function tagWords(tag: string): string {
  const parts = tag.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [tag];
  return parts.map((part) => SPELLED.get(part) ?? part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}
