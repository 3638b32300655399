/** The Live side of a Set: the run that is shown, the one that is being read, how it stands, who looks at what. */
import type { NodeId, NodeOf } from '@livetree/live-set';
import type {
  EphemeralFrame,
  EventsFrame,
  FacetKey,
  LiveStatus,
  ScriptHeartbeat,
  ToScript,
} from '@livetree/protocol';
import type { Change } from '../authority.ts';
import type { SourceEffect } from '../effect.ts';
import { correctionOf, nodeOf } from './detail-drift.ts';
import { whenOf } from './frame-time.ts';
import { InSlices } from './in-slices.ts';
import { LiveDetails } from './live-details.ts';
import { liveEphemerals } from './live-ephemeral.ts';
import { preparingJoin } from './live-join.ts';
import type { LiveRun, RunStep } from './live-run.ts';
import { LiveState } from './live-state.ts';
import { isEventName, LiveTeller } from './live-teller.ts';
import type { SetDesk } from './set-desk.ts';
import { isTooMuch } from './set-line.ts';
import type { KeptHello, LiveSide, ToldDetails } from './set-sides.ts';
import { statesNothing } from './take-frame.ts';

/** ms that a last save is waited for after Live said goodbye. */
const CLOSING_MS = 1_500;

export interface LiveSetOptions {
  readonly desk: SetDesk;
  /** ms, for the cost of telling. */
  readonly clock: () => number;
  /** Sends to the script of a run, if it is connected. */
  readonly send: (run: string, message: ToScript) => void;
}

export class LiveSet implements LiveSide {
  readonly #options: LiveSetOptions;
  readonly #desk: SetDesk;
  readonly state = new LiveState();
  readonly #details: LiveDetails;
  /** The run that was compared with the file when it had been read. */
  #joined: LiveRun | undefined;
  /** Live said goodbye: until then a last save is waited for. */
  #closing: number | undefined;
  /** The run whose tree is shown. */
  #current: LiveRun | undefined;
  #teller: LiveTeller | undefined;
  /** A run that is being read while something else is shown. */
  #next: LiveRun | undefined;
  /** Live said goodbye, and its tree is still shown. */
  #isClosed = false;
  /** A run takes the place of what is shown, in slices. */
  readonly #joining = new InSlices();

