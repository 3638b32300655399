/**
 * Facet `envelopes`: automation. From Live 10 on in the track (`AutomationEnvelopes`), before inside each
 * parameter; of clips in `Envelopes` (`ModulationList` in Live 8).
 */
import type { FacetItem } from '../../model/facet.ts';
import { number } from '../decode.ts';
import type { Reader } from '../reader.ts';
import { ROLE } from '../roles.ts';
import { items, type Rule } from '../rules.ts';
import { nameId, VALUE } from '../vocabulary.ts';

const KINDS = new Set(['AutomationEnvelope', 'ClipEnvelope', 'Modulation'].map(nameId));
const ENVELOPE_TARGET = nameId('EnvelopeTarget');
const MODULATION_TARGET = nameId('ModulationTarget');
const POINTEE_ID = nameId('PointeeId');
const AUTOMATION = nameId('Automation');
const EVENTS = nameId('Events');
const TIME = nameId('Time');
/** Points of what moves; those of switches and choosers are named otherwise. */
const FLOAT_EVENT = 'FloatEvent';
const CURVES = ['CurveControl1X', 'CurveControl1Y', 'CurveControl2X', 'CurveControl2Y'].map(nameId);

/** The children are envelopes: counted here, listed by the facet. */
export const envelopes: Rule = (reader, element, draft) => {
  const list = items(reader, element, draft, isEnvelope);
  const count = list.length;
  if (count === 0) return;
  draft.props['envelopeCount'] = ((draft.props['envelopeCount'] as number | undefined) ?? 0) + count;
  reader.facet(element, draft, 'envelopes');
  if (reader.roles === undefined) return;
  for (const envelope of list) claimEnvelope(reader, envelope);
  reader.roles.subtree(element, ROLE.opaque);
};

const isEnvelope = (reader: Reader, element: number): boolean =>
  KINDS.has(reader.tape.name[element] as number);

const target = (reader: Reader, envelope: number): number => {
  const wrapper = reader.child(envelope, ENVELOPE_TARGET);
  return wrapper < 0 ? reader.child(envelope, MODULATION_TARGET) : wrapper;
};

function claimEnvelope(reader: Reader, envelope: number): void {
  const wrapper = target(reader, envelope);
  const automation = reader.child(envelope, AUTOMATION);
  const events = reader.path(envelope, AUTOMATION, EVENTS);
  for (const element of [envelope, wrapper, automation, events]) reader.claim(element);
  if (wrapper >= 0) reader.claim(reader.child(wrapper, POINTEE_ID));
  if (events >= 0) for (const event of reader.events(events)) claimEvent(reader, event);
}

/** One point of an envelope. */
export function claimEvent(reader: Reader, event: number): void {
  reader.claim(event);
  reader.claimAttribute(event, TIME);
  for (const curve of CURVES) reader.claimAttribute(event, curve);
}

/** Tells what parameter a pointee id belongs to. */
export type NameTarget = (pointee: string) => string | undefined;

/**
 * Items `{ key, target, parameter?, points, curves?, steps? }`: `target` is the pointee id of the parameter,
 * `points` are time (beats), value, time, value, …; booleans are 0 and 1. The event before all time holds the
 * value before the first point and stands first. `curves` has four numbers per point, where any is curved.
 * `steps`: the value jumps from point to point (switches and choosers), there is nothing between.
 */
export function envelopeItems(reader: Reader, list: number, nameTarget: NameTarget): readonly FacetItem[] {
  const found = reader.children(list).filter((child) => isEnvelope(reader, child));
  return found.map((envelope, index) => {
    const pointee = reader.childValue(Math.max(target(reader, envelope), 0), POINTEE_ID) ?? `?${index}`;
    const events = reader.path(envelope, AUTOMATION, EVENTS);
    const name = nameTarget(pointee);
    return {
      key: `${pointee}${reader.id(envelope) === undefined ? '' : `.${reader.id(envelope)}`}`,
      target: pointee,
      ...(name === undefined ? {} : { parameter: name }),
      ...(events < 0 ? { points: [] } : eventColumns(reader, events)),
    };
  });
}

/** The points below an `Events` element. */
export function eventColumns(
  reader: Reader,
  events: number,
): { readonly points: readonly number[]; readonly curves?: readonly number[]; readonly steps?: true } {
  const points: number[] = [];
  const curves: number[] = [];
  let curved = false;
  let steps = false;
  for (const event of reader.events(events)) {
    const time = number(reader.attribute(event, TIME) ?? '');
    const value = pointValue(reader.attribute(event, VALUE) ?? '');
    // A point that is none (a number that overflowed) would put all after it in the wrong column.
    if (time === undefined || value === undefined) continue;
    steps ||= reader.tag(event) !== FLOAT_EVENT;
    points.push(time, value);
    for (const curve of CURVES) {
      const text = reader.attribute(event, curve);
      curved ||= text !== undefined;
      curves.push(number(text ?? '') ?? 0);
    }
  }
  return { points, ...(curved ? { curves } : {}), ...(steps ? { steps } : {}) };
}

const pointValue = (text: string): number | undefined =>
  text === 'true' ? 1 : text === 'false' ? 0 : number(text);
