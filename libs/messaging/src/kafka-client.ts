import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import type { KafkaSecurity } from './kafka-security.js';
import type { MessagingLog } from './messaging-log.js';
import { registerZstd } from './zstd-codec.js';

export interface ClientOptions {
  brokers: string[];
  clientId: string;
  security?: KafkaSecurity | undefined;
  log?: MessagingLog | undefined;
}

const LEVELS: Partial<Record<logLevel, 'warn' | 'debug'>> = {
  [logLevel.ERROR]: 'warn',
  [logLevel.WARN]: 'debug',
};

/** A Kafka client that gives up quickly, because every caller here has its own loop and deadline. */
export function createClient({ brokers, clientId, security = {}, log }: ClientOptions): Kafka {
  registerZstd();
  return new Kafka({
    brokers,
    clientId,
    ...(security.ssl && { ssl: security.ssl }),
    ...(security.sasl && { sasl: security.sasl as SASLOptions }),
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

/**
 * The broker's word for an error (`MESSAGE_TOO_LARGE`) or the connection's (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`), found through the
 * wrappers that kafkajs puts around it; else the error's name.
 */
export function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { type, code, name }: { type?: unknown; code?: unknown; name: string } = at;
    const word = [type, code].find((each) => typeof each === 'string');
    if (word !== undefined) return word;
    if (!(at.cause instanceof Error)) return name;
  }
  return 'unknown';
}
