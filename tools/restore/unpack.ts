import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { BASE_FILE } from '../backup/base-backup.js';
import { postgresUser } from '../local/places.mjs';

/** Unpacks the data folder of a backup, as the user that PostgreSQL runs as. */
export async function unpackBase(backup: string, data: string): Promise<void> {
  const as = postgresUser();
  const tar = spawn('tar', ['-x', '-f', '-', '-C', data], { stdio: ['pipe', 'ignore', 'pipe'], ...as });
  let said = '';
  tar.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(tar, 'close');
  const unpacked = await Promise.allSettled([
    pipeline(createReadStream(join(backup, BASE_FILE)), createZstdDecompress(), tar.stdin),
    ended,
  ]);
  const [piped] = unpacked;
  if (piped.status === 'fulfilled' && tar.exitCode === 0) return;
  const words = said.trim().split('\n').at(0) ?? '';
  throw new Error(`${join(backup, BASE_FILE)} cannot be unpacked, or is damaged: ${words}`, {
    cause: piped.status === 'rejected' ? piped.reason : undefined,
  });
}
