import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { KAFKA_BATCH, SECTOR_TOPICS } from '@simpul/messaging';
import type { BatchContext, BatchVerdict, LogMessage } from '@simpul/messaging';
import { BatchIngester } from './batch-ingester.js';

/** Kafka in: a batch of one sector's topic, and what became of it. */
@Controller()
export class IngestConsumer {
  constructor(private readonly ingester: BatchIngester) {}

  @EventPattern<string[]>([...SECTOR_TOPICS], KAFKA_BATCH)
  async onBatch(@Payload() messages: LogMessage[], @Ctx() context: BatchContext): Promise<BatchVerdict> {
    const { topic, partition } = context;
    return await this.ingester.ingest({ topic, partition, messages, isAlive: () => context.alive() });
  }
}
