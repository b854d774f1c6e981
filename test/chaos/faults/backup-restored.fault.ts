import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { withClient } from '../stack.js';
import type { Fault } from './fault.js';

/**
 * The database goes back to an earlier state under running processes, as it does when a lagging standby takes over or a
 * backup is restored: positions go back with the data, and the log gives what is missing.
 */
export const backupRestored: Fault = {
  name: 'F48 restored backup',
  targetMs: 30_000,
  async inject({ stack }, random) {
    const server = new URL(stack.databaseUrl);
    server.pathname = '/postgres';
    await withClient(server.href, async (client) => {
      await withoutConnections(client, () => client.query('CREATE DATABASE simpul_backup TEMPLATE simpul'));
      await pause(random.whole(2_000, 4_000));
      await withoutConnections(client, async () => {
        await client.query('ALTER DATABASE simpul RENAME TO simpul_lost');
        await client.query('ALTER DATABASE simpul_backup RENAME TO simpul');
      });
      await client.query('DROP DATABASE simpul_lost WITH (FORCE)');
    });
  },
};

/** A database can be copied or renamed only while nobody is connected to it. */
async function withoutConnections(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  await client.query('ALTER DATABASE simpul ALLOW_CONNECTIONS false');
  await client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'simpul'");
  await work();
  await client.query('ALTER DATABASE simpul ALLOW_CONNECTIONS true');
}
