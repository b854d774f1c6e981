export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a log line of this lib may carry: places and counts, never keys or values of messages. */
export interface LogDetails {
  topic?: string;
  partition?: number;
  offset?: string;
  count?: number;
  ms?: number;
  code?: string;
  reason?: string;
}

/** Where the lib writes its log. `error` is an alarm: somebody has to look. */
export type MessagingLog = (level: LogLevel, event: string, details: LogDetails) => void;

export const silentLog: MessagingLog = () => undefined;
