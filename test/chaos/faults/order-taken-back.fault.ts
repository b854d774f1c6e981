import { until } from '../../../tools/local/guarded.mjs';
import { SECTORS } from '../forms.js';
import { PARTITIONS, type Stack, withClient } from '../stack.js';
import { dieAt } from './die-at.js';
import type { Fault } from './fault.js';

const FAR = 1_000_000;

/**
 * Readers die in the middle of what they were ordered to skip, after they wrote its dead letters, and the order is taken
 * back: the second try judges otherwise than the first, of which nothing may be left.
 */
export const orderTakenBack: Fault = {
  name: 'F19 skip taken back after a death inside the transaction',
  targetMs: 25_000,
  async inject({ stack, run }) {
    const order = (sql: string) => withClient(stack.databaseUrl, (client) => client.query(sql));
    const [first, second] = stack.registries;
    await until(async () => ((await countPositions(stack)) === SECTORS.length * PARTITIONS ? true : undefined), {
      withinMs: 20_000,
      what: 'something of every partition is read',
    });
    await Promise.all([first.stop(), second.stop()]);
    await order(`UPDATE operations.log_position SET skip_to = next_offset + ${FAR} WHERE closed_at IS NULL`);
    try {
      // In a group of its own: the dead member's session need not run out before others read.
      await dieAt(first, [{ at: 'ingest.letters:1', env: { GROUP_ID: `chaos-${run}` } }], 30_000);
    } finally {
      await order('UPDATE operations.log_position SET skip_to = NULL WHERE closed_at IS NULL');
    }
    await second.start();
  },
};

const countPositions = ({ databaseUrl }: Stack): Promise<number> =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'SELECT count(*)::integer AS n FROM operations.log_position WHERE closed_at IS NULL',
    );
    return rows[0]?.n ?? 0;
  });
