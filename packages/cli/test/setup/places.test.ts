import { win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Computer } from '../../src/setup/computer.ts';
import { findLibrary, findLives } from '../../src/setup/find-live.ts';
import { libraryNamedIn } from '../../src/setup/library-cfg.ts';
import {
  defaultLibraries,
  libraryMeant,
  preferencesOf,
  preferencesRoot,
  scriptFolder,
} from '../../src/setup/live-places.ts';
import { compareVersions, versionOfFolder } from '../../src/setup/live-version.ts';
import { fakeComputer, libraryCfg } from './world.ts';

const WINDOWS: Computer = {
  platform: 'win32',
  home: 'C:\\Users\\Jörg',
  env: { APPDATA: 'D:\\Roaming', OneDrive: 'C:\\Users\\Jörg\\OneDrive - Studio' },
  path: win32,
};

describe('where Live keeps things', () => {
  it('[INST-1] on Windows: preferences in APPDATA, one folder for each version', () => {
    const root = preferencesRoot(WINDOWS) ?? '';
    expect(root).toBe('D:\\Roaming\\Ableton');
    expect(preferencesOf(WINDOWS, root, 'Live 12.1.5')).toBe(
      'D:\\Roaming\\Ableton\\Live 12.1.5\\Preferences',
    );
    expect(preferencesRoot({ ...WINDOWS, env: {} })).toBe('C:\\Users\\Jörg\\AppData\\Roaming\\Ableton');
    expect(scriptFolder('E:\\Music\\User Library', WINDOWS)).toBe(
      'E:\\Music\\User Library\\Remote Scripts\\LiveTree',
    );
  });

  it('[INST-1] folders of versions and betas are told from others, and ordered', () => {
    const names = ['Live 9.7', 'Live 12.1.5', 'Live 12.1.10', 'Live 12.2b5', 'Live 11.3.25'];
    const versions = names.flatMap((name) => versionOfFolder(name) ?? []);
    expect(versions.toSorted(compareVersions).map(({ text }) => text)).toEqual([
      '9.7',
      '11.3.25',
      '12.1.5',
      '12.1.10',
      '12.2b5',
    ]);
    for (const name of ['Live Reports', 'Live Database', 'Max', 'Liveness 2']) {
      expect(versionOfFolder(name)).toBeUndefined();
    }
  });

  it('[INST-2] the User Library is the one that Library.cfg names, with Windows’ slashes and XML’s signs', () => {
    expect(libraryNamedIn(libraryCfg('C:/Users/Jörg/Documents/Ableton/User Library'), win32)).toBe(
      'C:\\Users\\Jörg\\Documents\\Ableton\\User Library',
    );
    expect(libraryNamedIn(libraryCfg('D:\\R&B "live"\\User Library'), win32)).toBe(
      'D:\\R&B "live"\\User Library',
    );
    const numbered = libraryCfg('E:/X/User Library').replace('E:/X', 'E:/&#x4e;&#65; &amp;amp;');
    expect(libraryNamedIn(numbered, win32)).toBe('E:\\NA &amp;\\User Library');
    for (const text of [
      '',
      '<UserLibrary></UserLibrary>',
      libraryCfg('relative/User Library'),
      'x'.repeat(9),
    ]) {
      expect(libraryNamedIn(text, win32)).toBeUndefined();
    }
  });

  it('[INST-3] without that note the default places count, on Windows those in OneDrive too', () => {
    expect(defaultLibraries(WINDOWS)).toEqual([
      'C:\\Users\\Jörg\\Documents\\Ableton\\User Library',
      'C:\\Users\\Jörg\\OneDrive - Studio\\Documents\\Ableton\\User Library',
      'C:\\Users\\Jörg\\OneDrive\\Documents\\Ableton\\User Library',
    ]);
    const pc = fakeComputer('win32');
    const library = pc.folder('OneDrive', 'Documents', 'Ableton', 'User Library');
    pc.live('12.1.5');
    expect(findLibrary(pc.computer)).toBe(library);
    const mac = fakeComputer('darwin');
    expect(findLibrary(mac.computer, [], mac.folder('Music', 'Ableton'))).toContain('Ableton');
  });

  it('[INST-4] the Live that was used last says where; a moved library and one in OneDrive are found', () => {
    for (const system of ['darwin', 'win32'] as const) {
      const mine = fakeComputer(system);
      const moved = mine.folder('OneDrive - Büro & Co', 'Musik', 'User Library');
      mine.folder('Music', 'Ableton', 'User Library');
      mine.live('12.2', { library: '/gone/User Library', usedAt: 100 });
      mine.live('11.3.25', { library: moved, usedAt: 200 });
      mine.live('10.1.43', { library: '/old/User Library', usedAt: 300 });
      mine.folder(
        ...(system === 'darwin' ? ['Library', 'Preferences'] : ['AppData', 'Roaming']),
        'Ableton',
        'Live Reports',
      );
      expect(findLives(mine.computer).map(({ version }) => version.text)).toEqual([
        '10.1.43',
        '11.3.25',
        '12.2',
      ]);
      expect(findLibrary(mine.computer)).toBe(moved);
    }
  });

  it('[INST-5] no Live, an old one, a library that is not there, a system without Live: each says what to do', () => {
    const mac = fakeComputer('darwin');
    const refusal = (): string => {
      try {
        return findLibrary(mac.computer);
      } catch (error) {
        return String(error);
      }
    };
    expect(refusal()).toMatch(/No Live was found.*Start Live once.*--path/);
    mac.live('10.1.43', { library: mac.folder('User Library') });
    expect(refusal()).toMatch(/Live 10\.1\.43 cannot run the script.*livetree serve/);
    mac.live('12.1', { library: '/Volumes/Gone/User Library' });
    expect(refusal()).toMatch(/"\/Volumes\/Gone\/User Library".*drive connected.*--path/);
    expect(() => findLibrary(fakeComputer('linux').computer)).toThrow(
      /Live does not run on this system.*--path/,
    );
    expect(() => findLibrary(mac.computer, [], `${mac.home}/none`)).toThrow(/There is no folder/);
  });

  it('[INST-6] a path may be the User Library, the folder around it, or its Remote Scripts', () => {
    const is = (path: string): boolean => path === 'D:\\Ableton\\User Library';
    for (const path of [
      'D:\\Ableton',
      'D:\\Ableton\\User Library',
      'D:\\Ableton\\User Library\\',
      'D:\\Ableton\\User Library\\Remote Scripts',
    ])
      expect(libraryMeant(path, WINDOWS, is)).toBe('D:\\Ableton\\User Library');
    const named = fakeComputer('linux');
    const library = named.folder('Ableton', 'User Library');
    expect(findLibrary({ ...named.computer, env: { LIVETREE_USER_LIBRARY: `${named.home}/Ableton` } })).toBe(
      library,
    );
  });
});
