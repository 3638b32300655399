/** The recorded run that the demo plays where there is no Python (fixtures/record-demo.mjs). */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ownFile } from '../own-files.ts';

/** One message of the script, without what is another one in each run. */
export interface RecordedMessage {
  /** ms since the first one, in the time of Live. */
  readonly at: number;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the recorded Set is in the end, by the simulator's own walk of its model. */
export interface RecordedEnd {
  readonly tracks: readonly string[];
  readonly returns: readonly string[];
  readonly scenes: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface Recording {
  /** Version of the script's protocol that it was recorded with. */
  readonly protocol: number;
  readonly seconds: number;
  readonly end: RecordedEnd;
  readonly hello: RecordedMessage['payload'];
  /** All after the hello, in order. */
  readonly messages: readonly RecordedMessage[];
}

interface Header {
  readonly protocol: number;
  readonly seconds: number;
  readonly end: RecordedEnd;
}

type Line = readonly [at: number, type: string, payload: RecordedMessage['payload']];

/** @throws Error when the file is not there, or no recording */
export async function readRecording(path = ownFile('fixtures/demo-recording.jsonl.gz')): Promise<Recording> {
  const text = (await promisify(gunzip)(await readFile(path))).toString();
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '');
  const { protocol, seconds, end } = JSON.parse(first) as Header;
  const messages = rest.map((line) => {
    const [at, type, payload] = JSON.parse(line) as Line;
    return { at, type, payload };
  });
  const [hello, ...after] = messages;
  if (hello?.type !== 'hello') throw new Error(`${path} is no recorded run.`);
  return { protocol, seconds, end, hello: hello.payload, messages: after };
}
