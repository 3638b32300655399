/**
 * `node scripts/count-tests.mjs VITEST_STATUS MORE_FAILED [ALONE_STATUS]`: adds up what `scripts/test.sh` ran, from
 * `.cache/vitest.json`, `.cache/vitest-alone.json` (with a third argument) and `.cache/python-*.log`. Prints "N passed, N failed[, N skipped]"; status 1 on any failure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(import.meta.dirname, '..', '.cache');

const total = (list) =>
  list.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }));

const isBrowserFile = ({ name }) => /browser|viewer/.test(name);

/** Skipped tests of the viewer are failures where a browser is required. */
function browserSkips(report) {
  if (!process.env.LIVETREE_REQUIRE_BROWSER) return 0;
  const tests = report.testResults.filter(isBrowserFile).flatMap((file) => file.assertionResults);
  return tests.filter(({ status }) => status === 'pending' || status === 'skipped').length;
}

/** A run that failed without a failed test (a file that does not load, an error outside of tests) counts one. */
function vitestCounts(name, status) {
  const path = join(CACHE, name);
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const files = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const skipsThatFail = browserSkips(report);
  const failed = report.numFailedTests + files.length + skipsThatFail;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests - skipsThatFail,
  };
}

const number = (log, pattern) => Number(pattern.exec(log)?.[1] ?? 0);

/** Of one log of Python's unittest; a log without its last lines is one failure. */
function pythonCounts(log) {
  if (!/^Ran \d+ tests? in/m.test(log)) return { passed: 0, failed: 1, skipped: 0 };
  const failed =
    number(log, /failures=(\d+)/) + number(log, /errors=(\d+)/) + number(log, /unexpected successes=(\d+)/);
  const skipped = number(log, /skipped=(\d+)/);
  return { passed: Math.max(0, number(log, /^Ran (\d+) tests? in/m) - failed - skipped), failed, skipped };
}

const pythonLogs = () =>
  existsSync(CACHE)
    ? readdirSync(CACHE)
        .filter((name) => /^python-.*\.log$/.test(name))
        .map((name) => readFileSync(join(CACHE, name), 'utf8'))
    : [];

/** Titles of failed tests, so that the end of a long log says which. */
const vitestFailures = (name) =>
  existsSync(join(CACHE, name))
    ? JSON.parse(readFileSync(join(CACHE, name), 'utf8')).testResults.flatMap((file) =>
        file.status === 'failed' && file.assertionResults.length === 0
          ? [file.name]
          : file.assertionResults
              .filter((test) => test.status === 'failed')
              .map(
                (test) => `${test.fullName}: ${(test.failureMessages[0] ?? '').split('\n')[0].slice(0, 160)}`,
              ),
      )
    : [];

/** A run that ended badly though each of its tests passed: an error outside of tests. */
function endedBadly(name, status) {
  if (status === 0 || vitestFailures(name).length > 0) return [];
  return [`${name}: vitest ended with status ${status}; look for "Unhandled Errors" above`];
}

const pythonFailures = (log) => [...log.matchAll(/^(?:FAIL|ERROR): (.*)$/gm)].map(([, title]) => title);

const [status, more, alone] = process.argv.slice(2).map(Number);
const { passed, failed, skipped } = total([
  { passed: 0, failed: more, skipped: 0 },
  vitestCounts('vitest.json', status),
  ...(alone === undefined ? [] : [vitestCounts('vitest-alone.json', alone)]),
  ...pythonLogs().map(pythonCounts),
]);
const failures = [
  ...['vitest.json', 'vitest-alone.json'].flatMap(vitestFailures),
  ...endedBadly('vitest.json', status),
  ...(alone === undefined ? [] : endedBadly('vitest-alone.json', alone)),
  ...pythonLogs().flatMap(pythonFailures),
];
for (const title of failures) console.log(`FAILED TEST ${title}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
