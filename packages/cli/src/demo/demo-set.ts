import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Set of the demo: inside the package, or in the repository. */
export function demoSet(): string {
  const places = ['../../fixtures', '../../../../fixtures', '../../../fixtures', '../fixtures'].map((path) =>
    fileURLToPath(new URL(`${path}/demo-live.als`, import.meta.url)),
  );
  return places.find((path) => existsSync(path)) ?? places[0] ?? '';
}
