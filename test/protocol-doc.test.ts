import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CLOSE_CODES, COMMAND_NAMES, decodeHubMessage, PROTOCOL_VERSION } from '@livetree/protocol';
import { clientMessage, decodeClientMessage } from '@livetree/protocol/schema';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8');
const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The section under a heading. */
const section = (heading: string): string => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

/** What stands first in the rows of its tables. */
const rows = (heading: string): readonly string[] =>
  [...section(heading).matchAll(/^\| (?:`(\w+)`|(\d{4})) \|/gm)].map(([, name, code]) => name ?? code ?? '');

const session = section('A session')
  .split('\n')
  .filter((line) => /^[<>] \{/.test(line));

describe('docs/protocol.md', () => {
  it('[OPS-22] names this version and every message, command, close code and address', () => {
    expect(page).toContain(`Protocol version ${PROTOCOL_VERSION}.`);
    const clientTypes = clientMessage.options.map((option) => option.shape.type.value);
    expect(rows('Messages from a client').slice(0, clientTypes.length)).toEqual(clientTypes);
    const types = [...source('packages/protocol/src/guard.ts').matchAll(/^ {2}'(\w+)',$/gm)].map(
      ([, type]) => type,
    );
    expect([...rows('Messages from the hub')].sort()).toEqual(types.sort());
    for (const name of COMMAND_NAMES) expect(page).toContain(`\`${name}\``);
    expect(rows('Close codes')).toEqual(Object.values(CLOSE_CODES).map(({ code }) => String(code)));
  });

  it('[OPS-22] every frame of its session is one', () => {
    expect(session.length).toBeGreaterThan(12);
    for (const line of session) {
      const text = line.slice(2);
      if (line.startsWith('>')) expect(decodeClientMessage(text), text).toMatchObject({ ok: true });
      else expect(decodeHubMessage(text), text).toBeDefined();
    }
  });

  it('[OPS-22] its session holds together: chains without holes, answers to what was asked', () => {
    const heard = session
      .filter((line) => line.startsWith('<'))
      .map((line) => decodeHubMessage(line.slice(2)));
    const of = (type: string) => heard.find((message) => message?.type === type);
    expect(of('patch')).toMatchObject({ from: 0, to: 1 });
    expect(of('facet_patch')).toMatchObject({ from: 0, to: 1 });
    expect(of('entry')).toMatchObject({ revision: 1 });
  });

  it('[OPS-22] has a line for curl for each address', () => {
    const lines = [...section('HTTP').matchAll(/^curl '?http:\/\/127\.0\.0\.1:8765(\/[^\s']+)/gm)].map(
      ([, path = '']) => path.replace(/4fbb4a22a591/, 'SET').replace(/t1789%2Fs1/, 'NODE'),
    );
    const addresses = [...section('HTTP').matchAll(/^\| `(\/[^`]+)`/gm)].map(([, path]) => path);
    expect(lines).toEqual(addresses);
  });
});
