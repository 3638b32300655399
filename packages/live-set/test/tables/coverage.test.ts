import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeDevice } from '../../src/tables/device-names.ts';
import { describeParameter, type ParameterInfo } from '../../src/tables/device-parameters.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const CORPUS = resolve(ROOT, process.env['LIVETREE_CORPUS'] ?? '../shared/corpus', 'files');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`\nSKIPPED: no corpus of real Sets at ${CORPUS}\n`);

interface Frame {
  readonly tag: string;
  readonly path: string;
  readonly device: Device | undefined;
  hasManual: boolean;
}
interface Device {
  readonly tag: string;
  readonly paths: string[];
}

const TAG = /<(\/?)([A-Za-z][\w.]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/g;

/** Devices and mixers of one Set with the paths of their parameters, read without the parser under test. */
function devicesOf(xml: string, into: Device[]): void {
  const stack: Frame[] = [];
  let frozen = 0;
  for (const [, close, tag = '', , empty] of xml.matchAll(TAG)) {
    if (close === '/') {
      if (stack.pop()?.tag === 'FreezeSequencer') frozen--;
      continue;
    }
    if (tag === 'FreezeSequencer' && empty !== '/') frozen++;
    const frame = frozen > 0 ? blank(tag) : enter(stack, tag, into);
    if (empty !== '/') stack.push(frame);
  }
}

const blank = (tag: string): Frame => ({ tag, path: '', device: undefined, hasManual: false });

function enter(stack: readonly Frame[], tag: string, into: Device[]): Frame {
  const parent = stack.at(-1);
  if (parent === undefined) return blank(tag);
  if (parent.tag === 'Devices' || tag === 'Mixer' || tag === 'MixerDevice') {
    const device = { tag, paths: [] };
    into.push(device);
    return { tag, path: '', device, hasManual: false };
  }
  noteParameter(stack, parent, tag);
  const path = parent.path === '' ? tag : `${parent.path}/${tag}`;
  return { tag, path: parent.device === undefined ? '' : path, device: parent.device, hasManual: false };
}

/** A parameter has a child `Manual`; in Live 8 some have only `ArrangerAutomation/Events`. */
function noteParameter(stack: readonly Frame[], parent: Frame, tag: string): void {
  const owner = tag === 'Manual' ? parent : isFirstEvent(stack, tag) ? stack.at(-3) : undefined;
  if (owner?.device === undefined || owner.path === '' || owner.hasManual) return;
  owner.hasManual = true;
  owner.device.paths.push(owner.path);
}

function isFirstEvent(stack: readonly Frame[], tag: string): boolean {
  return (
    /^(Float|Bool|Enum)Event$/.test(tag) &&
    stack.at(-1)?.tag === 'Events' &&
    stack.at(-2)?.tag === 'ArrangerAutomation'
  );
}

/** Parameters of plug-ins and Max devices carry their names in the file. */
const isSelfNamed = (path: string): boolean => path.startsWith('ParameterList/');

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

describe.skipIf(!present)('coverage of real Sets', () => {
  const devices: Device[] = [];
  const known = new Map<string, ParameterInfo | undefined>();
  const info = (device: Device, path: string): ParameterInfo | undefined => {
    const key = `${device.tag} ${path}`;
    if (!known.has(key)) known.set(key, describeParameter(device.tag, path, 12));
    return known.get(key);
  };
  const isNamed = (device: Device, path: string): boolean =>
    isSelfNamed(path) || info(device, path) !== undefined;

  beforeAll(() => {
    for (const name of readdirSync(CORPUS)) {
      if (!name.endsWith('.als')) continue;
      const bytes = readFileSync(join(CORPUS, name));
      const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
      devicesOf(text.toString('latin1'), devices);
    }
  }, 60_000);

  test('[TABLE-9] nine of ten devices have a name for every parameter', () => {
    const real = devices.filter(({ tag }) => tag !== 'Mixer' && tag !== 'MixerDevice');
    const complete = real.filter((device) => device.paths.every((path) => isNamed(device, path)));
    const missing = new Map<string, number>();
    for (const device of real) {
      for (const path of device.paths) {
        const key = `${device.tag} ${path.replace(/\.\d+/g, '.*')}`;
        if (!isNamed(device, path)) missing.set(key, (missing.get(key) ?? 0) + 1);
      }
    }
    process.stdout.write(
      `devices ${real.length}, all parameters named: ${percent(complete.length, real.length)}\n`,
    );
    const most = [...missing].sort((a, b) => b[1] - a[1]).slice(0, 5);
    for (const [key, count] of most) process.stdout.write(`  without name ${count}× ${key}\n`);
    expect(real.length).toBeGreaterThan(4000);
    expect(complete.length / real.length).toBeGreaterThan(0.98);
  });

  test('[TABLE-9] every parameter of a mixer has a name', () => {
    const mixers = devices.filter(({ tag }) => tag === 'Mixer' || tag === 'MixerDevice');
    expect(mixers.length).toBeGreaterThan(1000);
    expect(mixers.flatMap((device) => device.paths.filter((path) => !isNamed(device, path)))).toEqual([]);
  });

  test('[TABLE-9] shares of parameters with a name, with a unit, with item texts', () => {
    const listed = devices.flatMap((device) =>
      device.paths.filter((path) => !isSelfNamed(path)).map((path) => info(device, path)),
    );
    const share = (test: (item: ParameterInfo) => boolean): string =>
      percent(listed.filter((item) => item !== undefined && test(item)).length, listed.length);
    const lines = {
      'with a name': share(() => true),
      'with a unit': share((item) => item.unit !== undefined),
      'with a unit or as bare number': share((item) => item.convert !== undefined),
      'with item texts': share((item) => item.values !== undefined),
      measured: share((item) => item.confidence === 'measured'),
      documented: share((item) => item.confidence === 'documented'),
      inferred: share((item) => item.confidence === 'inferred'),
    };
    process.stdout.write(`parameters ${listed.length}\n`);
    for (const [label, value] of Object.entries(lines)) process.stdout.write(`  ${label}: ${value}\n`);
    expect(listed.filter((item) => item !== undefined).length / listed.length).toBeGreaterThan(0.99);
    expect(listed.filter((item) => item?.unit !== undefined).length / listed.length).toBeGreaterThan(0.4);
  });

  test('[TABLE-3] every device tag has a product name with a source', () => {
    const tags = new Set(
      devices.map(({ tag }) => tag).filter((tag) => tag !== 'Mixer' && tag !== 'MixerDevice'),
    );
    expect([...tags].filter((tag) => describeDevice(tag) === undefined)).toEqual([]);
  });
});
