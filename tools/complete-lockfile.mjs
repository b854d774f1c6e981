// npm leaves out of the lockfile those per-platform packages that the registry in use does not serve, and `npm ci` then
// refuses the lockfile. This adds them. Run it after every `npm install` that changes the lockfile.
import { readFileSync, writeFileSync } from 'node:fs';

const platform = /(android|darwin|freebsd|linux|openharmony|win32)-(x64|ia32|arm64|arm|ppc64|s390x|riscv64|loong64)/;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const [, os, cpu] = platform.exec(name) ?? [];
    const known = lock.packages[`${path}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
    if (!os || !/^\d/.test(version) || known) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(entry.dev && { dev: true }),
      optional: true,
      os: [os],
    };
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
