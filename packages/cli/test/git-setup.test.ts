import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.ts';
import { Repository } from './support/repository.ts';

const folder = testFolder();
let count = 0;
const repository = (): Repository => new Repository(folder.path, `Nachtbus für 日本 ${count++}`);
const SMALL = fileURLToPath(new URL('../../../fixtures/small-l12.als', import.meta.url));
const SONG = 'Ein Lied für Ä.als';

const louder = (xml: string): string => xml.replace('<Manual Value="1200" />', '<Manual Value="340" />');
const faster = (xml: string): string => xml.replace('<Manual Value="124" />', '<Manual Value="126" />');
/** All that git knows of itself, and the files that are ours to touch. */
const stateOf = (at: Repository): readonly unknown[] => [
  at.git('config', '--local', '--list'),
  ...['.gitattributes', '.gitignore', '.git/hooks/prepare-commit-msg'].map((name) =>
    existsSync(join(at.path, name)) ? at.read(name) : undefined,
  ),
];
const HOOK = '.git/hooks/prepare-commit-msg';

describe('git with Sets', () => {
  it('[CLI-45] git diff, git log -p and git show tell what changed, also of a Set that was renamed', () => {
    const at = repository();
    expect(at.livetree('git-setup', '--write').code).toBe(0);
    at.set(SONG);
    at.commit('-m', 'first');
    at.set(SONG, louder);
    const diff = at.git('diff');
    expect(diff).toContain(
      '-      EQ Eight › 2 Frequency A: 1.2 kHz\n+      EQ Eight › 2 Frequency A: 340 Hz\n',
    );
    expect(diff).toMatch(/^@@ .* @@ MIDI track "Bass"$/m);
    at.commit('-m', 'louder');
    at.git('mv', SONG, 'Neuer Name.als');
    at.commit('-m', 'renamed');
    const log = at.git('log', '-p', '--follow', '--', 'Neuer Name.als');
    expect(log).toContain(`rename from ${SONG}`);
    expect(log).toContain('+      EQ Eight › 2 Frequency A: 340 Hz');
    expect(at.git('show', '--stat')).toContain('Neuer Name.als');
    // Once made, the texts are kept.
    expect(at.git('for-each-ref', '--format=%(refname)')).toContain('refs/notes/textconv/livetree');
  });

  it('[CLI-45] a damaged Set, a Git LFS pointer and an empty file do not stop the diff of the others', () => {
    const at = repository();
    at.livetree('git-setup', '--write');
    at.set('b.als');
    at.file('a.als', '');
    at.commit('-m', 'first');
    at.set('b.als', faster);
    at.file('a.als', `version https://git-lfs.github.com/spec/v1\noid sha256:${'b'.repeat(64)}\nsize 5\n`);
    const { code, out } = at.tryGit('diff');
    expect(code).toBe(0);
    expect(out).toContain('-An empty file, not a Live Set.\n+A Git LFS pointer to a Set of 5 bytes');
    expect(out).toContain('-  tempo: 124 BPM\n+  tempo: 126 BPM\n');
  });
});

