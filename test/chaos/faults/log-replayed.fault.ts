import { until } from '../../../tools/local/guarded.mjs';
import { withClient } from '../stack.js';
import { readEnds } from '../oracle/topic.js';
import { SECTORS } from '../message.js';
import { failed, type Fault } from './fault.js';

const GENERATION = 2;
const applied = new WeakMap<object, number>();

/** The whole log from its beginning onto the full registry, as a second generation: all of it is known already. */
export const logReplayed: Fault = {
  name: 'F38 topics replayed onto the full registry',
  targetMs: 30_000,
  async inject(scene) {
    const { stack, run } = scene;
    const ends = await readEnds(
      stack.brokers,
      SECTORS.map((sector) => `simpul.${sector}.events.v1`),
    );
    const total = [...ends.values()].reduce((sum, end) => sum + end, 0n);
    stack.spare.variants.push({ env: { GROUP_ID: `chaos-${run}`, LOG_GENERATION: String(GENERATION) } });
    await stack.spare.start();
    const read = () =>
      withClient(stack.databaseUrl, async (client) => {
        const { rows } = await client.query<{ read: number; applied: number }>(
          `SELECT coalesce((SELECT sum(next_offset - first_offset) FROM operations.log_position WHERE generation = $1), 0)::float8 AS read,
             coalesce((SELECT sum(applied) FROM operations.log_counter WHERE generation = $1), 0)::float8 AS applied`,
          [GENERATION],
        );
        return rows[0] ?? { read: 0, applied: 0 };
      });
    await until(async () => ((await read()).read >= Number(total) ? true : undefined), {
      withinMs: 120_000,
      what: 'the log is read a second time',
    });
    applied.set(scene, (await read()).applied);
    return async () => void (await stack.spare.stop());
  },
  expect: (_evidence, scene) => {
    const again = applied.get(scene) ?? -1;
    return again === 0 ? [] : [failed(`${again} events of the replay were applied anew`)];
  },
};
