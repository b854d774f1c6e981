import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, projectFolder } from '../tools/local/places.mjs';

const run = promisify(execFile);
const SOURCE = join(projectFolder, 'bench/peers/java-consumer');
const FILES = ['pom.xml', 'src/main/java/peer/batch-consumer.java'];

/** The class path of the Java peer, built by Maven once for each version of its files. */
export async function javaConsumer(say: (line: string) => void, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
  const folder = join(cacheFolder(), `java-consumer-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) await build(folder, say, signal);
  return join(folder, '*');
}

async function build(folder: string, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  say('Building the Java consumer with Maven');
  const draft = mkdtempSync(`${folder}.`);
  const goals = ['package', 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
  try {
    await run('mvn', ['-q', '-B', '-f', join(SOURCE, 'pom.xml'), `-Dpeer.output=${draft}`, ...goals], { signal });
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
