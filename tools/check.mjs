// Everything that must hold before a change is done, in the order of how soon it tells. Stops at the first failure.
// The last line is always `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const report = '.simpul/tests.json';
const npm = (/** @type {string} */ script) => ({ name: script, command: ['npm', 'run', '--silent', script] });
const steps = [
  npm('format:check'),
  npm('lint'),
  npm('types'),
  npm('boundaries'),
  npm('unused'),
  npm('build'),
  npm('docs:check'),
  { name: 'start of every built app', command: [process.execPath, 'tools/start-built-apps.mjs'] },
  {
    name: 'test',
    command: [process.execPath, 'tools/test.mjs', '--json', `--outputFile=${report}`, '--silent=false'],
  },
  npm('chaos'),
];

/** @param {{ name: string, command: string[] }} step */
function run({ name, command }) {
  console.log(`\n── ${name}`);
  const from = performance.now();
  const [program = '', ...args] = command;
  // --json makes Jest print the report as well: only what it says on standard error is for people.
  const quiet = args.includes('--json');
  const { status } = spawnSync(program, args, { stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'] });
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  return status === 0;
}

rmSync(report, { force: true });
const failed = steps.find((step) => !run(step));
const tests = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
const passed = tests?.numPassedTests ?? 0;
// A suite that does not load has no failed tests, and a step that failed before the tests is one too.
const bad = Math.max(
  (tests?.numFailedTests ?? 0) + (tests?.numRuntimeErrorTestSuites ?? 0),
  failed || passed === 0 ? 1 : 0,
);
console.log(`\n${passed} passed, ${bad} failed`);
process.exitCode = bad === 0 ? 0 : 1;
