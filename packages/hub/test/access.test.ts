import { describe, expect, it } from 'vitest';
import type { AccessRules, Claim } from '../src/access.ts';
import { isLoopback, judgeAccess, judgePlace, mayCommand, urlHost } from '../src/access.ts';
import { refusePath } from '../src/set-path.ts';

const HOME: AccessRules = {
  host: '127.0.0.1',
  port: 8765,
  dev: false,
  token: undefined,
  commandToken: 'secret',
};
const DEV: AccessRules = { ...HOME, dev: true };
const LAN: AccessRules = { ...HOME, host: '192.168.1.5', token: 'correct horse' };
const ANY: AccessRules = { ...LAN, host: '0.0.0.0' };
const PORT80: AccessRules = { ...HOME, port: 80 };

type Row = readonly [
  rules: AccessRules,
  host: string | undefined,
  origin: string | undefined,
  token: string | undefined,
  wanted: 'ok' | 401 | 403,
];
const T = 'correct horse';

const HOSTS: readonly Row[] = [
  [HOME, '127.0.0.1:8765', undefined, undefined, 'ok'],
  [HOME, 'localhost:8765', undefined, undefined, 'ok'],
  [HOME, 'LOCALHOST:8765', undefined, undefined, 'ok'],
  [HOME, '[::1]:8765', undefined, undefined, 'ok'],
  [HOME, undefined, undefined, undefined, 403],
  [HOME, '', undefined, undefined, 403],
  [HOME, 'localhost', undefined, undefined, 403],
  [HOME, 'localhost:8766', undefined, undefined, 403],
  [HOME, 'localhost:08765x', undefined, undefined, 403],
  [HOME, '::1:8765', undefined, undefined, 403],
  [HOME, 'evil.example:8765', undefined, undefined, 403],
  [HOME, 'localhost.evil.example:8765', undefined, undefined, 403],
  [HOME, '127.0.0.1.nip.io:8765', undefined, undefined, 403],
  [HOME, 'evil.example#localhost:8765', undefined, undefined, 403],
  [HOME, 'user@localhost:8765', undefined, undefined, 403],
  [HOME, 'localhost:8765, evil.example', undefined, undefined, 403],
  [HOME, 'localhost:8765:8765', undefined, undefined, 403],
  [HOME, '192.168.1.5:8765', undefined, undefined, 403],
  [HOME, '[::ffff:127.0.0.1]:8765', undefined, undefined, 403],
  [HOME, '2130706433:8765', undefined, undefined, 403],
  [PORT80, 'localhost', undefined, undefined, 'ok'],
  [LAN, '192.168.1.5:8765', undefined, T, 'ok'],
  [LAN, 'rebound.example:8765', undefined, T, 403],
  [LAN, '192.168.1.6:8765', undefined, T, 403],
  [ANY, '10.0.0.7:8765', undefined, T, 'ok'],
  [ANY, '[fe80::1]:8765', undefined, T, 'ok'],
  [ANY, 'rebound.example:8765', undefined, T, 403],
];

