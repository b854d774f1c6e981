import { type LoggerService } from '@nestjs/common';
import { type Log } from './log.js';

/** Lets the framework write into our log. The words of its errors are dropped: they may repeat what a request said. */
export function nestLog(log: Log): LoggerService {
  const quiet = (message: unknown, ...rest: unknown[]): void =>
    log.debug('framework', { reason: typeof message === 'string' ? message : '', context: contextOf(rest) });
  const loud =
    (level: 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]): void =>
      log[level]('framework', { context: contextOf(rest) }, message);
  return { log: quiet, debug: quiet, verbose: quiet, warn: loud('warn'), error: loud('error'), fatal: loud('error') };
}

const contextOf = (rest: unknown[]): string => {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : '';
};
