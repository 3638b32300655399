/** Details of what Live shows: who looks at them, what Live is asked for, what it has told and how old that is. */
import type { FacetItem, FacetName, NodeId, Touched } from '@livetree/live-set';
import type { EventsFrame, FacetKey, Handle, ObserveRequest } from '@livetree/protocol';
import type { SourceEffect } from '../effect.ts';
import { facetContent } from '../facet-content.ts';
import type { Details, KeptDetails } from '../joined/env.ts';
import { isOfFile } from '../joined/file-side.ts';
import { DetailDrift, hasEdits } from './detail-drift.ts';
import { EditedNotes } from './edited-notes.ts';
import { liveFacet } from './live-facets.ts';
import type { LiveRun } from './live-run.ts';
import type { Step } from './live-teller.ts';
import { flagOf } from './raw-value.ts';
import type { SetDesk } from './set-desk.ts';
import { Watches } from './watches.ts';

export interface LiveDetailsOptions {
  readonly desk: SetDesk;
  /** Whether Live can be asked. */
  readonly isConnected: () => boolean;
  /** Sends to the script of a run, if it is connected. */
  readonly observe: (run: LiveRun, on: boolean, request: ObserveRequest) => void;
}

export class LiveDetails {
  readonly #options: LiveDetailsOptions;
  readonly #watches: Watches;
  readonly #drift = new DetailDrift();
  readonly #notes: EditedNotes;
  /** The run whose tree is shown. */
  #run: LiveRun | undefined;

  constructor(options: LiveDetailsOptions) {
    this.#options = options;
    const observe = (on: boolean, request: ObserveRequest): void => {
      if (this.#run !== undefined) options.observe(this.#run, on, request);
    };
    this.#watches = new Watches(observe);
    this.#notes = new EditedNotes((on, handle) => observe(on, { handle, facet: 'keptNotes' }));
  }

  /** Another run is shown, or none. @returns questions that the one before has not answered */
  turn(run: LiveRun | undefined): readonly FacetKey[] {
    const questions = this.#watches.restart();
    this.#run = run;
    this.#notes.restart(run);
    return questions;
  }

  /** The script of the run is there again, and has forgotten what it was asked for. */
  again(): void {
    this.#watches.again();
    this.#notes.again();
  }

  /** What was told of values until now is of another run. */
  clear(): void {
    this.#drift.clear();
  }

  /** Everything has been read by now. */
  allRead(now: number): void {
    this.#drift.allRead(now);
  }

  kept(from: number): KeptDetails {
    return this.#drift.kept(from);
  }

  /** What an earlier hub was told by the run that is shown; notes are read anew. */
  recall(kept: KeptDetails): void {
    if (this.#run === undefined) return;
    this.#drift.recall(this.#run, kept);
    this.readNotes(kept.noted.map(({ node }) => node));
  }

  since(from: number): Details {
    return this.#drift.since(from, this.#notes);
  }

  /** Has the notes of clips read. */
  readNotes(clips: readonly NodeId[]): void {
    for (const id of clips) {
      const handle = this.#run?.outline.handleOf(id);
      if (handle !== undefined) this.#notes.ask(handle, Number.NEGATIVE_INFINITY);
    }
  }

  /** Details as Live has them now; `undefined`: it has not told them. */
  facet(node: NodeId, facet: FacetName): readonly FacetItem[] | undefined {
    const run = this.#run;
    const handle = run?.outline.handleOf(node);
    if (run === undefined || handle === undefined) return undefined;
    const isNotes = facet === 'notes' && flagOf(run.raw.get(handle)?.props['is_midi_clip']) === true;
    // Once Live is gone the last that it told is all there is.
    const isOld = isNotes && this.#options.isConnected() && !this.#notes.isCurrent(handle);
    return isOld ? undefined : liveFacet(run.raw, handle, facet);
  }

  ask(question: Exclude<SourceEffect, { readonly do: 'make_snapshot' }>): void {
    const { desk, isConnected } = this.#options;
    const key: FacetKey = { node: question.node, facet: question.facet };
    const handle = this.#run?.outline.handleOf(question.node);
    if (isOfFile(key.facet)) {
      if (question.do === 'read_facet' && !desk.details.ask(key))
        desk.putLiveFacet(key, handle === undefined ? undefined : NOTHING);
    } else if (question.do === 'watch_facet') this.#watches.watch(key, handle, question.isWatched);
    else if (handle === undefined) desk.putLiveFacet(key, undefined);
    else if (this.#answer(key)) return;
    else if (isConnected()) this.#watches.wait(key, handle);
    else this.#answerWithout(key);
  }

  /** A frame was taken. */
  take(run: LiveRun, frame: EventsFrame, step: Step, now: number): void {
    const { save } = this.#options.desk;
    save.touched(this.#drift.note(run, step, now, frame.seen), now);
    const isObserved = (clip: Handle): boolean => this.#watches.observes(clip, 'notes');
    const read = this.#notes.take(frame, step.changes, isObserved, now);
    save.read(read.map(run.outline.idOf), now);
  }

  /** Tries to answer who waits. */
  settle(): void {
    this.#watches.settle((key) => this.#answer(key));
  }

  tick(now: number): void {
    this.#watches.tick(now, (key) => this.#answerWithout(key));
    if (this.#options.isConnected() && this.#run !== undefined) this.#notes.tick(now);
  }

  /** Live will answer nothing any more. */
  end(): void {
    this.#watches.endQuestions((key) => this.#answerWithout(key));
  }

  /** Notes that were read because they had been edited are no change, unless somebody waits for them. */
  withoutReadings<S extends Step>(run: LiveRun, step: S): S {
    const isChange = (id: NodeId): boolean => {
      const handle = run.outline.handleOf(id);
      const isLookedAt = handle !== undefined && this.#watches.observes(handle, 'notes');
      return isLookedAt || hasEdits(run, id, step.changes.before);
    };
    const touched = step.touched.flatMap((each): readonly Touched[] => {
      if (!each.facets.includes('notes') || isChange(each.id)) return [each];
      const facets = each.facets.filter((facet) => facet !== 'notes');
      return facets.length + each.other.length === 0 ? [] : [{ ...each, facets }];
    });
    return { ...step, touched };
  }

  #answer(key: FacetKey): boolean {
    const items = this.facet(key.node, key.facet);
    if (items === undefined) return false;
    this.#options.desk.putLiveFacet(key, facetContent(JSON.stringify(items)));
    return true;
  }

  /** Live does not tell them: warp markers are those of the file, as of the save. */
  #answerWithout(key: FacetKey): void {
    const { desk } = this.#options;
    if (key.facet !== 'warpMarkers' || !desk.details.askInstead(key)) desk.putLiveFacet(key, NOTHING);
  }
}

const NOTHING = facetContent('[]');
