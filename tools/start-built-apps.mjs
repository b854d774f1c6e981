// Starts each built app once with plain Node: `main.js --check` builds the Nest app with the configuration's defaults,
// without servers and without listening, and exits 0. Jest's loader offers every named import of a CommonJS package,
// Node does not: a wrong one is seen only here. libs/process implements --check.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { nodeFlagsOf } from './node-flags.mjs';

const apps = readdirSync('apps').filter((app) => existsSync(`apps/${app}/src/main.ts`));
const failed = apps.filter((app) => {
  const main = `dist/apps/${app}/src/main.js`;
  const { status } = spawnSync(process.execPath, [...nodeFlagsOf(app), main, '--check'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 60_000,
  });
  console.log(`${status === 0 ? 'starts' : 'DOES NOT START'}  ${main}`);
  return status !== 0;
});
process.exit(failed.length > 0 || apps.length === 0 ? 1 : 0);
