import type { Platform } from '../platform.ts';
import type { Masks, Oddity, Tape } from '../xml/tape.ts';
import { attributeText, findAttribute } from '../xml/text.ts';
import { type Draft, mixInto } from './draft.ts';
import { ROLE, type RoleMarks } from './roles.ts';
import { ID, nameId, VALUE } from './vocabulary.ts';

const MANUAL = nameId('Manual');
const ARRANGER_AUTOMATION = nameId('ArrangerAutomation');
const EVENTS = nameId('Events');
const AUTOMATION_TARGET = nameId('AutomationTarget');
const TIME = nameId('Time');
const MAX_ODDITIES = 50;

/** The tape, with what reading it needs: decoding, marking what was read, oddities. */
export class Reader {
  readonly tape: Tape;
  readonly platform: Platform;
  readonly masks: Masks;
  /** Set only for the coverage report. */
  readonly roles: RoleMarks | undefined;
  readonly oddities: Oddity[] = [];

  constructor(tape: Tape, platform: Platform, masks: Masks, roles?: RoleMarks) {
    this.tape = tape;
    this.platform = platform;
    this.masks = masks;
    this.roles = roles;
  }

  /** First child of that name, or −1. */
  child(element: number, name: number): number {
    const { end, name: names } = this.tape;
    const stop = end[element] as number;
    for (let child = element + 1; child < stop; child = end[child] as number) {
      if (names[child] === name) return child;
    }
    return -1;
  }

  /** Follows names downwards; −1 when one is missing. */
  path(element: number, ...names: readonly number[]): number {
    let at = element;
    for (const name of names) {
      if (at < 0) return -1;
      at = this.child(at, name);
    }
    return at;
  }

  /** The children, as element numbers. */
  children(element: number): readonly number[] {
    const { end } = this.tape;
    const stop = end[element] as number;
    const children: number[] = [];
    for (let child = element + 1; child < stop; child = end[child] as number) children.push(child);
    return children;
  }

  countChildren(element: number): number {
    const { end } = this.tape;
    const stop = end[element] as number;
    let count = 0;
    for (let child = element + 1; child < stop; child = end[child] as number) count++;
    return count;
  }

  /** Whether an element has that name. */
  is(element: number, name: number): boolean {
    return this.tape.name[element] === name;
  }

  countNamed(element: number, wanted: number): number {
    const { end, name } = this.tape;
    const stop = end[element] as number;
    let count = 0;
    for (let child = element + 1; child < stop; child = end[child] as number) {
      if (name[child] === wanted) count++;
    }
    return count;
  }

  isEmpty(element: number): boolean {
    return this.tape.end[element] === element + 1;
  }

  tag(element: number): string {
    return this.tape.names[this.tape.name[element] as number] as string;
  }

  /** Text of an attribute; `undefined` when there is none of that name. */
  attribute(element: number, name: number): string | undefined {
    const at = findAttribute(this.tape, element, name);
    return at < 0 ? undefined : attributeText(this.tape, at, this.platform);
  }

  /** Text of `Value`; `undefined` when the element (or the attribute) is not there. */
  value(element: number): string | undefined {
    return element < 0 ? undefined : this.attribute(element, VALUE);
  }

  id(element: number): string | undefined {
    return element < 0 ? undefined : this.attribute(element, ID);
  }

  /** `Value` of the first child of that name. */
  childValue(element: number, name: number): string | undefined {
    return this.value(this.child(element, name));
  }

  /** Element that holds a parameter's present value: `Manual`, in Live 8 the first event. −1: no parameter. */
  manual(parameter: number): number {
    const { end, name } = this.tape;
    const stop = end[parameter] as number;
    let automation = -1;
    // One pass for both: asked of every container in every device.
    for (let child = parameter + 1; child < stop; child = end[child] as number) {
      if (name[child] === MANUAL) return child;
      if (name[child] === ARRANGER_AUTOMATION && automation < 0) automation = child;
    }
    const events = automation < 0 ? -1 : this.child(automation, EVENTS);
    return events < 0 ? -1 : this.#firstEvent(events);
  }

  /** The points in an `Events` element: what has a time and a value, whatever its name. */
  events(list: number): readonly number[] {
    return this.children(list).filter((child) => this.#isEvent(child));
  }

  #firstEvent(list: number): number {
    const { end } = this.tape;
    const stop = end[list] as number;
    for (let child = list + 1; child < stop; child = end[child] as number) {
      if (this.#isEvent(child)) return child;
    }
    return -1;
  }

  #isEvent(element: number): boolean {
    return findAttribute(this.tape, element, TIME) >= 0 && findAttribute(this.tape, element, VALUE) >= 0;
  }

  /** Id of the pointee by which a parameter is automated; unique in the file. None in Live 8. */
  automationTarget(parameter: number): string | undefined {
    return parameter < 0 ? undefined : this.id(this.child(parameter, AUTOMATION_TARGET));
  }

  /** The element was read: itself and its `Value`, not what lies below. */
  claim(element: number): void {
    const { roles } = this;
    if (roles === undefined || element < 0) return;
    roles.element(element, ROLE.modelled);
    this.claimAttribute(element, VALUE);
  }

  claimAttribute(element: number, name: number): void {
    if (this.roles === undefined) return;
    const at = findAttribute(this.tape, element, name);
    if (at >= 0) this.roles.attribute(at, ROLE.modelled);
  }

  /** The element was read with all its attributes, and all below it. */
  claimAll(element: number): void {
    this.roles?.subtree(element, ROLE.modelled);
  }

  /** The subtree belongs to the *other settings* of the draft's node. */
  opaque(element: number, draft: Draft): void {
    const { tape } = this;
    if (this.masks.elements[tape.name[element] as number] === 1) {
      this.noise(element);
      return;
    }
    mixInto(draft.otherSum, tape.hashLow[element] as number, tape.hashHigh[element] as number);
    draft.other.push(element);
    this.roles?.subtree(element, ROLE.opaque);
  }

  noise(element: number): void {
    this.roles?.subtree(element, ROLE.noise);
  }

  /** The subtree is content of a facet: hashed with it; what the facet does not read stays *opaque*. */
  facet(element: number, draft: Draft, name: Parameters<Draft['facet']>[0]): void {
    draft.facet(name, this.tape.hashLow[element] as number, this.tape.hashHigh[element] as number);
  }

  odd(code: string, message: string): void {
    if (this.oddities.length < MAX_ODDITIES) this.oddities.push({ code, message });
  }
}
