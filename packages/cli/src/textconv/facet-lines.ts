/** The details of a node, one line each. Digits beyond those shown are in the checksum of the list. */
import {
  barText,
  type FacetItem,
  type FacetName,
  formatInUnit,
  formatNote,
  formatNumber,
  formatValue,
  type Signature,
} from '@livetree/live-set';
import { oneLine } from './words.ts';

/** What the lines of one list depend on beside its items. */
export interface FacetLook {
  /** By which positions are counted: that of the clip, or of the song. */
  readonly signature: Signature;
  /** What an envelope moves, by the target that it names. */
  readonly targets: ReadonlyMap<string, string>;
}

type ItemLines = (item: FacetItem, look: FacetLook) => string | readonly string[];

/** Lines below the heading of the list. */
export const ITEM_LINES: Readonly<Record<FacetName, ItemLines>> = {
  parameters: (item) => (item.key === ON ? [] : `${nameOf(item)}: ${parameterValue(item)}`),
  notes: noteLine,
  warpMarkers: (item) => `warp beat ${digits(item['beats'])} at ${digits(item['seconds'])} s`,
  envelopes: envelopeLines,
  samples: sampleLine,
};

/** Whether a device is on is one of its properties. */
const ON = 'On';
const MOST_DECIMALS = 6;

const nameOf = (item: FacetItem): string => oneLine(String(item['name'] ?? item.key));

/** Up to six decimals; large numbers lose nothing. */
function digits(value: FacetItem[string] | undefined): string {
  if (typeof value !== 'number') return oneLine(String(value ?? '?'));
  return Number.isInteger(value) && value >= 0 ? String(value) : formatNumber(value, MOST_DECIMALS);
}

/** In its unit, with two digits more than Live shows. */
function parameterValue(item: FacetItem): string {
  const { value, unit } = item;
  if (typeof value === 'number')
    return typeof unit === 'string'
      ? withoutZeros(formatInUnit(value, unit, MORE_DIGITS[unit] ?? 2))
      : digits(value);
  return typeof value === 'object' || value === undefined ? '?' : oneLine(formatValue(value));
}
/** Notes and degrees are whole numbers; of decibels Live shows one decimal. */
const MORE_DIGITS: Readonly<Record<string, number>> = { note: 0, dB: 1 };

/** `2.0000 ms` → `2 ms`. */
const withoutZeros = (text: string): string =>
  text.replace(/\.(\d*?)0+(?!\d)/, (_, kept) => (kept ? `.${kept}` : ''));

const DEFAULT_RELEASE = 64;

/** `C3 at 1.2.3, length 0.25, velocity 100`, then what is not as usual. */
function noteLine(note: FacetItem, { signature }: FacetLook): string {
  const { pitch, time, duration, velocity } = note;
  const place = placeText(Number(time), signature);
  return `${formatNote(Number(pitch))} at ${place}, length ${digits(duration)}, velocity ${digits(velocity)}${unusual(note)}`;
}

/** What hardly any note has. */
function unusual(note: FacetItem): string {
  const { velocityDeviation: deviation, probability, releaseVelocity: release, enabled } = note;
  const range = deviation === 0 ? '' : `, velocity range ${digits(deviation)}`;
  const chance = probability === 1 ? '' : `, chance ${formatNumber(Number(probability) * 100)} %`;
  const up = release === DEFAULT_RELEASE ? '' : `, release velocity ${digits(release)}`;
  return range + chance + up + (enabled === false ? ', deactivated' : '');
}

/** A sixteenth note, in beats. */
const SIXTEENTH = 0.25;
/** Times add up small errors. */
const HARDLY = 1e-9;
const PLACE_DECIMALS = 9;

/** `17.3.2`, and what lies between two sixteenths in beats: `17.3.2 + 0.083333333`. */
export function placeText(beats: number, signature: Signature): string {
  const step = Math.min(SIXTEENTH, 4 / signature.denominator);
  const rest = beats - Math.floor(beats / step + HARDLY) * step;
  return (
    barText(beats + HARDLY, signature) + (rest > HARDLY ? ` + ${formatNumber(rest, PLACE_DECIMALS)}` : '')
  );
}

/** Live writes the value before all time at this beat. */
const BEFORE_ALL_TIME = -1e6;
const CURVE_NUMBERS = 4;

/** A heading, then a line for each point. Values are those of the file: a switch is 0 or 1, a fader a factor. */
function envelopeLines(item: FacetItem, { signature, targets }: FacetLook): readonly string[] {
  const { points, curves, target, parameter } = item;
  const name = targets.get(String(target)) ?? oneLine(String(parameter ?? 'a parameter'));
  if (typeof points !== 'object') return [`envelope of ${name}`];
  const lines = [`envelope of ${name}: ${points.length / 2} points`];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const bend = typeof curves === 'object' ? curves.slice(at * 2, at * 2 + CURVE_NUMBERS) : [];
    const curve = bend.some((number) => number !== 0) ? `, curve ${bend.map(digits).join(' ')}` : '';
    lines.push(`  ${pointPlace(points[at] ?? 0, signature)}: ${digits(points[at + 1])}${curve}`);
  }
  return lines;
}

const pointPlace = (beats: number, signature: Signature): string =>
  beats < BEFORE_ALL_TIME ? 'before' : placeText(beats, signature);

function sampleLine(item: FacetItem): string {
  const { path, rootKey, detuneCents, sampleStart, sampleEnd } = item;
  const parts = [
    nameOf(item),
    path === undefined ? '' : oneLine(String(path)),
    typeof rootKey === 'number' ? `root ${formatNote(rootKey)}` : '',
    detuneCents === 0 || detuneCents === undefined ? '' : `detune ${digits(detuneCents)} ct`,
    sampleStart === undefined ? '' : `frames ${digits(sampleStart)}–${digits(sampleEnd)}`,
  ];
  return `sample ${parts.filter((part) => part !== '').join(', ')}`;
}
