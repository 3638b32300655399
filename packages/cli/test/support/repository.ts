/** Real git repositories in temporary folders, without the configuration of who runs the tests. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BIN, DEMO, plainEnv } from './run.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export class Repository {
  readonly path: string;
  readonly #env: NodeJS.ProcessEnv;

  /** @param parent a folder; the repository has blanks and other letters than ASCII in its name */
  constructor(parent: string, name = 'Nachtbus für 日本') {
    this.path = join(parent, name);
    mkdirSync(this.path);
    const home = join(parent, `home of ${name}`);
    mkdirSync(home);
    this.#env = plainEnv({
      ...{ HOME: home, XDG_CONFIG_HOME: join(home, 'config'), GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true' },
      ...{
        GIT_AUTHOR_NAME: 'n',
        GIT_AUTHOR_EMAIL: 'n@e',
        GIT_COMMITTER_NAME: 'n',
        GIT_COMMITTER_EMAIL: 'n@e',
      },
    });
    for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete this.#env[name];
    this.git('init', '--quiet', '.');
    this.git('config', 'core.quotePath', 'false');
  }

  /** Runs git; fails the test when git does. */
  git(...args: readonly string[]): string {
    const { code, out, err } = this.tryGit(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${err}`);
    return out;
  }

  tryGit(...args: readonly string[]): Ran {
    return this.#run('git', args);
  }

  /** Runs the built command in the repository. */
  livetree(...args: readonly string[]): Ran {
    return this.#run(process.execPath, [BIN, ...args]);
  }

  /** Puts a Set there: the demo, with other text in its XML where that is asked for. */
  set(name: string, change?: (xml: string) => string): void {
    const path = join(this.path, name);
    if (change === undefined) copyFileSync(DEMO, path);
    else writeFileSync(path, change(gunzipSync(readFileSync(DEMO)).toString('utf8')));
  }

  file(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  /** Stages everything and commits as a user who takes the message that is offered. */
  commit(...args: readonly string[]): Ran {
    this.git('add', '--all');
    return this.tryGit('commit', '--quiet', ...args);
  }

  lastMessage(): string {
    return this.git('log', '-1', '--format=%B').trimEnd();
  }

  #run(command: string, args: readonly string[]): Ran {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: this.path,
      env: this.#env,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    return { code: status, out: stdout, err: stderr };
  }
}
