/** A real browser, and the built page. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const require = createRequire(import.meta.url);

/** Where a Chromium is, if there is one; `CHROMIUM` names another. */
export const chromiumPath: string | undefined = [process.env['CHROMIUM'], ...CANDIDATES].find(
  (path) => path !== undefined && existsSync(path),
);

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Builds the page as it ships. @returns the folder */
export function buildPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'livetree-viewer-'));
  const vite = join(require.resolve('vite/package.json'), '..', 'bin', 'vite.js');
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd,
    env,
  });
  return folder;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** What the hub allows the page: nothing but itself. */
const POLICY = "default-src 'self'";

/** Serves the files of a folder, under the policy of the hub. */
export const pageIn =
  (folder: string): RequestListener =>
  (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) response.writeHead(404).end();
    else
      response
        .writeHead(200, {
          'content-type': TYPES[extname(file)] ?? 'text/plain',
          'content-security-policy': POLICY,
        })
        .end(readFileSync(file));
  };

export const axeSource = (): string => readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
