import type { KafkaMessage } from 'kafkajs';
import type { LogMessage } from './batch-context.js';

/** A message as kafkajs gives it, in our words. */
export function toLogMessage({ offset, timestamp, key, value, headers }: KafkaMessage): LogMessage {
  return { offset: BigInt(offset), timestamp: Number(timestamp), key, value, headers: headers ?? {} };
}
