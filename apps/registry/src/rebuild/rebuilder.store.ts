import type { PoolClient } from 'pg';
import type { Database } from '@simpul/database';
import type { ApplyContext } from '../ingest/apply-batch.store.js';
import { patiently } from '../ingest/patiently.js';
import { countTouched, takeTouched } from '../ingest/touched-record.store.js';
import { foldAnew } from './fold-anew.store.js';
import type { FoldedAnew } from './fold-anew.store.js';
import { listRecordIds } from './live-record.store.js';
import { endRebuild, noteCatchingUp, noteProgress, RebuildStore, stopWriters } from './rebuild.store.js';
import type { RebuildRow } from './rebuild.entity.js';
import { emptyShadow, putRebuilt, readDifferences, switchToRebuilt } from './shadow.store.js';

/** Any number that no other program on the same database takes. */
const REBUILD_LOCK = 5_310_744;
/** So much may be left to be folded while nobody writes. */
const FEW = 500;
/** A writer may hold its position longer than one waits for a lock. */
const PATIENCE = { attempts: 30, pauseMs: 200 };

export interface RebuilderOptions {
  database: Database;
  context: ApplyContext;
  /** Records in one transaction of the first pass. */
  chunk: number;
}

/** How it ended, and how long nobody could write. */
export interface Ending {
  row: RebuildRow;
  stoppedMs: number;
}

/** Folds all records from the ledger beside the live ones, in steps: whoever is killed loses the step that it was at. */
export class Rebuilder {
  readonly jobs: RebuildStore;

  constructor(private readonly options: RebuilderOptions) {
    this.jobs = new RebuildStore(options.database);
  }

  /** Undefined: another process is at it. One that is killed lets go with its connection. */
  async alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    const client = await this.options.database.pool.connect();
    try {
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
        REBUILD_LOCK,
      ]);
      return rows[0]?.taken ? await work() : undefined;
    } finally {
      // Thrown away, and the lock with it.
      client.release(true);
    }
  }

  /** Goes on with the one that is under way, else begins one. */
  async begin(askedBy: string): Promise<RebuildRow> {
    return (await this.jobs.findFolding()) ?? (await patiently(PATIENCE, () => this.jobs.create(askedBy)));
  }

  /** The next records of the first pass. False: none is left. */
  async foldNext(id: string): Promise<boolean> {
    return await this.inSnapshot(async (client) => {
      const job = await client.query<{ foldedTo: string }>(
        'SELECT folded_to AS "foldedTo" FROM operations.rebuild WHERE id = $1',
        [id],
      );
      const [row] = job.rows;
      if (!row) throw new Error(`There is no rebuild ${id}`);
      const ids = await listRecordIds(client, row.foldedTo, this.options.chunk);
      const last = ids.at(-1);
      if (last === undefined) return undefined;
      const folded = await this.fold(client, ids);
      await noteProgress(client, id, { foldedTo: last, records: ids.length, events: folded.events });
      return folded;
    });
  }

  /** Folds again what writers touched since, as long as it becomes less. */
  async catchUp(id: string): Promise<void> {
    const { database, chunk } = this.options;
    let before = Infinity;
    let left = await countTouched(database.pool);
    while (left > FEW && left < before) {
      for (let taken = 0; taken < left; taken += chunk)
        await this.inSnapshot(async (client) => {
          await noteCatchingUp(client, id);
          return await this.foldTouched(client);
        });
      [before, left] = [left, await countTouched(database.pool)];
    }
  }

  /** The second pass: nobody writes while the rest is folded, and what differs is told or, with `go`, put right. */
  async finish(id: string, go: boolean): Promise<Ending> {
    const stoppedMs = await patiently(PATIENCE, () =>
      this.options.database.transaction((client) => this.decide(client, id, go)),
    );
    const row = await this.jobs.find(id);
    if (!row) throw new Error(`There is no rebuild ${id}`);
    return { row, stoppedMs };
  }

  private async decide(client: PoolClient, id: string, go: boolean): Promise<number> {
    const asked = performance.now();
    await stopWriters(client);
    while (await this.foldTouched(client));
    const differences = await readDifferences(client);
    const state = differences.differing === 0 ? 'identical' : go ? 'mended' : 'differs';
    if (state === 'mended') await switchToRebuilt(client);
    await emptyShadow(client);
    await endRebuild(client, id, state, differences);
    return performance.now() - asked;
  }

  private async foldTouched(client: PoolClient): Promise<FoldedAnew | undefined> {
    const ids = await takeTouched(client, this.options.chunk);
    return ids.length > 0 ? await this.fold(client, ids) : undefined;
  }

  private async fold(client: PoolClient, ids: readonly string[]): Promise<FoldedAnew> {
    const folded = await foldAnew(client, ids, this.options.context);
    await putRebuilt(client, ids, folded.differing);
    return folded;
  }

  /** One snapshot for all that is read: what a repair takes away in between is still there, and what differs in it differs indeed. */
  private async inSnapshot(work: (client: PoolClient) => Promise<FoldedAnew | undefined>): Promise<boolean> {
    const folded = await this.options.database.transaction(async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return await work(client);
    });
    if (folded) this.options.context.keys.remember(folded.keys);
    return folded !== undefined;
  }
}
