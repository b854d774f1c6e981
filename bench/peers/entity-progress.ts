import { hashOfValue } from '@simpul/messaging';
import type { EntityManager } from 'typeorm';
import { FeedBatchRow, FeedHeadRow } from '../../apps/registry/src/ingest/feed.entity.js';
import { LogCounterRow, LogPositionRow } from '../../apps/registry/src/ingest/log-position.entity.js';
import { TOPIC } from '../write-path/writer.js';
import type { OpenedEntry } from './event-opening.js';

/** What a transaction notes of its entries, all of them applied. */
export interface Progress {
  entries: readonly OpenedEntry[];
  batch: string;
  partition: number;
}

/** Numbers the changes, counts them and moves the position, each by an entity that is found and saved. */
export async function saveProgress(manager: EntityManager, { entries, batch, partition }: Progress): Promise<void> {
  const last = entries.at(-1);
  if (!last) return;
  const head = await manager.findOneByOrFail(FeedHeadRow, { one: true });
  const n = BigInt(head.n) + BigInt(entries.length);
  await manager.save(FeedHeadRow, { ...head, n: n.toString() });
  const first = (BigInt(head.n) + 1n).toString();
  await manager.save(FeedBatchRow, { first, count: entries.length, batch, committedAt: new Date() });
  await saveCounter(manager, last.key.source, { count: entries.length, partition });
  await savePosition(manager, last, partition);
}

async function saveCounter(
  manager: EntityManager,
  sourceNumber: number,
  { count, partition }: { count: number; partition: number },
): Promise<void> {
  const place = { generation: 1, topic: TOPIC, partition, sourceNumber };
  const held = await manager.findOneBy(LogCounterRow, place);
  const none = { duplicate: '0', repaired: '0', conflict: '0', dead: '0', waiting: '0' };
  const applied = (BigInt(held?.applied ?? 0) + BigInt(count)).toString();
  await manager.save(LogCounterRow, { ...place, ...none, ...held, applied });
}

async function savePosition(manager: EntityManager, { candidate }: OpenedEntry, partition: number): Promise<void> {
  const place = { generation: 1, topic: TOPIC, partition };
  const held = await manager.findOneBy(LogPositionRow, place);
  await manager.save(LogPositionRow, {
    firstOffset: '0',
    fenced: '0',
    ...place,
    ...held,
    nextOffset: (candidate.offset + 1n).toString(),
    lastHash: hashOfValue(candidate.value),
    movedAt: new Date(),
    appendedAt: new Date(candidate.appendedAt),
  });
}
