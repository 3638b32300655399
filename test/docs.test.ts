/** What the pages for people promise is so: their links, their rules, their tables. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const rules = new Set([...text('SPEC.md').matchAll(/^- \*\*([A-Z0-9]+-\d+)\*\*/gm)].map(([, rule]) => rule));
const RULE = /\b(?:[A-Z]+|E2E)-\d+\b/g;

/** Files below a folder whose name ends so. */
function files(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (['node_modules', 'dist', 'test', 'tests', '__pycache__'].includes(entry.name)) return [];
    if (entry.isDirectory()) return files(path, endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

/** Files whose text matches. */
const using = (paths: readonly string[], pattern: RegExp): readonly string[] =>
  paths.filter((path) => pattern.test(text(path)));

/** Rows of tables below a heading: their cells. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  [...page.matchAll(/^\| (.*) \|$/gm)]
    .map(([, row = '']) => row.split(/(?<!\\) ?\| ?/))
    .filter(([first = '']) => !first.startsWith('--'));

describe('what LiveTree never does (README.md)', () => {
  const box = text('README.md').match(/^> - .*$/gm) ?? [];
  const links = box.flatMap((clause) => [...clause.matchAll(/\[test\]\(([^)]+)\), ([A-Z0-9, to-]*\d)/g)]);

  it('[DOCS-2] each clause links to tests, and each test shows the rules beside its link', () => {
    expect(box.length).toBeGreaterThan(3);
    for (const clause of box) expect(clause).toMatch(/\(\[test\]\(/);
    for (const [, path = '', named = ''] of links) {
      const wanted = named.match(RULE) ?? [];
      expect(wanted.length, path).toBeGreaterThan(0);
      for (const rule of wanted) {
        expect(rules.has(rule), rule).toBe(true);
        expect(text(path), `${path} shows ${rule}`).toContain(`[${rule}]`);
      }
    }
  });
});

describe('SECURITY.md', () => {
  it('[DOCS-3] each guard names the rules that show it, and they exist', () => {
    const guards = rowsOf(text('SECURITY.md')).slice(1);
    expect(guards.length).toBeGreaterThan(10);
    for (const [who = '', , guard = '', shown = ''] of guards) {
      const named = shown.match(RULE) ?? [];
      expect(named.length, `${who}: ${guard}`).toBeGreaterThan(0);
      expect(named.filter((rule) => !rules.has(rule))).toEqual([]);
    }
  });

  it('[DOCS-4] no code of the page makes HTML or code of a text', () => {
    const pages = files('packages/viewer/src', ['.ts', '.svelte']);
    expect(pages.length).toBeGreaterThan(20);
    const making = /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/;
    expect(using(pages, making)).toEqual([]);
  });

  it('[DOCS-5] script and Hammerspoon module connect to this computer only, and the script writes its spool only', () => {
    const script = files('remote-script/LiveTree', ['.py']);
    expect(script.length).toBeGreaterThan(30);
    const wire = 'remote-script/LiveTree/wire';
    expect(using(script, /import socket|urllib|http\.client|smtplib|subprocess|os\.system|ctypes/)).toEqual([
      `${wire}/commands.py`,
      `${wire}/socket_io.py`,
    ]);
    // Who makes a stream says where to: the session, to this computer.
    expect(using(script, /TcpStream\(/)).toEqual([`${wire}/session.py`, `${wire}/socket_io.py`]);
    expect(text(`${wire}/session.py`)).toMatch(/^HOST = "127\.0\.0\.1"$/m);
    expect(text(`${wire}/session.py`).match(/TcpStream\(.*/g)).toEqual(['TcpStream(HOST, port)']);
    expect(text(`${wire}/commands.py`)).toMatch(/^HOST = "127\.0\.0\.1"$/m);
    expect(text(`${wire}/commands.py`).match(/\.bind\(.*/g)).toEqual(['.bind((HOST, port))']);
    const writing =
      /os\.open\(|\bopen\([^)]*["'][rb]*[wax+]|os\.(rename|replace|remove|unlink|makedirs|mkdir)\(/;
    expect(using(script, writing)).toEqual([`${wire}/removal.py`, `${wire}/spool.py`]);
    const lua = text('hammerspoon/livetree.lua');
    expect(lua.match(/:connect\(.*?,/g)).toEqual([':connect("127.0.0.1",']);
    expect(lua).not.toMatch(/os\.execute|io\.popen|hs\.execute|hs\.task|"w"/);
  });
});