describe('livetree git-setup', () => {
  it('[CLI-46] says what it did and what is left to do; a second run changes nothing', () => {
    const at = repository();
    const first = at.livetree('git-setup');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^ {2}diff\.livetree\.textconv = .*textconv --format 2$/m);
    expect(first.out).toContain('.gitattributes:\n  *.als diff=livetree\n');
    expect(first.out).toContain('.gitignore:\n  Backup/\n  *.asd\n');
    expect(existsSync(join(at.path, '.gitattributes'))).toBe(false);
    const written = at.livetree('git-setup', '--write', '--hook');
    expect(written.out).toContain('Added to .gitattributes: *.als diff=livetree\n');
    expect(written.out).toContain('Sets (*.als) are shown as text');
    const state = stateOf(at);
    const again = at.livetree('git-setup', '--write', '--hook');
    expect(again.out).toContain('set already');
    expect(again.out).toContain('.gitignore has its lines already.\nThe hook is there already.\n');
    expect(stateOf(at)).toEqual(state);
  });

  it('[CLI-46] nothing that is there is changed; --dry-run changes nothing at all', () => {
    const at = repository();
    at.file('.gitattributes', '*.als filter=lfs diff=lfs merge=lfs -text\r\n*.wav binary');
    at.file('.gitignore', '*.asd\n# mine\n');
    const before = stateOf(at);
    const dry = at.livetree('git-setup', '--write', '--hook', '--dry-run');
    expect(dry.out).toContain('Would add to .gitignore: Backup/ | .DS_Store | Desktop.ini\n');
    expect(stateOf(at)).toEqual(before);
    at.livetree('git-setup', '--write');
    expect(at.read('.gitattributes')).toBe(
      '*.als filter=lfs diff=lfs merge=lfs -text\r\n*.wav binary\r\n# LiveTree begins\r\n*.als diff=livetree\r\n# LiveTree ends\r\n',
    );
    expect(at.read('.gitignore')).toMatch(/^\*\.asd\n# mine\n# LiveTree begins\nBackup\/\n/);
    expect(at.git('check-attr', 'diff', 'filter', '--', 'x y.als')).toBe(
      'x y.als: diff: livetree\nx y.als: filter: lfs\n',
    );
  });

  it('[CLI-46] a line elsewhere that gives Sets another diff is told', () => {
    const at = repository();
    at.file('.git/info/attributes', '*.als diff=other\n');
    expect(at.livetree('git-setup', '--write').out).toContain(
      'gives Sets diff=other: put "*.als diff=livetree"',
    );
  });

  it('[CLI-47] --undo takes exactly its own parts away', () => {
    const at = repository();
    at.file('.gitignore', '# mine\n*.wav\n');
    at.git('config', 'diff.livetree.binary', 'false');
    const before = stateOf(at);
    at.livetree('git-setup', '--write', '--hook');
    at.set(SONG);
    at.commit('-m', 'first');
    at.git('log', '-p');
    expect(stateOf(at)).not.toEqual(before);
    const state = stateOf(at);
    expect(at.livetree('git-setup', '--undo', '--dry-run').out).toContain(
      'Would remove diff.livetree.textconv',
    );
    expect(stateOf(at)).toEqual(state);
    const { code, out } = at.livetree('git-setup', '--undo');
    expect(code).toBe(0);
    expect(out).toContain('Took our lines out of .gitattributes, and with them the file.\n');
    expect(stateOf(at)).toEqual(before);
    expect(at.git('for-each-ref', '--format=%(refname)')).not.toContain('notes');
    expect(at.livetree('git-setup', '--undo').out).toBe('Nothing of LiveTree is set up here.\n');
  });

  it('[CLI-47] what others have put to our lines, or in their place, stays', () => {
    const at = repository();
    at.livetree('git-setup', '--write');
    at.file('.gitignore', at.read('.gitignore').replace('*.asd\n', '*.asd\n*.mine\n'));
    at.git('config', 'diff.livetree.textconv', 'my-own-program');
    at.livetree('git-setup', '--undo');
    expect(at.read('.gitignore')).toBe('*.mine\n');
    expect(at.git('config', '--get', 'diff.livetree.textconv')).toBe('my-own-program\n');
  });

  it('[CLI-48] --global is for all repositories of the user, and leaves this one alone', () => {
    const at = repository();
    const before = stateOf(at);
    expect(at.livetree('git-setup', '--global').out).toContain('configuration of this user');
    expect(at.git('config', '--global', '--get', 'diff.livetree.cachetextconv')).toBe('true\n');
    expect(stateOf(at)).toEqual(before);
    expect(at.livetree('git-setup', '--global', '--undo').code).toBe(0);
    expect(at.tryGit('config', '--global', '--get-regexp', 'livetree').code).toBe(1);
    expect(at.livetree('git-setup', '--global', '--write').code).toBe(2);
  });

  it('[CLI-48] outside of a repository: exit code 2, one line with a remedy', () => {
    const at = repository();
    const { code, out, err } = at.livetree('-V');
    expect([code, err, out]).toEqual([0, '', expect.stringContaining('livetree')]);
    const gone = new Repository(folder.path, 'no repository');
    writeFileSync(join(gone.path, '.git/HEAD'), 'damaged');
    expect(gone.livetree('git-setup')).toMatchObject({
      code: 2,
      out: '',
      err: 'This folder is in no git repository. Run "git init" first, or use --global.\n',
    });
  });
});

