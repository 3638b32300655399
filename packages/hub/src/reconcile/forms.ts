/** One form for values that Live and the file write differently; `undefined`: not to be compared. */
import type { PropValue } from '@livetree/live-set';

type Formed = PropValue | null | undefined;

/** Numbers of Live's palette; Live 10 may write 140 more (docs/als-format.md, "The Set"). */
const PALETTE_SIZE = 70;
const LIVE_10_MORE = 140;

/** A colour of the palette; `null`: none; one that is in no known palette is not compared. */
export function color(value: PropValue): Formed {
  const index = Number(value);
  if (index < 0) return null;
  if (index < PALETTE_SIZE) return index;
  return index >= LIVE_10_MORE && index < LIVE_10_MORE + PALETTE_SIZE ? index - LIVE_10_MORE : undefined;
}

const NOTES = 128;

/** A note; all notes are not compared: one of the sides says nothing then. */
export function chainNote(value: PropValue): Formed {
  return Number(value) >= 0 && Number(value) < NOTES ? value : undefined;
}

/** Unnamed scenes: ` 1` up to Live 10 (docs/als-format.md, "The Set"). */
export const sceneName = (value: PropValue): Formed => (/^ \d+$/.test(String(value)) ? '' : value);

/** Numbers of scales that are known. */
const SCALES: Readonly<Record<string, string>> = { '0': 'Major', '1': 'Minor' };

/** The name of a scale; other numbers are not compared. */
export function scaleName(value: PropValue): Formed {
  const name = SCALES[String(value)] ?? String(value);
  return /^\d+$/.test(name) ? undefined : name;
}

/** What a routing chooser shows. */
export const routing = (value: PropValue): Formed => (value === 'Master' ? 'Main' : value);

/** A node; one that could not be resolved is not compared. */
export const knownNode = (value: PropValue): Formed =>
  typeof value === 'string' && value.startsWith('?') ? undefined : value;
