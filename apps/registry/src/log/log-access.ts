import { loadKafkaSecurity, type LogEndsOptions } from '@simpul/messaging';
import type { RegistryConfig } from '../config.js';

export const LOG_ACCESS = Symbol('log access');

/** How this process reaches the brokers. */
export type LogAccess = Pick<LogEndsOptions, 'brokers' | 'security' | 'topicPrefix'>;

export const logAccessOf = ({ kafkaBrokers: brokers, topicPrefix }: RegistryConfig): LogAccess => ({
  brokers,
  topicPrefix,
  security: loadKafkaSecurity(),
});
