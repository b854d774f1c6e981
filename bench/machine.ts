import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { withConnection } from '@simpul/database';

/** What a figure was measured on: without it, it says nothing. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGiB: number;
  node: string;
  postgres: string;
  kafka: string;
}

/** `url` of the database that was measured with. */
export async function lookAtMachine(url: string): Promise<Machine> {
  const processors = cpus();
  return {
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: await postgresVersion(url),
    kafka: kafkaVersion(),
  };
}

async function postgresVersion(url: string): Promise<string> {
  const { rows } = await withConnection(url, (client) =>
    client.query<{ server_version: string }>('SHOW server_version'),
  );
  return rows[0]?.server_version ?? 'unknown';
}

/** A broker does not tell its version; ours is the one that is fetched. */
function kafkaVersion(): string {
  const pom = 'tools/local/kafka/pom.xml';
  const text = existsSync(pom) ? readFileSync(pom, 'utf8') : '';
  return /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([\d.]+)</u.exec(text)?.[1] ?? 'unknown';
}
