import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../stack.js';
import type { Fault } from './fault.js';

/** The product's role may have two connections only, and loses those that it has. */
export const connectionsExhausted: Fault = {
  name: 'F27 connections exhausted',
  targetMs: 20_000,
  async inject({ stack }, random) {
    await withClient(stack.databaseUrl, async (client) => {
      await client.query('ALTER ROLE simpul_app CONNECTION LIMIT 2');
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'simpul_app'");
      await pause(random.whole(3_000, 6_000));
      await client.query('ALTER ROLE simpul_app CONNECTION LIMIT -1');
    });
  },
};
