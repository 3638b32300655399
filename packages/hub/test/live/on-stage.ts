/** A hub, a script played by hand, and a client that looks. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Hub, HubOptions } from '@livetree/hub';
import { startHub } from '@livetree/hub';
import type { NodeOf, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import { Client } from '../support/client.ts';
import { until } from '../support/until.ts';
import { Script, SMALL } from './script.ts';

const DEMO = resolve(import.meta.dirname, '../../../../fixtures/demo.als');
const hubs: Hub[] = [];
const folders: string[] = [];
const ends: (() => void)[] = [];

export async function hub(options: HubOptions = {}): Promise<Hub> {
  const started = await startHub({ port: 0, token: 'sesame', ...options });
  hubs.push(started);
  return started;
}

export async function script(port: number, more: Record<string, unknown> = {}): Promise<Script> {
  const made = await Script.welcomed(port, more);
  ends.push(() => made.socket.terminate());
  return made;
}

export async function demoFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'livetree-live-'));
  folders.push(folder);
  const path = join(folder, 'My Set.als');
  await copyFile(DEMO, path);
  return path;
}

/** @param before a client that was there: this one holds what it held, and has not said hello */
export async function client(port: number, before?: Client): Promise<Client> {
  const query = '?token=sesame';
  const made =
    before === undefined
      ? await Client.inStep(port, query)
      : new Client(port, { query, replica: before.replica });
  await made.opened();
  ends.push(() => made.socket.terminate());
  return made;
}

/** A Set of Live alone, with a client that has it. */
export async function onStage(options: HubOptions = {}) {
  const { port, ...rest } = await hub(options);
  const live = await script(port);
  await live.stated(SMALL);
  const viewer = await client(port);
  viewer.say({ type: 'subscribe', channels: ['log', 'ephemeral'] });
  return { port, live, viewer, hub: rest };
}

export const nodesOf = (root: NodeOf<'set'> | undefined): readonly TreeNode[] =>
  root ? [...walk(root)] : [];
export const named = (viewer: Client, name: string): TreeNode | undefined =>
  nodesOf(viewer.replica.root).find((node) => 'name' in node.props && node.props.name === name);
export const opsHeard = (viewer: Client) =>
  viewer.replica.heard.flatMap((message) => (message.type === 'patch' ? message.ops : []));
export const liveOf = (viewer: Client) =>
  viewer.replica.heard.findLast((message) => message.type === 'status' || message.type === 'welcome')?.sets[0]
    ?.live;

/** Whatever was started is ended. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0)) end();
  await Promise.all(hubs.splice(0).map((each) => each.close()));
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
}

/** The info of the Set that a client follows, as it heard it last. */
export const infoOf = (viewer: Client, at = 0) =>
  viewer.replica.heard.findLast((message) => message.type === 'status' || message.type === 'welcome')?.sets[
    at
  ];

export const whenLive = (viewer: Client, state: string): Promise<true> =>
  until(`Live is ${state}`, () => liveOf(viewer)?.state === state);
