import { Database } from '@simpul/database';
import { applyContextOf } from '../../apps/registry/src/ingest/apply-context.js';
import { BATCHES_AT_ONCE, BatchIngester } from '../../apps/registry/src/ingest/batch-ingester.js';
import { IngestStore } from '../../apps/registry/src/ingest/ingest.store.js';
import { MessageJudge } from '../../apps/registry/src/ingest/message-judge.js';
import { NameNumberStore } from '../../apps/registry/src/ingest/name-number.store.js';
import { RegisteredSourceStore } from '../../apps/registry/src/ingest/registered-source.store.js';
import { slicesOf } from '../../apps/registry/src/ingest/slices.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { TIME_ZONE_OFFSET } from './bench-keys.js';
import { type MessageStep, TOPIC, type Writer, type WriterPlan } from './writer.js';

/** The registry's own way, put together as its module does it. */
export async function productWriter({ databaseUrl, keyFiles, partition }: WriterPlan): Promise<Writer<MessageStep>> {
  const database = new Database({ url: databaseUrl });
  const keys = await loadRegistryKeys(keyFiles);
  const context = applyContextOf({ timeZoneOffset: TIME_ZONE_OFFSET }, keys, database);
  const ingester = new BatchIngester({
    store: new IngestStore({ database, numbers: new NameNumberStore(database), context }),
    judge: new MessageJudge(keys, new RegisteredSourceStore(database)),
    batchSize: 1_000,
    alarm: ({ event, error }) => {
      throw new Error(event, { cause: error });
    },
  });
  return {
    // As the consumer does where there is a backlog.
    write: async (steps) => {
      for (const read of slicesOf(steps, BATCHES_AT_ONCE)) {
        const verdict = await ingester.ingest({ topic: TOPIC, partition, messages: read.flat(), isAlive: () => true });
        if (verdict.do !== 'applied') throw new Error(`A batch was not applied: ${JSON.stringify(verdict)}`);
      }
    },
    close: () => database.close(),
  };
}
