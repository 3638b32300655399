import { PROTOCOL_VERSION } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { decodeState, reachableHost, speaksOurProtocol, stateDir } from '../src/state.ts';

const home = '/me';
const state = {
  ...{ pid: 7, host: '127.0.0.1', port: 8765, token: 't' },
  ...{ protocol: PROTOCOL_VERSION, url: 'http://127.0.0.1:8765/' },
};

describe('the place of the state file', () => {
  it.each([
    ['linux', {}, '/me/.local/state/livetree'],
    ['linux', { XDG_STATE_HOME: '/data/state' }, '/data/state/livetree'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/me/.local/state/livetree'],
    ['linux', { XDG_STATE_HOME: '' }, '/me/.local/state/livetree'],
    ['darwin', { XDG_STATE_HOME: '/data/state' }, '/me/Library/Application Support/LiveTree'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\LiveTree'],
    ['win32', {}, '/me\\AppData\\Local\\LiveTree'],
    ['linux', { LIVETREE_STATE_DIR: '/elsewhere', XDG_STATE_HOME: '/data' }, '/elsewhere'],
    ['win32', { LIVETREE_STATE_DIR: 'E:\\x' }, 'E:\\x'],
  ])('[HUB-53] %s with %j: %s', (platform, env, wanted) => {
    expect(stateDir({ platform, home, env })).toBe(wanted);
  });
});

describe('its content', () => {
  it('[HUB-53] is read as it was written', () => {
    expect(decodeState(JSON.stringify(state))).toEqual(state);
    expect([speaksOurProtocol(state), speaksOurProtocol({ ...state, protocol: 99 })]).toEqual([true, false]);
  });

  it.each(['', '{', 'null', '7', '[]', '{}'])('[HUB-53] %j is none', (text) => {
    expect(decodeState(text)).toBeUndefined();
  });

  it.each([
    { pid: 0 },
    { pid: '7' },
    { pid: 1.5 },
    { port: 70_000 },
    { token: '' },
    { host: 5 },
    { url: undefined },
    { protocol: null },
  ])('[HUB-53] %j is none', (wrong) => {
    expect(decodeState(JSON.stringify({ ...state, ...wrong }))).toBeUndefined();
  });

  it('[HUB-53] a hub that listens everywhere is reached at home', () => {
    expect(['0.0.0.0', '::', '192.168.1.5'].map(reachableHost)).toEqual(['127.0.0.1', '::1', '192.168.1.5']);
  });
});
