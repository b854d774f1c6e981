// Prints the path of a browser for tests. It is unpacked once per version; BROWSER_PATH names another one.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../../tools/local/places.mjs';

const packageFile = join(projectFolder, 'node_modules/@sparticuz/chromium/package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));

async function unpacked() {
  const folder = join(cacheFolder(), `browser-${version}`);
  if (existsSync(folder)) return join(folder, 'chromium');
  const working = mkdtempSync(`${folder}-`);
  // The package unpacks into the temporary folder, and takes whatever is called chromium there already.
  process.env['TMPDIR'] = working;
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  try {
    renameSync(working, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(working, { recursive: true }); // another run was faster
  }
  return join(folder, 'chromium');
}

process.stdout.write(process.env['BROWSER_PATH'] ?? (await unpacked()));
