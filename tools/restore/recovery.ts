import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines } from '../local/guarded.mjs';
import { postgresUser } from '../local/places.mjs';
import { binaries, control, isReady } from '../local/postgres.mjs';

export interface RecoveryOptions {
  /** For the socket and the log; removed when this process is killed. */
  folder: string;
  /** The unpacked data folder. */
  data: string;
  archive: string;
  user: string;
  database: string;
  /** Restore point to stop at; without one everything that the archive holds is replayed. */
  upTo?: string;
  /** false: a trial, whose data need not survive a power cut. */
  durable: boolean;
}

export interface RecoveredServer {
  url: string;
  stop(): Promise<void>;
}

// Replaying days of WAL takes its time; a server that ends is noticed at once.
const REPLAY_MS = 6 * 3_600_000;

/**
 * Replays the WAL and opens the server for writing. It is reached through a socket in a closed folder, by nobody else on this computer; its own
 * configuration is not used, and nothing is archived.
 */
export async function recover(options: RecoveryOptions): Promise<RecoveredServer> {
  const socket = join(options.folder, 'socket');
  const signalFile = join(options.data, 'recovery.signal');
  mkdirSync(socket, { mode: 0o700 });
  writeFileSync(join(options.folder, 'postgresql.conf'), '');
  writeFileSync(join(options.folder, 'pg_hba.conf'), 'local all all trust\n');
  writeFileSync(signalFile, '');
  const as = postgresUser();
  if (as) for (const file of [socket, signalFile]) chownSync(file, as.uid, as.gid);
  const url = new URL(`postgres://localhost/${encodeURIComponent(options.database)}`);
  url.username = options.user;
  url.searchParams.set('host', socket);
  const server = control(await prepare(options, url.href), 'The restored server');
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: url.href, stop: () => server.stop() };
}

async function prepare(options: RecoveryOptions, url: string) {
  const { folder, data } = options;
  const user = postgresUser();
  const log = join(folder, 'postgres.log');
  return {
    order: {
      command: join(await binaries(), 'bin', 'postgres'),
      args: ['-D', data, ...settings(options)],
      cwd: data,
      log,
      pidFile: join(folder, 'server.json'),
      stopSignal: 'SIGINT' as const,
      patienceMs: 60_000,
      removeWhenAlone: folder,
      ...(user && { user }),
    },
    readyWithinMs: REPLAY_MS,
    isReady: () => isReady(url),
    why: () => lastLines(log),
  };
}

function settings({ folder, archive, upTo, durable }: RecoveryOptions): string[] {
  const all = {
    config_file: join(folder, 'postgresql.conf'),
    hba_file: join(folder, 'pg_hba.conf'),
    listen_addresses: '',
    unix_socket_directories: join(folder, 'socket'),
    max_connections: '20',
    timezone: 'UTC',
    archive_mode: 'off',
    // Nobody gets in before the replay is done; then the first server's settings that a reader would need do not matter.
    hot_standby: 'off',
    restore_command: `cp "${archive}/%f" "%p"`,
    recovery_target_timeline: 'latest',
    recovery_target_action: 'promote',
    ...(upTo !== undefined && { recovery_target_name: upTo }),
    ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
