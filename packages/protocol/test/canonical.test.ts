import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue } from '../src/canonical.ts';
import { canonicalBytes, jsonNumber, nodeHash, numberOf } from '../src/canonical.ts';

interface Fixtures {
  readonly values: readonly { readonly name: string; readonly value: CanonicalValue; readonly hex: string }[];
  readonly nodes: readonly {
    readonly name: string;
    readonly kind: string;
    readonly props: Parameters<typeof nodeHash>[1];
    readonly lists: Parameters<typeof nodeHash>[2];
    readonly hash: string;
  }[];
}

const SCRIPT = resolve(import.meta.dirname, '../../../remote-script/LiveTree');
const fixtures = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/canonical.json'), 'utf8'),
) as Fixtures;
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
const hex = (value: CanonicalValue) => Buffer.from(canonicalBytes(value)).toString('hex');

/** JSON as the script reads and writes it: no value of it is lost on the way. */
const wire = (value: CanonicalValue): string => {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : JSON.stringify(jsonNumber(value));
  if (Array.isArray(value)) return `[${value.map(wire).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${wire(each)}`)
    .join(',')}}`;
};

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});
const { anything } = fc.letrec<{ anything: CanonicalValue }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.double(),
    fc.integer(),
    fc.maxSafeInteger(),
    anyText,
    fc.array(tie('anything'), { maxLength: 5 }),
    fc.dictionary(anyText, tie('anything'), { maxKeys: 5 }),
  ),
}));

describe('canonical', () => {
  it.each(fixtures.values)('[SCRIPT-27] bytes of $name', ({ value, hex: bytes }) => {
    expect(hex(value)).toBe(bytes);
  });

  it.each(fixtures.nodes)('[SCRIPT-27] hash of $name', ({ kind, props, lists, hash }) => {
    expect(nodeHash(kind, props, lists, sha1)).toBe(hash);
  });

  it('[SCRIPT-27] bytes written out by hand from docs/protocol-script.md', () => {
    expect(hex([null, true, false])).toBe('41000000034e5446');
    expect(hex(1)).toBe('443ff0000000000000');
    expect(hex(-0)).toBe('448000000000000000');
    expect(hex(Number.NaN)).toBe('447ff8000000000000');
    expect(hex('é')).toBe('5300000002c3a9');
    expect(hex({ handle: 12 })).toBe('4f00000001530000000668616e646c65444028000000000000');
  });

  it('[SCRIPT-27] random values have the same bytes in the script', () => {
    const values = fc.sample(anything, { numRuns: 2000, seed: 4 });
    const program = [
      'import sys',
      `sys.path.insert(0, ${JSON.stringify(SCRIPT)})`,
      'from wire import canonical, json_text',
      'for line in sys.stdin:',
      '    print(canonical.canonical(json_text.decode(line)).hex())',
    ].join('\n');
    const options = { input: values.map(wire).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    const lines = execFileSync('python3', ['-B', '-c', program], options).trim().split('\n');
    expect(lines).toEqual(values.map(hex));
  });

  it('[SCRIPT-28] numbers and texts that the script writes are read as they are', () => {
    const values = fc.sample(anything, { numRuns: 500, seed: 5 });
    const program = [
      'import sys',
      `sys.path.insert(0, ${JSON.stringify(SCRIPT)})`,
      'from wire import json_text',
      'for line in sys.stdin:',
      '    print(json_text.encode(json_text.decode(line)))',
    ].join('\n');
    const options = { input: values.map(wire).join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    const lines = execFileSync('python3', ['-B', '-c', program], options).trim().split('\n');
    expect(lines.map((line) => hex(JSON.parse(line) as CanonicalValue))).toEqual(values.map(hex));
  });

  it('[SCRIPT-28] numbers that are not finite have names in JSON', () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0, 1e16]) {
      const json = jsonNumber(value);
      expect(numberOf(typeof json === 'number' ? json : { ...json })).toBe(value);
    }
    expect(numberOf({ float: 'infinity' })).toBeUndefined();
    expect(numberOf({ float: 'inf', handle: 1 })).toBeUndefined();
    expect(numberOf('1')).toBeUndefined();
  });

  it('[SCRIPT-27] any other property changes the hash', () => {
    const props = { name: 'Bass', color: 1 };
    const hash = nodeHash('track', props, { devices: [1] }, sha1);
    expect(nodeHash('track', { ...props, color: 2 }, { devices: [1] }, sha1)).not.toBe(hash);
    expect(nodeHash('track', props, { devices: [1], clips: [] }, sha1)).not.toBe(hash);
    expect(nodeHash('chain', props, { devices: [1] }, sha1)).not.toBe(hash);
    expect(nodeHash('track', { ...props, notes: [], arm: null }, { devices: [1] }, sha1)).toBe(hash);
  });
});
