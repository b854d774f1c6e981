import type { Database } from '@simpul/database';
import type { PoolClient } from 'pg';

import { lockPosition, type LogPlace } from '../ingest/log-position.store.js';

/** `state`: the letter is not in the state for this. */
export type AsideResult = 'done' | 'absent' | 'state';

/** Lets dead letters rest, and takes them up again. The verdict on the message stays dead, and so do the counters. */
export class SetAsideStore {
  constructor(private readonly database: Database) {}

  async setAside(id: string, words: { reason: string; note: string; by: string }): Promise<AsideResult> {
    return await this.change(
      id,
      `state = 'set-aside', aside_reason = $2, aside_note = $3, aside_by = $4 WHERE id = $1 AND state = 'dead'`,
      [words.reason, words.note, words.by],
    );
  }

  /** Not once its bytes are gone: there would be nothing to try. */
  async takeUp(id: string): Promise<AsideResult> {
    return await this.change(
      id,
      `state = 'dead', aside_reason = NULL, aside_note = NULL, aside_by = NULL
       WHERE id = $1 AND state = 'set-aside' AND emptied_at IS NULL`,
      [],
    );
  }

  /** Under the lock of the partition: so no replay is at the letter meanwhile. */
  private async change(id: string, change: string, values: string[]): Promise<AsideResult> {
    return await this.database.transaction(async (client) => {
      const place = await findPlace(client, id);
      if (!place) return 'absent';
      await lockPosition(client, place);
      const { rowCount } = await client.query(
        `UPDATE operations.dead_letter SET changed_at = clock_timestamp(), ${change}`,
        [id, ...values],
      );
      return rowCount === 1 ? 'done' : 'state';
    });
  }
}

async function findPlace(client: PoolClient, id: string): Promise<LogPlace | undefined> {
  const { rows } = await client.query<LogPlace>(
    'SELECT generation, topic, partition FROM operations.dead_letter WHERE id = $1',
    [id],
  );
  return rows[0];
}
