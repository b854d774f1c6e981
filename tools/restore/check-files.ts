import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MANIFEST_FILE } from '../backup/base-backup.js';

interface Manifest {
  Files: { Path?: string; 'Encoded-Path'?: string; Size: number; Checksum?: string }[];
}

/** Compares every unpacked file with PostgreSQL's own list. Returns what differs, in words; empty when all are as they were. */
export async function checkFiles(backup: string, data: string): Promise<string[]> {
  const differences: string[] = [];
  for (const entry of readManifest(join(backup, MANIFEST_FILE)).Files) {
    const path = entry.Path ?? Buffer.from(entry['Encoded-Path'] ?? '', 'hex').toString();
    const difference = await compare(join(data, path), entry);
    if (difference !== undefined) differences.push(`${path} ${difference}`);
  }
  return differences;
}

async function compare(file: string, { Size, Checksum }: Manifest['Files'][number]): Promise<string | undefined> {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'is missing';
  if (size !== Size) return `has ${size} bytes, not ${Size}`;
  return Checksum !== undefined && (await sha256(file)) !== Checksum ? 'is damaged' : undefined;
}

/** The list ends with its own checksum, over everything before that line. */
function readManifest(file: string): Manifest {
  const text = readFileSync(file);
  const line = text.lastIndexOf('"Manifest-Checksum"');
  const own = /"Manifest-Checksum": "(?<sum>[0-9a-f]{64})"/u.exec(text.subarray(Math.max(line, 0)).toString());
  if (line < 0 || hash('sha256', text.subarray(0, line)) !== own?.groups?.sum) throw new Error(`${file} is damaged`);
  return JSON.parse(text.toString()) as Manifest;
}

async function sha256(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}
