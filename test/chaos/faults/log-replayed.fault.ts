import { until } from '../../../tools/local/guarded.mjs';
import { type Stack, withClient } from '../stack.js';
import { readEnds } from '../oracle/topic.js';
import { SECTORS } from '../message.js';
import type { Fault } from './fault.js';

const GENERATION = 2;

/** The whole log from its beginning onto the full registry, as a second generation: all of it is known already. */
export const logReplayed: Fault = {
  name: 'F38 topics replayed onto the full registry',
  targetMs: 30_000,
  async inject({ stack, run }) {
    const ends = await readEnds(
      stack.brokers,
      SECTORS.map((sector) => `simpul.${sector}.events.v1`),
    );
    const total = [...ends.values()].reduce((sum, end) => sum + end, 0n);
    stack.spare.variants.push({ env: { GROUP_ID: `chaos-${run}`, LOG_GENERATION: String(GENERATION) } });
    await stack.spare.start();
    await until(async () => ((await countRead(stack)) >= Number(total) ? true : undefined), {
      withinMs: 120_000,
      what: 'the log is read a second time',
    });
    return async () => void (await stack.spare.stop());
  },
};

async function countRead({ databaseUrl }: Stack): Promise<number> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ read: number }>(
      `SELECT coalesce(sum(next_offset - first_offset), 0)::float8 AS read FROM operations.log_position WHERE generation = $1`,
      [GENERATION],
    );
    return rows[0]?.read ?? 0;
  });
}
