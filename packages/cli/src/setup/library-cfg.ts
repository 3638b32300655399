/** Live's own note of where the User Library is. Pure. Source: docs/live-api.md §10. */
import type { PlatformPath } from 'node:path';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The folder that `Library.cfg` names: `ProjectPath` and, inside it, `ProjectName`, of the first `UserLibrary`.
 * @param text of the file; other libraries and places in it are passed over
 * @param path how paths are written where the file comes from
 * @returns `undefined` where it names none
 */
export function libraryNamedIn(text: string, path: PlatformPath): string | undefined {
  const part = /<UserLibrary>([\s\S]*?)<\/UserLibrary>/.exec(text)?.[1];
  if (part === undefined) return undefined;
  const folder = attributeOf(part, 'ProjectPath');
  if (folder === undefined || !path.isAbsolute(folder)) return undefined;
  return path.normalize(path.join(folder, attributeOf(part, 'ProjectName') ?? ''));
}

function attributeOf(part: string, name: string): string | undefined {
  const value = new RegExp(`<${name} Value="([^"]*)"`).exec(part)?.[1];
  return value === undefined || value === '' ? undefined : decoded(value);
}

const decoded = (value: string): string =>
  value.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name !== undefined) return ENTITIES[name] ?? all;
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
