import { SYNC_LIMITS } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { Upload } from '../src/upload.ts';
import { World } from './support/world.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a Set sent as bytes', () => {
  it('[HUB-55] in one part, or in several in order', () => {
    const upload = new Upload(100);
    expect(upload.take({ name: 'A.als', data: base64('one') })).toEqual({
      is: 'complete',
      name: 'A.als',
      texts: [base64('one')],
    });
    const steps = ['ab', 'cd', 'e'].map((text, part) =>
      upload.take({ name: 'B.als', data: base64(text), part, parts: 3 }),
    );
    expect(steps).toEqual([
      { is: 'part', bytes: 2 },
      { is: 'part', bytes: 4 },
      { is: 'complete', name: 'B.als', texts: ['ab', 'cd', 'e'].map(base64) },
    ]);
  });

  it('[HUB-55] a first part begins anew; a part out of order ends it', () => {
    const upload = new Upload(100);
    const part = (at: number) => upload.take({ name: 'A', data: base64('abc'), part: at, parts: 3 }).is;
    expect([part(0), part(0), part(1), part(1), part(2)]).toEqual([
      'part',
      'part',
      'part',
      'refused',
      'refused',
    ]);
  });

  it('[HUB-55] over the limit it is refused, and forgotten', () => {
    const upload = new Upload(5);
    expect(upload.take({ name: 'A', data: base64('abc'), part: 0, parts: 2 }).is).toBe('part');
    expect(upload.take({ name: 'A', data: base64('abc'), part: 1, parts: 2 })).toMatchObject({
      is: 'refused',
      code: 'TOO_BIG',
    });
    expect(upload.take({ name: 'A', data: base64('abcde') }).is).toBe('complete');
  });

  it.each([
    {},
    { name: 'A' },
    { data: 'QQ==' },
    { name: '', data: 'QQ==' },
    { name: 'A', data: 'QQ' },
    { name: 'A', data: 'Q*==' },
    { name: 'A', data: 7 },
    { name: 'A', data: 'QQ==', part: 1, parts: 1 },
    { name: 'A', data: 'QQ==', part: -1, parts: 1 },
    { name: 'A', data: 'QQ==', part: 0, parts: 0.5 },
    { name: 'A', data: 'QQ==', part: 0, parts: 1e9 },
  ])('[HUB-55] the arguments %j are refused', (args) => {
    expect(new Upload(100).take(args)).toMatchObject({ is: 'refused', code: 'BAD_ARGUMENTS' });
  });

  it('[HUB-55] [HUB-56] both commands go to the shell', () => {
    const { world, id, wire } = World.inStep();
    const say = (name: 'open_bytes' | 'file_changed', args: Record<string, string | number>) =>
      world.say(id, { type: 'command', request: 'r', name, args });
    say('open_bytes', { name: 'A', data: base64('abc'), part: 0, parts: 2 });
    say('open_bytes', { name: 'A', data: base64('d'), part: 1, parts: 2 });
    say('file_changed', { path: '/music/A.als' });
    say('file_changed', {});
    expect(world.opened).toEqual([
      { do: 'open_bytes', client: id, request: 'r', name: 'A', texts: ['YWJj', 'ZA=='] },
      { do: 'file_changed', client: id, request: 'r', path: '/music/A.als' },
    ]);
    expect(wire.deliver()).toMatchObject([
      { ok: true, value: 3 },
      { ok: false, code: 'BAD_ARGUMENTS' },
    ]);
    expect(SYNC_LIMITS.openBytes).toBeGreaterThan(SYNC_LIMITS.frameBytes);
  });
});
