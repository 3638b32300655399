/** What hangs where in the statements of a Remote Script (docs/protocol-script.md, "What is stated of each kind"). */
import type { RawKind } from '@livetree/protocol';

const SHAPE: Readonly<Record<RawKind, Readonly<Record<string, RawKind>>>> = {
  song: { tracks: 'track', returns: 'track', main: 'track', scenes: 'scene', locators: 'locator' },
  track: {
    devices: 'device',
    clips: 'clip',
    slots: 'slot',
    arrangement: 'clip',
    takeLanes: 'takeLane',
    sends: 'send',
  },
  device: { chains: 'chain', returnChains: 'chain', parameters: 'parameter' },
  chain: { devices: 'device', sends: 'send' },
  takeLane: { clips: 'clip' },
  send: {},
  parameter: {},
  clip: {},
  slot: {},
  scene: {},
  locator: {},
};

/** Kind of the members of a list; `undefined`: a thing of this kind has no such list. */
export const memberKind = (owner: RawKind, list: string): RawKind | undefined =>
  Object.hasOwn(SHAPE[owner], list) ? SHAPE[owner][list] : undefined;
