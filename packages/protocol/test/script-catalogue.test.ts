/** The Remote Script has the catalogue of event names as a file of its own; both must say the same. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_NAMES } from '../src/event-names.ts';

const FILE = new URL('../../../remote-script/LiveTree/events.json', import.meta.url);

it('[SCRIPT-81] events.json of the script is the catalogue: the same names in the same order, with the same meaning', () => {
  const found: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  expect(found).toEqual(EVENT_NAMES);
  expect(Object.keys(EVENT_NAMES)).toEqual(Object.keys(Object(found)));
});