  constructor(options: LiveSetOptions) {
    this.#options = options;
    this.#desk = options.desk;
    this.#details = new LiveDetails({
      desk: options.desk,
      isConnected: () => this.state.isConnected,
      observe: (run, on, payload) => options.send(run.id, { type: on ? 'observe' : 'unobserve', payload }),
    });
    options.desk.live = this;
  }

  get status(): LiveStatus {
    return this.state.status;
  }

  /** Live said goodbye, and there is no file: its last tree is shown. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get desk(): SetDesk {
    return this.#desk;
  }

  /** The run that is connected or was last. */
  get newest(): LiveRun | undefined {
    return this.#next ?? this.#current;
  }

  run(id: string): LiveRun | undefined {
    return [this.#current, this.#next].find((run) => run?.id === id);
  }

  /**
   * A new run of this Set: shown as it grows when nothing is shown, else when it is complete.
   * @param hello its first message
   */
  begin(run: LiveRun, hello: KeptHello, now: number): void {
    this.#joining.finish();
    if (this.#closing !== undefined) this.#close(now);
    this.#next = run;
    this.#isClosed = false;
    this.#keepFrom(run, hello, now);
    this.state.connected(run.options, now);
    this.#desk.tell();
  }

  /** The script states everything of a run anew: what was kept of its frames leads nowhere any more. */
  startOver(run: LiveRun, hello: KeptHello, now: number): void {
    this.#joining.finish();
    run.startOver();
    this.#keepFrom(run, hello, now);
  }

  #keepFrom({ id, outline }: LiveRun, { text, lastSeq: seq }: KeptHello, now: number): void {
    this.#desk.line.state({ frame: { run: id, seq, text, begins: true }, keys: outline.adopted });
    this.#desk.line.settle(now);
  }

  /**
   * The script of a run is there again.
   * @returns what it has to be asked again
   */
  resume(run: LiveRun, now: number): readonly ToScript[] {
    this.#joining.finish();
    this.#isClosed = false;
    this.state.connected(run.options, now);
    if (run === this.#current) {
      this.#details.again();
      if (run.isComplete) this.#desk.save.resumed(run.id);
    }
    this.#desk.tell();
    return run.owed();
  }

  /**
   * Takes the next frame. What it brings may take {@link isJoining} more turns.
   * @param text the frame as it came: it is kept together with what it brings, before anybody hears of it
   */
  take(run: LiveRun, frame: EventsFrame, text: string, now: number): RunStep {
    this.#joining.finish();
    const { counters } = run.options;
    const step = run.take(frame, now);
    if (step.is === 'known' || step.is === 'far') return step;
    const kept = statesNothing(frame) ? '' : text;
    if (run === this.newest) this.#desk.line.state({ frame: { run: run.id, seq: frame.seq, text: kept } });
    counters.mismatches += frame.mismatch?.length ?? 0;
    if (frame.forced === true) counters.forced += 1;
    if (frame.late === true) counters.late += 1;
    counters.unknownNames += (frame.names ?? []).filter(([name]) => !isEventName(name)).length;
    if (run === this.#current && step.is === 'taken') this.#follow(run, frame, whenOf(run, frame, now));
    else if (run === this.#next) this.#readOn(run, step, frame, now);
    if (!this.isJoining) this.#taken(run, step, frame, now);
    return step;
  }

  #taken(run: LiveRun, step: RunStep, frame: EventsFrame, now: number): void {
    if (step.isWhole) this.state.progressed(undefined);
    if (run === this.#current && step.is === 'taken') this.#compare(run, frame, now);
    if (run.ladder.isBroken) this.state.broke(now);
    this.#desk.line.settle(now);
    this.#desk.tell();
  }

  /** The last frame is not taken to its end: {@link joinOn} has to be called. Who hands in anything waits for it. */
  get isJoining(): boolean {
    return this.#joining.isUnderWay;
  }

  /** Some of the work that the last frame has made. */
  joinOn(): void {
    this.#joining.step();
  }

  /** What a frame says of the saved file. */
  #compare(run: LiveRun, { mismatch = [], seen = {}, barrier = [] }: EventsFrame, now: number): void {
    const { save } = this.#desk;
    if (run.isComplete && this.#joined !== run) {
      this.#joined = run;
      save.joined(run.options, now);
      this.#details.allRead(now);
    }
    if (mismatch.length > 0)
      save.corrected(mismatch.map(([handle, prop]) => correctionOf(run, handle, prop)));
    save.swept(Object.keys(seen).flatMap((handle) => nodeOf(run, Number(handle)) ?? []));
    if (barrier.length > 0) this.#details.allRead(now);
    if (barrier.length > 0) save.answered(barrier, now);
  }

  /** A hub that was started again: the run that it showed last, from what was kept of it. */
  restore(run: LiveRun, now: number): void {
    this.#lead(run);
    this.#details.recall(this.#desk.save.keptDetailsOf(run.id));
    this.state.connected(run.options, now);
    this.state.gone(now);
  }

  takeEphemeral(run: LiveRun, { values }: EphemeralFrame): void {
    run.options.counters.ephemerals += 1;
    if (run === this.#current && this.#desk.leads === 'live')
      this.#desk.line.putEphemeral(liveEphemerals(run, values));
  }

  takeHeartbeat(run: LiveRun, heartbeat: ScriptHeartbeat, now: number): void {
    if (run !== this.newest) return;
    this.state.beat(heartbeat, now);
    if (run === this.#current) this.#desk.save.beat(heartbeat.stats);
    this.#desk.tell();
  }

  /** The script's socket is closed, without a goodbye. */
  lost(run: LiveRun, now: number): void {
    this.#joining.finish();
    if (run !== this.newest) return;
    this.state.gone(now);
    this.#endAll();
    if (run === this.#current) this.#desk.save.ended(now);
    this.#desk.save.tell();
    this.#desk.tell();
  }

  /** A clean end. What was saved in the last moment may not have been read yet: that is waited for. */
  bye(run: LiveRun, now: number): void {
    this.#joining.finish();
    if (run !== this.newest) return;
    this.#endAll();
    this.#desk.line.endRun();
    if (run === this.#current && this.#desk.mayBeSaved) {
      this.#closing = now + CLOSING_MS;
      this.state.gone(now);
      this.#desk.look();
    } else this.#close(now);
    this.#desk.tell();
  }

  #close(now: number): void {
    this.#closing = undefined;
    if (this.#desk.backToFile(now)) {
      this.#current = undefined;
      this.state.ended();
    } else {
      this.#desk.save.ended(now);
      this.state.closed(now);
    }
    this.#isClosed = this.#current !== undefined;
    this.#next = undefined;
    this.#joined = undefined;
  }

  /** Live said goodbye before its file was read: by now it may have been. */
  #closeLate(now: number): void {
    if (!this.#isClosed || !this.#desk.backToFile(now)) return;
    this.#isClosed = false;
    this.#current = this.#next = undefined;
    this.state.ended();
  }

  /** Time passes. */
  tick(now: number): void {
    if (this.#closing !== undefined && (now >= this.#closing || this.#desk.leads !== 'live'))
      this.#close(now);
    else if (this.#closing === undefined) {
      this.state.tick(now);
      this.#closeLate(now);
    }
    this.#desk.tick(now);
    this.#details.tick(now);
    this.#tell(now);
    this.#desk.tell();
  }

  /** Somebody wants the tree to be read anew. */
  retry(now: number): readonly ToScript[] {
    const run = this.#current;
    if (run === undefined) return [];
    run.ladder.restart();
    this.state.mended(now);
    return run.resync(1, 'asked for', now);
  }

  get isThere(): boolean {
    return this.state.isConnected;
  }

  askBarrier(id: string, nodes: readonly NodeId[]): boolean {
    const run = this.#current;
    if (run === undefined || !this.state.isConnected) return false;
    const read = nodes.flatMap((node) => run.outline.handleOf(node) ?? []);
    this.#options.send(run.id, { type: 'barrier', payload: { id, ...(read.length > 0 && { read }) } });
    return true;
  }

  get told(): ToldDetails {
    return this.#details;
  }

  tree(): NodeOf<'set'> | undefined {
    return this.#current?.outline.root();
  }

  fileLeads(): void {
    this.#askAgain(this.#details.turn(undefined));
    // What grew until now goes on being read, beside the file.
    if (this.#next === undefined && this.#current !== undefined) this.#next = this.#current;
    this.#current = undefined;
    this.#teller = undefined;
  }

  ask(question: Exclude<SourceEffect, { readonly do: 'make_snapshot' }>): void {
    this.#details.ask(question);
  }

  /** A frame of the run that is shown. @param now when it happened */
  #follow(run: LiveRun, frame: EventsFrame, now: number): void {
    if (this.#teller?.isOfOtherTime(now) === true) this.#tell(now, true);
    const before = this.#desk.root;
    const step = this.#details.withoutReadings(run, run.project());
    const { ops, touched } = step;
    const keys = run.outline.takeAdopted();
    if (keys.length > 0) this.#desk.line.state({ keys });
    if (isTooMuch(ops)) this.#showWhole(run, now);
    else if (ops.length + touched.length > 0 || frame.acts !== undefined) {
      const change: Change = { ops, touched, origin: 'live', time: now };
      if (!this.#desk.changeLive(change)) this.#mend(run, now);
    }
    this.#details.take(run, frame, step, now);
    if (before !== undefined && run.isComplete) this.#teller?.note(step, before, frame, now);
    this.#details.settle();
    this.#tell(now);
  }

  /** A frame of a run that is being read. */
  #readOn(run: LiveRun, step: RunStep, frame: EventsFrame, now: number): void {
    if (this.#desk.leads === 'none' && run.outline.isReady) {
      this.#show(run, run.projectFirst(), now);
      return;
    }
    if (!run.isComplete || run.isHolding) return;
    const before = this.#desk.root;
    if (before === undefined) this.#show(run, run.projectFirst(), now);
    else this.#joining.begin(this.#join(run, step, frame, now));
  }

  /** The same Set, of a file or an earlier run of Live: one patch, and none if nothing differs. */
  *#join(run: LiveRun, step: RunStep, frame: EventsFrame, now: number): Generator<void> {
    const join = yield* preparingJoin(run, this.#desk);
    this.#details.clear();
    this.#desk.line.state({ keys: run.outline.adopted });
    const questions = this.#lead(run);
    if (!this.#desk.joinLive(join, now)) this.#mend(run, now);
    this.#askAgain(questions);
    yield;
    this.#taken(run, step, frame, now);
  }

  #show(run: LiveRun, root: NodeOf<'set'>, now: number): void {
    const questions = this.#lead(run);
    this.#desk.showLive(root, now);
    this.#askAgain(questions);
  }

  /** Questions that were put to a source that leads no longer. */
  #askAgain(keys: readonly FacetKey[]): void {
    for (const key of keys) this.#desk.ask({ do: 'read_facet', set: this.#desk.id, ...key });
  }

  #showWhole(run: LiveRun, now: number): void {
    this.#desk.showLive(run.outline.root(), now);
  }

  #mend(run: LiveRun, now: number): void {
    run.options.counters.mended += 1;
    this.#showWhole(run, now);
  }

  /** @returns questions about details that the run before has not answered */
  #lead(run: LiveRun): readonly FacetKey[] {
    this.#current = run;
    this.#next = undefined;
    this.#teller = new LiveTeller(run, this.#options.clock);
    return this.#details.turn(run);
  }

  #tell(now: number, isUrgent = false): void {
    const root = this.#desk.leads === 'live' ? this.#desk.root : undefined;
    const told = root && this.#teller?.tell(root, now, isUrgent);
    if (told === undefined) return;
    this.#desk.changeLive({ ops: [], touched: [], origin: 'live', ...told });
  }

  #endAll(): void {
    if (this.#desk.leads === 'live') this.#desk.line.endEphemeral();
    this.#details.end();
  }
}
