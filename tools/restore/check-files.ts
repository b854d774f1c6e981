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
  for (const { Path, Size, Checksum, ...rest } of readManifest(join(backup, MANIFEST_FILE)).Files) {
    const path = Path ?? Buffer.from(rest['Encoded-Path'] ?? '', 'hex').toString();
    const size = statSync(join(data, path), { throwIfNoEntry: false })?.size;
    if (size === undefined) differences.push(`${path} is missing`);
    else if (size !== Size) differences.push(`${path} has ${size} bytes, not ${Size}`);
    else if (Checksum !== undefined && (await sha256(join(data, path))) !== Checksum)
      differences.push(`${path} is damaged`);
  }
  return differences;
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
