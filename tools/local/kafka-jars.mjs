// Fetches the jars of Apache Kafka once per version, with Maven, into a cache of the user.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder, projectFolder } from './places.mjs';

const pom = join(projectFolder, 'tools/local/kafka/pom.xml');

/**
 * Said when this computer cannot run Kafka. One sentence, in both languages.
 * @param {string} missing
 */
const missingWords = (missing) =>
  `${missing} is missing: install Java 17 or newer and Maven (Debian: apt-get install openjdk-17-jre-headless maven), or set KAFKA_BROKERS to a broker of yours.\n` +
  `${missing} tidak ditemukan: pasang Java 17 atau yang lebih baru dan Maven (Debian: apt-get install openjdk-17-jre-headless maven), atau isi KAFKA_BROKERS dengan alamat broker Anda.`;

/**
 * @param {string} command
 * @param {string} flag
 */
function isThere(command, flag) {
  try {
    execFileSync(command, [flag], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder with the jars.
 * @param {(line: string) => void} progress
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export async function kafkaJars(progress, signal) {
  if (!isThere('java', '-version')) throw new Error(missingWords('Java'));
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 16);
  const folder = join(cacheFolder(), `kafka-${version}`);
  if (existsSync(folder)) return folder;
  if (!isThere('mvn', '--version')) throw new Error(missingWords('Maven'));
  mkdirSync(cacheFolder(), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  await download(draft, progress, signal);
  // Two first runs at once: the first folder stays, whoever made it.
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else renameSync(draft, folder);
  return folder;
}

/**
 * @param {string} folder
 * @param {(line: string) => void} progress
 * @param {AbortSignal} [signal]
 */
async function download(folder, progress, signal) {
  progress('Fetching Apache Kafka (44 MB, once per computer)');
  const args = ['-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const maven = spawn('mvn', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(maven, 'exit');
  signal?.addEventListener('abort', () => maven.kill(), { once: true });
  /** @type {string[]} */
  const said = [];
  maven.stderr.on('data', (/** @type {Buffer} */ chunk) => said.push(String(chunk)));
  let jars = 0;
  for await (const line of createInterface({ input: maven.stdout })) {
    said.push(line);
    if (/Downloaded from .*\.jar /.test(line)) {
      jars += 1;
      if (jars % 20 === 0) progress(`  ${jars} files`);
    }
  }
  const [code] = await ended;
  if (code === 0) return;
  rmSync(folder, { recursive: true });
  signal?.throwIfAborted();
  throw new Error(`Maven could not fetch Apache Kafka (code ${code}):\n${said.slice(-15).join('\n')}`);
}
