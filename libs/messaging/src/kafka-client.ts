import { Kafka, logLevel } from 'kafkajs';
import type { MessagingLog } from './messaging-log.js';
import { registerZstd } from './zstd-codec.js';

export interface ClientOptions {
  brokers: string[];
  clientId: string;
  log?: MessagingLog | undefined;
}

const LEVELS: Partial<Record<logLevel, 'warn' | 'debug'>> = {
  [logLevel.ERROR]: 'warn',
  [logLevel.WARN]: 'debug',
};

/** A Kafka client that gives up quickly, because every caller here has its own loop and deadline. */
export function createClient({ brokers, clientId, log }: ClientOptions): Kafka {
  registerZstd();
  return new Kafka({
    brokers,
    clientId,
    requestTimeout: 12_000,
    connectionTimeout: 1_000,
    retry: { initialRetryTime: 100, retries: 2, maxRetryTime: 300 },
    logLevel: log ? logLevel.WARN : logLevel.NOTHING,
    logCreator: () => (entry) => {
      const level = LEVELS[entry.level];
      if (level) log?.(level, 'kafka.client', { code: entry.namespace, reason: entry.log.message });
    },
  });
}

/** The broker's word for an error (`MESSAGE_TOO_LARGE`), found through the wrappers that kafkajs puts around it; else the error's name. */
export function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('type' in at && typeof at.type === 'string') return at.type;
  }
  return error instanceof Error ? error.name : 'unknown';
}