describe('docs/errors.md and docs/protocol.md', () => {
  const sources = files('packages/live-set/src', ['.ts']).map(text).join('\n');

  it('[DOCS-6] the table of what is unusual names each code that a reader gives, and no other', () => {
    const given = [...sources.matchAll(/(?:odd\(\s*|oddities\.push\(\{ code: |code: )'([A-Z]+_[A-Z_]+)'/g)];
    const table = text('docs/errors.md').split('\n## What is only unusual\n')[1] ?? '';
    const named = rowsOf(table)
      .slice(1)
      .flatMap(([codes = '']) => [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']) => code));
    const errors = new Set([...text('docs/errors.md').matchAll(/^### (\w+)$/gm)].map(([, code]) => code));
    const odd = new Set(given.map(([, code = '']) => code).filter((code) => !errors.has(code)));
    expect(named.length).toBeGreaterThan(8);
    expect(named.toSorted()).toEqual([...odd].toSorted());
  });

  it('[DOCS-7] the codes of a refusal are those that the hub gives', () => {
    const hub = files('packages/hub/src', ['.ts']).filter((path) => !path.includes('/live/'));
    const given = hub.flatMap((path) => [
      ...text(path).matchAll(
        /(?:refuse\(out, request, |refusal\(request, |\bcode: |error\.code : )'([A-Z_]+)'/g,
      ),
    ]);
    const section = text('docs/protocol.md').split('\n## Codes of a refusal\n')[1]?.split('\n## ')[0] ?? '';
    const named = section.match(/\b[A-Z]+_?[A-Z_]+\b/g) ?? [];
    const codes = [...new Set(given.map(([, code = '']) => code))];
    expect(codes.length).toBeGreaterThan(5);
    expect(named.toSorted()).toEqual(codes.toSorted());
  });
});

describe('docs/verify-in-live.md', () => {
  const page = text('docs/verify-in-live.md');

  it('[DOCS-8] answers each open question by a step or says why not, in twenty minutes, with a form for all', () => {
    const questions = [...text('docs/live-api.md').matchAll(/^- \*\*(Q\d+)\*\*/gm)].map(
      ([, name = '']) => name,
    );
    expect(questions.length).toBeGreaterThan(8);
    const steps = rowsOf(page).slice(1);
    const asked = new Set(steps.flatMap((cells) => cells.at(-1)?.match(/Q\d+/g) ?? []));
    const notAsked = /^(Q.*) are asked by none/m.exec(page)?.[1]?.match(/Q\d+/g) ?? [];
    expect([...asked, ...notAsked].toSorted()).toEqual(questions.toSorted());
    expect(steps.reduce((sum, [, minutes]) => sum + Number(minutes), 0)).toBe(20);
    const form = page.split('LiveTree in a real Live\n')[1] ?? '';
    for (const [step = ''] of steps) expect(form).toMatch(new RegExp(`^ ?${step}:$`, 'm'));
    for (const name of asked) expect(form).toMatch(new RegExp(`^${name} .*:$`, 'm'));
  });

  it('[DOCS-8] asks port 9001 and the figures for what is there', () => {
    const port = text('docs/port-9001.md');
    for (const [, line = ''] of page.matchAll(/`echo '(\w+)'/g)) expect(port).toContain(`### \`${line}\``);
    for (const [, each = ''] of page.matchAll(/in ([a-z ]+); do echo/g))
      for (const command of each.split(' ')) expect(port).toContain(`### \`${command}\``);
    for (const name of ['pumpMsP99', 'msPerSecond', 'listeners', 'mismatches']) {
      expect(page).toContain(name === 'mismatches' ? 'Mismatches' : name);
      expect(port).toContain(`"${name}"`);
    }
  });
});

describe('links', () => {
  it('[DOCS-9] every link of the pages for people leads to a file, and to a heading of it', () => {
    const pages = [
      'README.md',
      'SECURITY.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'hammerspoon/README.md',
    ].concat(files('docs', ['.md']));
    const slug = (heading: string): string =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
    const broken = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\(([^)#\s:]*)(?:#([^)\s]*))?\)/g)].flatMap(([, path = '', anchor]) => {
        const target = path === '' ? page : join(page, '..', path);
        if (!existsSync(join(ROOT, target))) return [`${page}: ${path}`];
        if (anchor === undefined || !target.endsWith('.md')) return [];
        const headings = [...text(target).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
        return headings.includes(anchor) ? [] : [`${page}: ${path}#${anchor}`];
      }),
    );
    expect(broken).toEqual([]);
  });
});
