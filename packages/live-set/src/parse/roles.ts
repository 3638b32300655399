import type { Masks, Tape } from '../xml/tape.ts';

/** What became of an element or attribute; 0 = nothing yet, which must not remain. */
export const ROLE = { modelled: 1, opaque: 2, noise: 3 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/** Keeps, for the coverage report, what became of every element and attribute of a tape. */
export class RoleMarks {
  readonly elements: Uint8Array;
  readonly attributes: Uint8Array;
  readonly #tape: Tape;
  readonly #masks: Masks;

  constructor(tape: Tape, masks: Masks) {
    this.elements = new Uint8Array(tape.size);
    this.attributes = new Uint8Array(tape.attributeCount);
    this.#tape = tape;
    this.#masks = masks;
  }

  /** One element. Its identity is never content; what becomes of its other attributes is the caller's to say. */
  element(element: number, role: Role): void {
    const { firstAttribute, attributeName } = this.#tape;
    this.elements[element] = role;
    const stop = firstAttribute[element + 1] as number;
    for (let at = firstAttribute[element] as number; at < stop; at++) {
      if (this.attributes[at] === 0 && this.#masks.attributes[attributeName[at] as number] === 1) {
        this.attributes[at] = ROLE.noise;
      }
    }
  }

  attribute(attribute: number, role: Role): void {
    this.attributes[attribute] = role;
  }

  /** Attributes of one element that have no role yet. */
  attributesOf(element: number, role: Role): void {
    const { firstAttribute, attributeName } = this.#tape;
    const stop = firstAttribute[element + 1] as number;
    for (let at = firstAttribute[element] as number; at < stop; at++) {
      if (this.attributes[at] !== 0) continue;
      this.attributes[at] = this.#masks.attributes[attributeName[at] as number] === 1 ? ROLE.noise : role;
    }
  }

  /** Whatever in a subtree has no role yet; names on the noise list are noise, whatever the role given. */
  subtree(element: number, role: Role): void {
    const { end, name } = this.#tape;
    const stop = end[element] as number;
    for (let at = element; at < stop; ) {
      if (role !== ROLE.noise && this.#masks.elements[name[at] as number] === 1) {
        this.subtree(at, ROLE.noise);
        at = end[at] as number;
        continue;
      }
      if (this.elements[at] === 0) this.elements[at] = role;
      this.attributesOf(at, role);
      at++;
    }
  }
}
