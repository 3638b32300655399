#!/usr/bin/env node
import { createOutput } from './output.ts';
import { runProgram } from './program.ts';

// The reader of a pipe may leave at any time (head, less): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runProgram(process.argv.slice(2), createOutput(process.stdout, process.stderr));
