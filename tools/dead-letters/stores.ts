import { EntityConnection } from '@simpul/database';
import { DeadLetterStore } from '../../apps/registry/src/dead-letter/dead-letter.store.js';
import { HeldCountStore } from '../../apps/registry/src/dead-letter/held-count.store.js';
import { SetAsideStore } from '../../apps/registry/src/dead-letter/set-aside.store.js';
import { REGISTRY_ENTITIES } from '../../apps/registry/src/entities.js';
import { ReplayStore } from '../../apps/registry/src/replay/replay.store.js';
import { withDatabase } from '../with-database.js';

/** What the registry's API uses, over the same database. */
export interface Stores {
  letters: DeadLetterStore;
  replays: ReplayStore;
  aside: SetAsideStore;
  counts: HeldCountStore;
}

/** Opens the database for one command and closes it whatever happens. */
export async function withStores(work: (stores: Stores) => Promise<void>): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (!url) {
    throw new Error(
      'No database: start one with "npm run local -- up" or set DATABASE_URL / ' +
        'Tidak ada basis data: jalankan "npm run local -- up" atau isi DATABASE_URL',
    );
  }
  const entities = new EntityConnection({ url, entities: REGISTRY_ENTITIES, poolSize: 1 });
  try {
    await withDatabase({ url, poolSize: 2, statementTimeoutMs: 60_000 }, (database) =>
      work({
        letters: new DeadLetterStore(entities),
        replays: new ReplayStore(database),
        aside: new SetAsideStore(database),
        counts: new HeldCountStore(database),
      }),
    );
  } finally {
    await entities.close();
  }
}
