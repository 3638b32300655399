/** The licences of the code of others that is in our files: each asks for its text to come along. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = `# Code of others in this package

LiveTree itself is MIT licensed, see LICENSE. Parts of these packages are in its files, under their own terms.
`;

/** Folder of the package that a module belongs to; `undefined` for our own. */
const packageOf = (path) =>
  /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path.replace(/^\0/, ''))?.[1];

function notice(folder) {
  const { name, version, license, author, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const by = [author?.name ?? author, repository?.url ?? repository].filter(Boolean).join(', ');
  const text =
    file === undefined
      ? `By ${by}. The package holds no text of its licence.`
      : readFileSync(join(folder, file), 'utf8').trim();
  return { name, text: `## ${name} ${version} (${license})\n\n${text.replaceAll(/^/gm, '> ').trimEnd()}\n` };
}

/**
 * The text of THIRD-PARTY-NOTICES.md.
 * @param output chunks of Rolldown, with their modules
 * @param page what Vite wrote for the page
 */
export function noticesOf(output, page) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
  const folders = new Set(modules.map(packageOf).filter((folder) => folder !== undefined));
  const notices = [...folders].map(notice).sort((a, b) => a.name.localeCompare(b.name));
  const inPage = page.slice(page.indexOf('\n## '));
  return [HEAD, '# In the tool\n', ...notices.map(({ text }) => text), '# In the page', inPage].join('\n');
}
