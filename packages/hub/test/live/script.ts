/** A script played by hand over a real socket: what a test says is what the hub hears. */
import type { EventsFrame, ToScript } from '@livetree/protocol';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import type { Statements } from './statements.ts';

type Heard = ToScript & { readonly source: 'hub' };
type Payload<T extends ToScript['type']> = Extract<ToScript, { readonly type: T }>['payload'];

export class Script {
  readonly socket: WebSocket;
  readonly heard: Heard[] = [];
  readonly run: string;
  seq = 0;
  isClosed = false;

  constructor(port: number, run = 'a'.repeat(32)) {
    this.run = run;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/script`);
    this.socket.on('message', (data) => this.heard.push(JSON.parse(data.toString()) as Heard));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** A script that has said hello and been welcomed. */
  static async welcomed(port: number, more: Record<string, unknown> = {}): Promise<Script> {
    const script = new Script(port, (more['run'] as string | undefined) ?? 'a'.repeat(32));
    await script.hello(more);
    return script;
  }

  async hello(more: Record<string, unknown> = {}): Promise<Payload<'welcome'>> {
    await until('the socket opens', () => this.socket.readyState === WebSocket.OPEN);
    const before = this.heard.length;
    this.say('hello', { ...HELLO, run: this.run, lastSeq: this.seq, ...more });
    return until('the welcome comes', () => this.#after(before, 'welcome'));
  }

  say(type: string, payload: object): void {
    this.socket.send(JSON.stringify({ source: 'remote_script', type, payload }));
  }

  /** States a frame. */
  state(statements: Statements & Partial<EventsFrame>): number {
    this.seq += 1;
    this.say('events', { run: this.run, seq: this.seq, time: 1_700_000_000, ...statements });
    return this.seq;
  }

  /** States a frame and waits until the hub has it. */
  async stated(statements: Statements & Partial<EventsFrame>): Promise<number> {
    const seq = this.state(statements);
    await this.acked(seq);
    return seq;
  }

  async acked(seq: number): Promise<void> {
    await until(`frame ${seq} is acknowledged`, () =>
      this.heard.some(({ type, payload }) => type === 'ack' && payload.seq >= seq),
    );
  }

  heartbeat(more: Record<string, unknown> = {}): void {
    this.say('heartbeat', { ...HEARTBEAT, run: this.run, seq: this.seq, ...more });
  }

  all<T extends ToScript['type']>(type: T): readonly Payload<T>[] {
    return this.heard.filter((each) => each.type === type).map(({ payload }) => payload as Payload<T>);
  }

  /** The newest message of a type, as soon as there is one. */
  async told<T extends ToScript['type']>(type: T): Promise<Payload<T>> {
    await until(`the hub says ${type}`, () => this.all(type).length > 0);
    return this.all(type).at(-1) as unknown as Payload<T>;
  }

  async ended(): Promise<void> {
    await until('the hub closes', () => this.isClosed);
  }

  #after<T extends ToScript['type']>(at: number, type: T): Payload<T> | undefined {
    return this.heard.slice(at).find((each) => each.type === type)?.payload as Payload<T> | undefined;
  }
}

const HELLO = {
  protocol: 1,
  pid: 4711,
  scriptVersion: '0.1.0',
  liveVersion: '12.3.6',
  pythonVersion: '3.11.6',
  setName: '',
  setPath: '',
  commandPort: null,
  simulated: true,
  features: [],
  spool: null,
};

const HEARTBEAT = {
  time: 1_700_000_000,
  dirty: 0,
  walking: null,
  light: false,
  realtime: true,
  setName: '',
  setPath: '',
  listeners: 12,
  unacked: 0,
  spool: { bytes: 0, frames: 0 },
  stats: { pumpMsP50: 0.1 },
};

/** A small song: a group with two tracks, a return, main, two scenes, a device with two parameters, a clip. */
export const SMALL: Statements = {
  begin: [1],
  end: [1],
  nodes: {
    1: { kind: 'song', props: { tempo: 120, signature_numerator: 4, signature_denominator: 4 } },
    2: { kind: 'track', props: { name: 'Drums', is_foldable: true, mute: false, color_index: 3 } },
    3: {
      kind: 'track',
      props: { name: 'Kick', group_track: { handle: 2 }, has_midi_input: true, volume: 0.85, mute: false },
    },
    4: {
      kind: 'track',
      props: { name: '3-Audio', has_audio_input: true, volume: 0.2, volume_text: '-28.4 dB' },
    },
    5: { kind: 'track', props: { name: 'A-Reverb' } },
    6: { kind: 'track', props: { name: 'Main' } },
    7: { kind: 'scene', props: { name: '', tempo: -1, tempo_enabled: false } },
    8: { kind: 'scene', props: { name: 'Chorus', tempo: 140, tempo_enabled: true } },
    9: {
      kind: 'device',
      props: {
        name: 'EQ Eight',
        class_name: 'Eq8',
        class_display_name: 'EQ Eight',
        on: 1,
        parameter_count: 2,
      },
    },
    10: { kind: 'parameter', props: { name: 'Device On', value: 1, min: 0, max: 1, is_quantized: true } },
    11: { kind: 'parameter', props: { name: '2 Frequency A', value: 0.5, min: 0, max: 1 } },
    12: {
      kind: 'clip',
      props: { name: 'Verse', is_midi_clip: true, scene: { handle: 8 }, loop_start: 0, loop_end: 4 },
    },
    13: { kind: 'send', props: { value: 0, value_text: '-inf dB', is_enabled: true } },
  },
  lists: {
    1: { tracks: [2, 3, 4], returns: [5], main: [6], scenes: [7, 8], locators: [] },
    3: { devices: [9], clips: [12], sends: [13] },
    9: { parameters: [10, 11] },
  },
};
