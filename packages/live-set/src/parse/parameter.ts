/**
 * A parameter: an element with `Manual` (its value; in Live 8 the first event of `ArrangerAutomation`), the
 * range of its mapping, and the pointees by which it is automated and modulated (docs/als-format.md).
 */
import { type Draft, mixInto, mixText } from './draft.ts';
import { MULTI_SAMPLE_PART, samplePart } from './facets/samples.ts';
import type { Reader } from './reader.ts';
import { ROLE } from './roles.ts';
import { ABSENT, type Decode, enter, items, leaf, type Rule, readAttributes } from './rules.ts';
import { ID, nameId, VALUE } from './vocabulary.ts';

const ARRANGER_AUTOMATION = nameId('ArrangerAutomation');
const EVENTS = nameId('Events');
const AUTOMATION_TARGET = nameId('AutomationTarget');
const CONTROLLER_RANGE = nameId('MidiControllerRange');
const MIN = nameId('Min');
const MAX = nameId('Max');
const NAME = nameId('Name');
const TIME = nameId('Time');

/** Counts a parameter, hashes it into the facet, and its automation (up to Live 9) into `envelopes`. */
export function countParameter(reader: Reader, element: number, draft: Draft): void {
  draft.parameters++;
  const automation = reader.child(element, ARRANGER_AUTOMATION);
  if (automation < 0) reader.facet(element, draft, 'parameters');
  else {
    mixWithoutAutomation(reader, element, automation, draft);
    if (isAutomated(reader, automation)) {
      draft.props['envelopeCount'] = ((draft.props['envelopeCount'] as number | undefined) ?? 0) + 1;
      reader.facet(automation, draft, 'envelopes');
    } else if (!isPlain(reader, automation)) beyondOneEvent(reader, automation, draft);
  }
  if (reader.roles !== undefined) markParameter(reader, element, automation);
}

/** Up to Live 9 each parameter holds its events; the first only repeats the value. */
export function isAutomated(reader: Reader, automation: number): boolean {
  const events = reader.child(automation, EVENTS);
  return events >= 0 && (reader.tape.end[events] as number) > events + 2 && reader.events(events).length > 1;
}

/** One event with time and value, and nothing else: as Live writes it, for most parameters. */
function isPlain({ tape, roles }: Reader, automation: number): boolean {
  const { end, firstAttribute, attributeName } = tape;
  const event = automation + 2;
  const first = firstAttribute[event] as number;
  return (
    roles === undefined &&
    end[automation] === automation + 3 &&
    end[automation + 1] === automation + 3 &&
    firstAttribute[automation] === first &&
    firstAttribute[event + 1] === first + 2 &&
    attributeName[first] === TIME &&
    attributeName[first + 1] === VALUE
  );
}

/** What a version unknown may have put around the one event of a parameter without automation. */
function beyondOneEvent(reader: Reader, automation: number, draft: Draft): void {
  enter(reader, automation, draft);
  for (const child of reader.children(automation)) {
    if (reader.is(child, EVENTS)) oneEvent(reader, child, draft);
    else reader.opaque(child, draft);
  }
}

function oneEvent(reader: Reader, events: number, draft: Draft): void {
  const [event] = reader.events(events);
  for (const child of items(reader, events, draft, (_, at) => at === event)) {
    readAttributes(reader, child, draft, ITS_OWN);
    for (const inside of reader.children(child)) reader.opaque(inside, draft);
  }
}
const ITS_OWN = [TIME, VALUE];

function mixWithoutAutomation(reader: Reader, element: number, automation: number, draft: Draft): void {
  const sum = { low: 0, high: 0 };
  const { end, name, hashLow, hashHigh } = reader.tape;
  const masked = reader.masks.elements;
  const manual = reader.manual(element);
  const stop = end[element] as number;
  readAttributes(reader, element, draft, NONE);
  for (let child = element + 1; child < stop; child = end[child] as number) {
    if (child === automation || masked[name[child] as number] === 1) continue;
    mixInto(sum, hashLow[child] as number, hashHigh[child] as number);
  }
  if (manual > automation) mixInto(sum, hashLow[manual] as number, hashHigh[manual] as number);
  draft.facet('parameters', sum.low, sum.high);
}

/** For the coverage report: what the `parameters` and `envelopes` facets read of a parameter. */
function markParameter(reader: Reader, element: number, automation: number): void {
  reader.roles?.element(element, ROLE.modelled);
  reader.claim(reader.manual(element));
  const range = reader.child(element, CONTROLLER_RANGE);
  if (range >= 0) {
    reader.roles?.element(range, ROLE.modelled);
    reader.claim(reader.child(range, MIN));
    reader.claim(reader.child(range, MAX));
  }
  const target = reader.child(element, AUTOMATION_TARGET);
  if (target >= 0) {
    reader.roles?.element(target, ROLE.modelled);
    reader.claimAttribute(target, ID);
  }
  if (automation >= 0) reader.claimAll(automation);
  reader.roles?.subtree(element, ROLE.opaque);
}

/** A parameter whose value is also a property of the node. */
export function parameter(name: string, decode: Decode): Rule {
  return (reader, element, draft) => {
    const manual = reader.manual(element);
    const text = manual < 0 ? undefined : reader.attribute(manual, VALUE);
    const value = text === undefined ? undefined : decode(text);
    if (value !== undefined && value !== ABSENT) draft.props[name] = value;
    if (manual < 0) reader.opaque(element, draft);
    else countParameter(reader, element, draft);
  };
}

/** A parameter that is only an item of the facet. */
export const plainParameter: Rule = (reader, element, draft) => {
  if (reader.manual(element) < 0) reader.opaque(element, draft);
  else countParameter(reader, element, draft);
};

/**
 * Everything in a device that no rule names: parameters at any depth are counted, containers are entered,
 * the rest is other settings.
 */
export const parametersWithin: Rule = (reader, element, draft) => {
  const name = reader.tape.name[element] as number;
  if (name === MULTI_SAMPLE_PART) {
    samplePart(reader, element, draft, undefined);
  } else if (name === NAME && isMaxParameter(reader, reader.tape.parent[element] as number)) {
    reader.facet(element, draft, 'parameters');
    leaf(reader, element, draft);
  } else if (reader.isEmpty(element) || reader.masks.elements[name] === 1) {
    reader.opaque(element, draft);
  } else if (reader.manual(element) >= 0) {
    countParameter(reader, element, draft);
  } else {
    enterContainer(reader, element, draft);
  }
};

const isMaxParameter = (reader: Reader, element: number): boolean => reader.tag(element).startsWith('MxD');

function enterContainer(reader: Reader, element: number, draft: Draft): void {
  const { end } = reader.tape;
  const { parameters } = draft;
  const before = draft.otherSum.low;
  const stop = end[element] as number;
  readAttributes(reader, element, draft, NONE);
  for (let child = element + 1; child < stop; child = end[child] as number) {
    parametersWithin(reader, child, draft, undefined);
  }
  // Where settings lie matters: the same ones in another container are a change.
  if (draft.otherSum.low !== before) mixText(draft.otherSum, reader.tag(element));
  const role = draft.parameters === parameters ? ROLE.opaque : ROLE.modelled;
  reader.roles?.element(element, role);
}
const NONE: readonly number[] = [];
