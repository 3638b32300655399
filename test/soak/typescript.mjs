/** Lets plain Node import the TypeScript of the tests: types are taken away, nothing else is done. */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import typescript from 'typescript';

const OPTIONS = { target: 'es2023', module: 'esnext', verbatimModuleSyntax: true };

/** A loader's hook (Node's `node:module`). */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const source = await readFile(fileURLToPath(url), 'utf8');
  const { outputText } = typescript.transpileModule(source, { compilerOptions: OPTIONS, fileName: url });
  return { format: 'module', source: outputText, shortCircuit: true };
}

if (isMainThread) register(import.meta.url);
