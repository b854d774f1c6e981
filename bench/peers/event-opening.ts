import { Database } from '@simpul/database';
import { applyContextOf } from '../../apps/registry/src/ingest/apply-context.js';
import type { ApplyContext } from '../../apps/registry/src/ingest/apply-batch.store.js';
import type { Entry } from '../../apps/registry/src/ingest/batch-entry.js';
import type { EventBody } from '../../apps/registry/src/ingest/event-body.js';
import { IngestStore } from '../../apps/registry/src/ingest/ingest.store.js';
import { judgeInPieces, MessageJudge } from '../../apps/registry/src/ingest/message-judge.js';
import { NameNumberStore } from '../../apps/registry/src/ingest/name-number.store.js';
import { RegisteredSourceStore } from '../../apps/registry/src/ingest/registered-source.store.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import type { RegistryKeys } from '../../apps/registry/src/record/registry-keys.js';
import { TIME_ZONE_OFFSET } from '../write-path/bench-keys.js';
import { type MessageStep, TOPIC, type WriterPlan } from '../write-path/writer.js';

/** An event that was opened, checked and taken apart. */
export type OpenedEntry = Entry & { key: NonNullable<Entry['key']>; body: EventBody };

/** What peers have from us, so that only the way of writing differs: opened and checked events, keys and the code that folds. */
export interface EventOpening {
  database: Database;
  context: ApplyContext;
  keys: RegistryKeys;
  open(messages: MessageStep): Promise<OpenedEntry[]>;
}

export async function eventOpening({ databaseUrl, keyFiles }: WriterPlan): Promise<EventOpening> {
  const database = new Database({ url: databaseUrl });
  const keys = await loadRegistryKeys(keyFiles);
  const context = applyContextOf({ timeZoneOffset: TIME_ZONE_OFFSET }, keys, database);
  const store = new IngestStore({ database, numbers: new NameNumberStore(database), context });
  const judge = new MessageJudge(keys, new RegisteredSourceStore(database));
  return {
    database,
    context,
    keys,
    open: async (messages) => {
      const { entries } = await store.prepare(judgeInPieces(TOPIC, messages, await judge.forBatch()));
      return entries.map(toOpened);
    },
  };
}

function toOpened(entry: Entry): OpenedEntry {
  const { key, body } = entry;
  if (!key || !body) throw new Error('A message of the benchmark is no event');
  return { ...entry, key, body };
}
