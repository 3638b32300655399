/** The port of the script for commands (docs/port-9001.md), as programs use it. */
import { connect } from 'node:net';
import type { Simulator } from './simulator.ts';
import { until } from './soak/stage.ts';

/** One line of JSON. */
export interface CommandAnswer {
  readonly ok: boolean;
  readonly command?: string;
  readonly result?: unknown;
  readonly error?: string;
}

/** Its port, as Live's log says it. */
export async function commandPort(simulator: Simulator): Promise<number> {
  const said = (): string | undefined => /Commands are taken on port (\d+)\./.exec(simulator.log)?.[1];
  await until('the script listens', () => said() !== undefined);
  return Number(said());
}

/** Sends a line, and resolves with the first line of the answer. */
export function sendLine(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\n`));
    let text = '';
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`no answer to ${line}`)));
    socket.on('data', (data) => {
      text += String(data);
      if (!text.includes('\n')) return;
      resolve(text.split('\n', 1)[0] ?? '');
      socket.destroy();
    });
  });
}

export async function askPort(port: number, line: string): Promise<CommandAnswer> {
  return JSON.parse(await sendLine(port, line)) as CommandAnswer;
}
