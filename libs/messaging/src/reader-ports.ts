import type { BatchContext, BatchVerdict, LogMessage } from './batch-context.js';
import type { MessagingLog } from './messaging-log.js';

export interface ReaderPorts {
  /** May throw: then the batch comes again. The others do not throw. */
  handle(messages: LogMessage[], context: BatchContext): Promise<BatchVerdict>;
  pause(): void;
  resume(): void;
  seek(offset: bigint): void;
  messagesAtOnce: number;
  log: MessagingLog;
}
