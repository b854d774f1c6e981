// Starts each built app once with plain Node: `main.js --check` builds the Nest app with the configuration's defaults,
// without servers and without listening, and exits 0. Jest's loader offers every named import of a CommonJS package,
// Node does not: a wrong one is seen only here. libs/process implements --check.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { NODE_FLAGS } from './node-flags.mjs';

const mains = readdirSync('apps')
  .filter((app) => existsSync(`apps/${app}/src/main.ts`))
  .map((app) => `dist/apps/${app}/src/main.js`);
const failed = mains.filter((main) => {
  const { status } = spawnSync(process.execPath, [...NODE_FLAGS, main, '--check'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 60_000,
  });
  console.log(`${status === 0 ? 'starts' : 'DOES NOT START'}  ${main}`);
  return status !== 0;
});
process.exit(failed.length > 0 || mains.length === 0 ? 1 : 0);
