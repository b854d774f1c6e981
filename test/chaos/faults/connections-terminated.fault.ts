import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../stack.js';
import { failed, type Fault } from './fault.js';

const deaths = new WeakMap<object, number>();
const ROUNDS = 4;

/** Every connection of the product ends, again and again; no process may die of it. */
export const connectionsTerminated: Fault = {
  name: 'F26 connections terminated',
  targetMs: 10_000,
  async inject(scene, random) {
    const { stack } = scene;
    deaths.set(scene, deathsOf(stack.apps));
    await withClient(stack.databaseUrl, async (client) => {
      for (let round = 0; round < ROUNDS; round++) {
        await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'simpul_app'");
        await pause(random.whole(300, 900));
      }
    });
  },
  expect: (_evidence, scene) =>
    deathsOf(scene.stack.apps) > (deaths.get(scene) ?? 0) ? [failed('a process died of a lost connection')] : [],
};

const deathsOf = (apps: readonly { deaths: number }[]): number => apps.reduce((sum, app) => sum + app.deaths, 0);
