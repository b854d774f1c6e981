import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { until } from '../../../tools/local/guarded.mjs';
import type { Random } from '../random.js';
import { withClient } from '../stack.js';
import { failed, type Fault } from './fault.js';

const ROUNDS = 12;
const deadlocks = new WeakMap<object, number>();

/**
 * A session takes the registry's rows against the order of all its writers: records from the highest id down, then the
 * positions. It never gives way, so the ingest is ended with 40P01 each time, tries again and goes on.
 */
export const deadlocked: Fault = {
  name: 'F30 deadlocks',
  targetMs: 10_000,
  async inject(scene, random) {
    await withClient(scene.stack.databaseUrl, async (client) => {
      const before = await countDeadlocks(client);
      await whileNoticed(client, async () => {
        for (let round = 0; round < ROUNDS; round++) await lockAgainstTheOrder(client, random);
      });
      const count = async () => (await countDeadlocks(client)) - before || undefined;
      const found = await until(count, { withinMs: 15_000, what: 'a deadlock with the ingest' });
      scene.history.note(`${found} deadlocks`);
      deadlocks.set(scene, found);
    });
  },
  expect: (_evidence, scene) => (deadlocks.get(scene) ? [] : [failed('no deadlock came about')]),
};

/** The ingest waits for a lock for a second at most: the server must look for deadlocks before that. */
async function whileNoticed(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("ALTER SYSTEM SET deadlock_timeout = '200ms'");
  await client.query('SELECT pg_reload_conf()');
  try {
    await work();
  } finally {
    await client.query('ALTER SYSTEM RESET deadlock_timeout');
    await client.query('SELECT pg_reload_conf()');
  }
}

/** Families are spoken of in nearly every batch of the social sector. */
async function lockAgainstTheOrder(client: pg.Client, random: Random): Promise<void> {
  await client.query('BEGIN');
  await client.query("SET LOCAL deadlock_timeout = '1min'");
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM registry.record WHERE kind = 'family' ORDER BY id DESC",
  );
  for (const { id } of rows) await client.query('SELECT FROM registry.record WHERE id = $1 FOR UPDATE', [id]);
  await pause(random.whole(200, 400));
  await client.query('SELECT FROM operations.log_position ORDER BY topic DESC, partition DESC FOR UPDATE');
  await client.query('COMMIT');
  await pause(random.whole(50, 300));
}

async function countDeadlocks(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ deadlocks: number }>(
    'SELECT deadlocks::float8 AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]?.deadlocks ?? 0;
}
