import { createHash } from 'node:crypto';

import { type EventType, findEventType, type Sector, SECTORS } from '@simpul/contracts';
import type { Database } from '@simpul/database';
import { createHmac256, createOpener } from '@simpul/identifiers';
import { pushedMessage, type TestKeys } from '@simpul/testing';

import { IngestStore } from '../src/ingest/ingest.store.js';
import { NameNumberStore } from '../src/ingest/name-number.store.js';
import { judge } from '../src/ingest/open.js';
import { createRecordIds } from '../src/record/record-id.js';
import { RecordKeyStore } from '../src/record/record-key.store.js';

/** One event to be told, with defaults for what a spec does not care about. */
export interface Telling {
  source: string;
  type: EventType;
  data: object;
  time: string;
  kind?: string;
  reference?: string;
  revision?: number;
  /** Another content under the same id. */
  digest?: string;
  mapping?: number;
  /** Sealed so that it cannot be read. */
  broken?: true;
}

/** Where a message was put, as its receipt names it. */
export interface Told {
  id: string;
  digest: string;
  topic: string;
  partition: number;
  offset: string;
}

/** Tells the registry events as if they came from the log, each in a batch of its own; the ingest is the real one. */
export class LedgerTeller {
  private readonly store: IngestStore;
  private readonly next = new Map<string, bigint>();
  private told = 0;
  private opener;

  constructor(
    database: Database,
    private readonly keys: TestKeys,
  ) {
    const context = {
      ids: createRecordIds(keys.recordId),
      hmac: createHmac256(keys.index),
      timeZoneOffset: '+07:00',
      keys: new RecordKeyStore(keys, database),
    };
    this.store = new IngestStore({ database, numbers: new NameNumberStore(database), context });
    this.opener = createOpener(keys.opening);
  }

  async tell(telling: Telling): Promise<Told> {
    const n = (this.told += 1);
    const { kind = 'kind', reference = `r-${n}`, broken, ...rest } = telling;
    const [recipient] = this.keys.opening;
    const pushed = pushedMessage({
      ...rest,
      kind,
      reference,
      recipient,
      pseudonymKey: this.keys.pseudonym(telling.type.sector),
    });
    const value = broken ? flipLast(pushed.value) : pushed.value;
    const { topic, id, digest } = pushed;
    const offset = this.next.get(topic) ?? 0n;
    const message = { topic, key: Buffer.from(pushed.key), value };
    const sectors: readonly Sector[] = SECTORS;
    const judged = judge(message, { opener: this.opener, findSectors: () => sectors, findType: findEventType });
    const candidate = { ...message, offset, appendedAt: Date.UTC(2026, 10, 20) + n, judged };
    const result = await this.store.ingest({ topic, partition: 0 }, [candidate]);
    if (result.is !== 'applied') throw new Error(`The ingest says ${result.is}`);
    this.next.set(topic, result.next);
    return { id, digest, topic, partition: 0, offset: String(offset) };
  }
}

/** Another character in the seal: its tag no longer fits. */
function flipLast(value: Buffer): Buffer {
  const text = value.toString();
  const at = text.length - 10;
  return Buffer.from(`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}

/** A digest that no message has. */
export const otherDigest = (name: string): string => createHash('sha256').update(name).digest('base64url');