const ORIGINS: readonly Row[] = [
  [HOME, 'localhost:8765', 'http://127.0.0.1:8765', undefined, 'ok'],
  [HOME, '127.0.0.1:8765', 'http://localhost:8765', undefined, 'ok'],
  [HOME, '127.0.0.1:8765', 'http://[::1]:8765', undefined, 'ok'],
  [HOME, '127.0.0.1:8765', 'https://localhost:8765', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://localhost', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://localhost:8766', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://LOCALHOST:8765', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://localhost:8765.evil.example', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://evil.example', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://evil.example:8765', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://localhost.evil.example:8765', undefined, 403],
  [HOME, '127.0.0.1:8765', 'null', undefined, 403],
  [HOME, '127.0.0.1:8765', '', undefined, 403],
  [HOME, '127.0.0.1:8765', 'file://', undefined, 403],
  [HOME, '127.0.0.1:8765', 'chrome-extension://abcdef', undefined, 403],
  [HOME, '127.0.0.1:8765', 'http://localhost:5173', undefined, 403],
  [DEV, '127.0.0.1:8765', 'http://localhost:5173', undefined, 'ok'],
  [DEV, '127.0.0.1:8765', 'http://127.0.0.1:5173', undefined, 'ok'],
  [DEV, '127.0.0.1:8765', 'http://evil.example:5173', undefined, 403],
  [PORT80, 'localhost', 'http://localhost', undefined, 'ok'],
  [LAN, '192.168.1.5:8765', 'http://192.168.1.5:8765', T, 'ok'],
  [LAN, '192.168.1.5:8765', 'http://192.168.1.6:8765', T, 403],
  [ANY, '10.0.0.7:8765', 'http://10.0.0.7:8765', T, 'ok'],
  [ANY, '10.0.0.7:8765', 'http://10.0.0.8:8765', T, 403],
];

const TOKENS: readonly Row[] = [
  [LAN, '192.168.1.5:8765', undefined, undefined, 401],
  [LAN, '192.168.1.5:8765', undefined, '', 401],
  [LAN, '192.168.1.5:8765', undefined, 'correct hors', 401],
  [LAN, '192.168.1.5:8765', undefined, 'correct horsey', 401],
  [LAN, '192.168.1.5:8765', undefined, 'Correct horse', 401],
  [LAN, 'localhost:8765', undefined, undefined, 401],
  [{ ...LAN, token: undefined }, '192.168.1.5:8765', undefined, undefined, 401],
  [{ ...LAN, token: '' }, '192.168.1.5:8765', undefined, '', 401],
  [{ ...HOME, token: T }, 'localhost:8765', undefined, undefined, 'ok'],
];

const verdict = (claim: Claim, rules: AccessRules) => {
  const judged = judgeAccess(claim, rules);
  return judged.ok ? 'ok' : judged.status;
};

describe('access', () => {
  it.each(HOSTS)('[SEC-1] %j: Host %j', (rules, host, origin, token, wanted) => {
    expect(verdict({ host, origin, token }, rules)).toBe(wanted);
  });

  it.each(ORIGINS)('[SEC-2] %j: Host %j, Origin %j', (rules, host, origin, token, wanted) => {
    expect(verdict({ host, origin, token }, rules)).toBe(wanted);
  });

  it.each(TOKENS)('[SEC-3] %j: Host %j, Origin %j, token %j', (rules, host, origin, token, wanted) => {
    expect(verdict({ host, origin, token }, rules)).toBe(wanted);
  });

  it('[SEC-1] what a stranger wrote is shown short and plain', () => {
    const judged = judgePlace(
      { host: `\u001b[31m${'x'.repeat(500)}`, origin: undefined, token: undefined },
      HOME,
    );
    if (judged.ok) throw new Error('allowed');
    expect(judged.reason).toMatch(/^[\x20-\x7e]{20,120}$/);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['127.0.0.1.nip.io', false],
  ])('[SEC-3] %s is loopback: %j', (host, wanted) => {
    expect(isLoopback(host)).toBe(wanted);
  });

  it('[SEC-1] writes IPv6 in brackets', () => {
    expect([urlHost('::1'), urlHost('localhost')]).toEqual(['[::1]', 'localhost']);
  });
});

describe('paths', () => {
  it.each(['/music/My Set.als', 'C:\\Sets\\a.ALS', 'D:/Sets/ü.als'])('[SEC-7] %j may be opened', (path) => {
    expect(refusePath(path)).toBeUndefined();
  });

  it.each([
    '',
    'My Set.als',
    '../My Set.als',
    '\\\\server\\share\\a.als',
    '//server/share/a.als',
    '\\/server/a.als',
    '\\\\?\\C:\\a.als',
    '\\\\.\\pipe\\a.als',
    '/etc/passwd',
    '/music/a.als\0.txt',
    '/music/a\n.als',
    `/${'x'.repeat(5_000)}.als`,
    'http://evil.example/a.als',
    'C:a.als',
  ])('[SEC-7] %j is refused', (path) => {
    expect(refusePath(path)).toMatch(/\.$/);
  });
});

describe('commands', () => {
  it.each([
    ['a page of the hub', { origin: 'http://localhost:8765', token: undefined }, true],
    ['a program with the token', { origin: undefined, token: 'secret' }, true],
    ['a program without', { origin: undefined, token: undefined }, false],
    ['a program with another', { origin: undefined, token: 'secre' }, false],
  ])('[SEC-13] %s', (_, claim, wanted) => {
    expect(mayCommand({ host: 'localhost:8765', ...claim }, HOME)).toBe(wanted);
  });
});
