/** Computers as Live leaves them, in temporary folders: trees like those of macOS and of Windows. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import nodePath, { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Output } from '../../src/output.ts';
import { createPaint } from '../../src/paint.ts';
import type { Computer } from '../../src/setup/computer.ts';

export type System = 'darwin' | 'win32' | 'linux';

export interface LiveOptions {
  /** Folder that `Library.cfg` names; absent: no such file. */
  readonly library?: string;
  /** Of `Log.txt`; absent: no such file. */
  readonly log?: string;
  /** Seconds since 1970 of the last line in the log. */
  readonly usedAt?: number;
}

/** One user's computer in a folder of its own, with blanks and an umlaut in its name. */
export class FakeComputer {
  readonly home: string;
  readonly computer: Computer;

  constructor(system: System, env: Readonly<Record<string, string>> = {}) {
    this.home = realpathSync(mkdtempSync(join(tmpdir(), 'livetree Süd ')));
    this.computer = { platform: system, home: this.home, env, path: nodePath };
  }

  /** Makes a folder below the user's own. */
  folder(...parts: readonly string[]): string {
    const path = join(this.home, ...parts);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Preferences of one version, as it leaves them when it is started. */
  live(version: string, { library, log, usedAt = 1_700_000_000 }: LiveOptions = {}): string {
    const folder =
      this.computer.platform === 'win32'
        ? this.folder('AppData', 'Roaming', 'Ableton', `Live ${version}`, 'Preferences')
        : this.folder('Library', 'Preferences', 'Ableton', `Live ${version}`);
    if (library !== undefined) writeFileSync(join(folder, 'Library.cfg'), libraryCfg(library));
    const logPath = join(folder, 'Log.txt');
    writeFileSync(logPath, log ?? '');
    utimesSync(logPath, usedAt, usedAt);
    return logPath;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

const computers: FakeComputer[] = [];
afterEach(() => {
  for (const each of computers.splice(0)) each.remove();
});

/** Removed after the test. */
export function fakeComputer(system: System, env: Readonly<Record<string, string>> = {}): FakeComputer {
  const made = new FakeComputer(system, env);
  computers.push(made);
  return made;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** As Live 12 writes it, with another library and a place beside. `library`: the User Library itself. */
export function libraryCfg(library: string): string {
  const slash = Math.max(library.lastIndexOf('/'), library.lastIndexOf('\\'));
  return `<?xml version="1.0" encoding="UTF-8"?>
<Ableton MajorVersion="5" MinorVersion="12.0_12049" Creator="Ableton Live 12.1.5">
	<ContentLibrary>
		<UserLibrary>
			<LibraryProject Id="0">
				<ProjectLocation />
				<ProjectName Value="${escaped(library.slice(slash + 1))}" />
				<ProjectPath Value="${escaped(library.slice(0, slash))}" />
			</LibraryProject>
		</UserLibrary>
		<UserFolderInfoList>
			<UserFolderInfo Id="1" Path="/Elsewhere/Samples" DisplayName="Samples" />
		</UserFolderInfoList>
		<OtherLibrary>
			<LibraryProject Id="9"><ProjectName Value="No" /><ProjectPath Value="/Not/this" /></LibraryProject>
		</OtherLibrary>
	</ContentLibrary>
</Ableton>
`;
}

/** What is said and written, kept. */
export function heard(): { readonly output: Output; text(): string } {
  let text = '';
  const output: Output = {
    data: async (part) => {
      text += String(part);
    },
    say: (line) => {
      text += `${line}\n`;
    },
    progress: () => {},
    paint: createPaint({}, false),
  };
  return { output, text: () => text };
}