describe('the hook', () => {
  const hooked = (): Repository => {
    const at = repository();
    at.livetree('git-setup', '--write', '--hook');
    at.set(SONG);
    at.commit('-m', 'first');
    return at;
  };

  it('[CLI-49] offers what changed in the staged Set as the message', () => {
    const at = hooked();
    at.set(SONG, (xml) => louder(faster(xml)));
    expect(at.commit().code).toBe(0);
    expect(at.lastMessage()).toBe(
      '2 changes: Bass; tempo 124 → 126\n\n- Tempo 124 → 126 BPM\n- Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
    );
  });

  it('[CLI-49] a message of the user stays, and a commit without Sets gets none', () => {
    const at = hooked();
    at.set(SONG, louder);
    at.commit('-m', 'My words');
    expect(at.lastMessage()).toBe('My words');
    at.set(SONG, faster);
    at.file('.git/template', 'From the template\n');
    at.git('config', 'commit.template', '.git/template');
    expect(at.commit('--allow-empty').err).toContain('did not edit');
    at.git('config', '--unset', 'commit.template');
    at.git('reset', '--quiet');
    at.file('words.txt', 'x');
    at.git('add', 'words.txt');
    expect(at.tryGit('commit', '--quiet').err).toContain('empty commit message');
  });

  it('[CLI-49] it never stands in the way of a commit, not even when LiveTree is gone', () => {
    const at = hooked();
    const hook = readFileSync(join(at.path, HOOK), 'utf8').replace(
      /\$\(.* git-message/,
      '$(/no/such/program git-message',
    );
    writeFileSync(join(at.path, HOOK), hook);
    at.set(SONG, louder);
    expect(at.commit('-m', 'mine').code).toBe(0);
  });

  it('[CLI-50] a hook of somebody else is never written over, nor taken away', () => {
    const at = repository();
    at.file(HOOK, '#!/bin/sh\necho mine\n');
    chmodSync(join(at.path, HOOK), 0o755);
    expect(at.livetree('git-setup', '--hook').out).toContain('Left alone: there is a hook already');
    at.livetree('git-setup', '--undo');
    expect(at.read(HOOK)).toBe('#!/bin/sh\necho mine\n');
    at.git('config', 'core.hooksPath', 'shared hooks');
    expect(at.livetree('git-setup', '--hook').out).toContain('core.hooksPath is set');
    expect(existsSync(join(at.path, 'shared hooks'))).toBe(false);
  });
});

describe('livetree git-message', () => {
  it('[CLI-51] tells of every staged Set: changed, new, renamed, deleted, unreadable', () => {
    const at = repository();
    for (const name of ['Ändern.als', 'Weg.als', 'Alt.als', 'Defekt.als'])
      at.set(name, (xml) => `${xml}<!-- ${name} -->`);
    expect(at.livetree('git-message')).toMatchObject({ code: 0, out: '' });
    at.commit('-m', 'first');
    at.set('Ändern.als', faster);
    at.git('rm', '--quiet', 'Weg.als');
    at.git('mv', 'Alt.als', 'Neu.als');
    at.file('Defekt.als', 'no Set');
    copyFileSync(SMALL, join(at.path, 'Da.als'));
    at.git('add', '--all');
    expect(at.livetree('git-message').out.split('\n')).toEqual([
      '5 Sets: Da, Defekt, Alt, Weg, Ändern',
      '',
      'Da: added',
      '',
      'Defekt: changed',
      '',
      'Alt: renamed Neu',
      '',
      'Weg: deleted',
      '',
      'Ändern: Tempo 124 → 126 BPM',
      '',
    ]);
  });

  it('[CLI-51] a Set renamed and changed at once is one Set', () => {
    const at = repository();
    at.set('Alt.als', (xml) => xml);
    at.commit('-m', 'first');
    at.git('mv', 'Alt.als', 'Neu.als');
    at.set('Neu.als', faster);
    at.git('add', '--all');
    expect(at.livetree('git-message').out).toBe('Tempo 124 → 126 BPM\n\n- Alt renamed Neu\n');
  });
});
