// pg_basebackup in small, for it does not come with the binaries from npm: BASE_BACKUP over the replication protocol
// (PostgreSQL 15 or later), so it works with any server that lets this login replicate, here or far away.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { createZstdCompress } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';

/** The data folder as one tar, compressed, and the list of its files with their SHA-256, as PostgreSQL made it. */
export const BASE_FILE = 'base.tar.zst';
export const MANIFEST_FILE = 'backup_manifest';

const COMMAND = `BASE_BACKUP (LABEL 'simpul', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')`;

/** The part of the connection that is used: to slow the server down while the disk is busy. */
interface Wire {
  query(text: string): void;
  stream: { pause(): unknown; resume(): unknown };
}

/** Writes a base backup of the whole server into the folder. Returns the first WAL position that a restore needs. */
export async function takeBaseBackup(url: string, folder: string): Promise<string> {
  const place = new URL(url);
  place.searchParams.set('replication', 'database');
  const client = new pg.Client({ connectionString: place.href });
  await client.connect();
  try {
    const base = createZstdCompress();
    const manifest = createWriteStream(join(folder, MANIFEST_FILE), { mode: 0o600 });
    const written = pipeline(base, createWriteStream(join(folder, BASE_FILE), { mode: 0o600 }));
    const stream = client.query(new BackupStream(base, manifest));
    const [start] = await Promise.all([stream.done, written, ended(manifest)]);
    return start;
  } finally {
    await client.end();
  }
}

const ended = (stream: Writable): Promise<void> =>
  new Promise((done, failed) => void stream.once('finish', done).once('error', failed));

/** What pg calls while the answer to BASE_BACKUP comes in. */
class BackupStream {
  readonly done: Promise<string>;
  private readonly settle: { resolve: (start: string) => void; reject: (error: Error) => void };
  private target: Writable | undefined;
  private archives = 0;
  private waits = false;
  private start: string | undefined;

  constructor(
    private readonly base: Writable,
    private readonly manifest: Writable,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.done = promise;
    this.settle = { resolve, reject };
  }

  submit(connection: pg.Connection): void {
    (connection as unknown as Wire).query(COMMAND);
  }

  handleRowDescription(): void {}

  /** The first row of the answer is the start: WAL position and timeline. */
  handleDataRow({ fields }: { fields: string[] }): void {
    this.start ??= fields[0];
  }

  handleCommandComplete(): void {}

  /** Each message begins with what it is: a new archive, the manifest, data of the one before, or progress. */
  handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire): void {
    switch (String.fromCharCode(chunk[0] ?? 0)) {
      case 'n':
        this.archives += 1;
        this.target = this.archives === 1 ? this.base : undefined;
        return;
      case 'm':
        this.target = this.manifest;
        return;
      case 'd':
        // A copy: pg reuses the memory of what it read.
        return this.write(Buffer.from(chunk.subarray(1)), wire);
    }
  }

  private write(bytes: Buffer, { stream }: Wire): void {
    if (!this.target || this.target.write(bytes) || this.waits) return;
    this.waits = true;
    stream.pause();
    this.target.once('drain', () => {
      this.waits = false;
      stream.resume();
    });
  }

  handleError(error: Error): void {
    this.fail(error);
  }

  handleReadyForQuery(): void {
    if (this.archives !== 1) return this.fail(new Error('A server with tablespaces of its own cannot be backed up so'));
    if (this.start === undefined) return this.fail(new Error('The server gave no backup'));
    this.base.end();
    this.manifest.end();
    this.settle.resolve(this.start);
  }

  private fail(error: Error): void {
    this.settle.reject(error);
    this.base.destroy(error);
    this.manifest.destroy(error);
  }
}
