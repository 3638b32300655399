/** The History pane's memory: what is kept, what was picked to be compared, which earlier moment is shown. */
import type { NodeOf } from '@livetree/live-set';
import type { Comparison, SetHistory, SetId } from '@livetree/protocol';
import { type KeptEntry, lookupOf, momentKey } from './past-lines.ts';
import { TreeState } from './tree-state.svelte.ts';

/** An earlier moment that is shown in place of the present. */
export interface ShownPast {
  readonly entry: KeptEntry;
  readonly tree: TreeState;
}

export class PastState {
  readonly #address: (path: string) => string | undefined;
  #set: SetId | undefined;
  history = $state.raw<SetHistory | undefined>();
  /** Why there is nothing to show; a sentence. */
  problem = $state<string | undefined>();
  /** Moments to be compared, in the order in which they were picked. */
  picked = $state.raw<readonly KeptEntry[]>([]);
  comparison = $state.raw<Comparison | undefined>();
  shown = $state.raw<ShownPast | undefined>();
  /** A question is on its way. */
  isBusy = $state(false);

  /** @param address of a path below `/api`; `undefined` where the page may not ask */
  constructor(address: (path: string) => string | undefined) {
    this.#address = address;
  }

  /** Another Set, or none. */
  start(set: SetId | undefined): void {
    if (set === this.#set) return;
    this.#set = set;
    this.history = undefined;
    this.problem = undefined;
    this.picked = [];
    this.comparison = undefined;
    this.shown = undefined;
  }

  /** Asks what is kept now. */
  async load(): Promise<void> {
    const set = this.#set;
    const answer = await this.#get<SetHistory>('history?most=500');
    if (set !== this.#set) return;
    if (answer.ok) this.history = answer.value;
    this.problem = answer.ok ? undefined : answer.reason;
  }

  isPicked(entry: KeptEntry): boolean {
    return this.picked.some((each) => momentKey(each) === momentKey(entry));
  }

  /** The second one picked is compared with the first; a third begins anew. */
  pick(entry: KeptEntry): void {
    if (this.isPicked(entry))
      this.picked = this.picked.filter((each) => momentKey(each) !== momentKey(entry));
    else this.picked = this.picked.length < 2 ? [...this.picked, entry] : [entry];
    this.comparison = undefined;
    if (this.picked.length === 2) void this.#compare();
  }

  /** Back to the list, with nothing picked. */
  endComparing(): void {
    this.picked = [];
    this.comparison = undefined;
  }

  /** The older first, whichever was picked first. */
  async #compare(): Promise<void> {
    const { picked } = this;
    const [from, to] = picked.toSorted((a, b) => a.time - b.time).map(momentKey);
    const answer = await this.#ask<Comparison>(`compare?from=${from}&to=${to}`);
    if (picked !== this.picked) return;
    if (answer.ok) this.comparison = answer.value;
    else this.#refuse(answer.reason);
  }

  /** Shows the Set as it was, in place of the present. */
  async show(entry: KeptEntry): Promise<void> {
    const answer = await this.#ask<{ readonly root: NodeOf<'set'> }>(`tree?at=${momentKey(entry)}`);
    if (!answer.ok) {
      this.#refuse(answer.reason);
      return;
    }
    const tree = new TreeState(lookupOf(answer.value.root), () => {});
    tree.start(answer.value.root);
    this.shown = { entry, tree };
  }

  /** The present is shown again. */
  back(): void {
    this.shown = undefined;
  }

  #refuse(reason: string): void {
    this.picked = [];
    this.problem = reason;
  }

  async #ask<T>(path: string): Promise<Answer<T>> {
    this.isBusy = true;
    this.problem = undefined;
    try {
      return await this.#get<T>(path);
    } finally {
      this.isBusy = false;
    }
  }

  async #get<T>(path: string): Promise<Answer<T>> {
    const url =
      this.#set === undefined ? undefined : this.#address(`sets/${encodeURIComponent(this.#set)}/${path}`);
    if (url === undefined) return { ok: false, reason: 'This page may not ask the hub for its history.' };
    try {
      const answer = await fetch(url);
      if (!answer.ok) return { ok: false, reason: (await answer.text()).trim() };
      return { ok: true, value: (await answer.json()) as T };
    } catch {
      return { ok: false, reason: 'LiveTree does not answer.' };
    }
  }
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };
