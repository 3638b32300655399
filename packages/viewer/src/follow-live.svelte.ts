/** Shows in the tree what is selected in Live, as long as nobody uses the page. */
import type { NodeId } from '@livetree/live-set';
import { type Selection, turnedTo } from './selection.ts';

export class FollowLive {
  readonly #show: (id: NodeId) => boolean;
  /** `paused`: it was on, and somebody scrolled, typed or clicked. */
  state = $state<'off' | 'on' | 'paused'>('off');
  #selection: Selection = {};
  /** Selected, but perhaps not in the tree yet. */
  #wanted: NodeId | undefined;

  /** @param show shows a thing in the tree, and answers whether it is there */
  constructor(show: (id: NodeId) => boolean) {
    this.#show = show;
  }

  /** The button: on and off; what is paused goes on. */
  press(): void {
    this.state = this.state === 'on' ? 'off' : 'on';
    const { track, scene } = this.#selection;
    this.#wanted = this.state === 'on' ? (track ?? scene) : undefined;
    this.settle();
  }

  pause(): void {
    if (this.state !== 'on') return;
    this.state = 'paused';
    this.#wanted = undefined;
  }

  /** Another Set: what was selected in the last one says nothing. */
  start(): void {
    this.#selection = {};
    this.#wanted = undefined;
  }

  /** @param selection what is selected now; to be told of each change, in order */
  take(selection: Selection): void {
    // Nothing at all: the connection was cut. What is told anew after that is no turn of anybody.
    if (Object.keys(selection).length === 0) return;
    const id = turnedTo(this.#selection, selection);
    this.#selection = selection;
    if (this.state === 'on' && id !== undefined) this.#wanted = id;
  }

  /** The tree is as new as what was told: shows what waits for that. */
  settle(): void {
    if (this.#wanted !== undefined && this.#show(this.#wanted)) this.#wanted = undefined;
  }
}
