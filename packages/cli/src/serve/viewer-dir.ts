import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built viewer: inside the package, or beside it in the repository; seen from this module, or from the bundle. */
export function viewerDir(): string | undefined {
  const places = ['../viewer', './viewer', '../../../viewer/dist', '../../viewer/dist'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return places.find((path) => existsSync(`${path}/index.html`));
}
