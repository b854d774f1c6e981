import type { Database } from '@simpul/database';
import { createHmac256 } from '@simpul/identifiers';
import { createRecordIds } from '../record/record-id.js';
import { RecordKeyStore } from '../record/record-key.store.js';
import type { RegistryKeys } from '../record/registry-keys.js';
import type { ApplyContext } from './apply-batch.store.js';

/** What turns events into records, under the keys of this installation. */
export const applyContextOf = (
  { timeZoneOffset }: { timeZoneOffset: string },
  keys: Pick<RegistryKeys, 'recordId' | 'index' | 'wrapping'>,
  database: Database,
): ApplyContext => ({
  ids: createRecordIds(keys.recordId),
  hmac: createHmac256(keys.index),
  timeZoneOffset,
  keys: new RecordKeyStore(keys, database),
});
