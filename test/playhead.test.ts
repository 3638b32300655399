/** The position of the song: asked of Live only while somebody wants it. */
import { connect } from '@livetree/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LiveStage } from './live-stage.ts';
import { PYTHON } from './simulator.ts';
import { until } from './soak/stage.ts';

let stage: LiveStage;
afterEach(() => stage.close());

const watcher = () =>
  connect(`ws://127.0.0.1:${stage.hub.port}/sync?token=${stage.hub.token}`, {
    WebSocket,
    channels: ['ephemeral', 'playhead'],
  });

/** Frames of latest values that the script has sent. */
async function frames(): Promise<number> {
  const text = await (await fetch(`${stage.hub.url}metrics`)).text();
  return Number(/^livetree_script_ephemerals_total (\d+)$/m.exec(text)?.[1]);
}

describe.skipIf(PYTHON === undefined)('the position of the song', () => {
  it('[RT-7] comes while somebody wants it and Live plays, also after a restart of the hub, and not else', async () => {
    stage = await LiveStage.open();
    await stage.isLive();
    const beats = (client: ReturnType<typeof watcher>) =>
      Number(client.ephemeral.get('playhead')?.value ?? -1);
    const first = watcher();
    const second = watcher();
    await stage.simulator.edit('play');
    await until('it runs', () => beats(first) > 0 && beats(second) > 0);
    const before = beats(first);
    await until('it goes on', () => beats(first) > before);
    first.close();
    const later = beats(second);
    await until('it goes on for the other', () => beats(second) > later + 1);
    await stage.restartHub();
    await until(
      'it goes on with the next hub',
      () => second.status.state === 'following' && beats(second) > later + 2,
    );
    second.close();
    await until('the script was told', async () => {
      const [now] = [await frames(), await stage.simulator.ask({ do: 'wait', seconds: 1 })];
      return (await frames()) === now;
    });
    expect(stage.viewer.ephemeral.get('playhead')).toBeUndefined();
  });
});
