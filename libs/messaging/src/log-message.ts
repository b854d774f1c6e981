import { hash } from 'node:crypto';
import type { KafkaMessage } from 'kafkajs';
import type { LogMessage } from './batch-context.js';

/** A message as kafkajs gives it, in our words. */
export function toLogMessage({ offset, timestamp, key, value, headers }: KafkaMessage): LogMessage {
  return { offset: BigInt(offset), timestamp: Number(timestamp), key, value, headers: headers ?? {} };
}

/** By this a message is known again: SHA-256 of its value, of nothing where it has none. */
export const hashOfValue = (value: Buffer | null): Buffer => hash('sha256', value ?? Buffer.alloc(0), 'buffer');
