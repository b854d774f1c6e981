import { type DestinationStream, type Level, type Logger, pino } from 'pino';
import { findRequest } from './request-context.js';
import { isError } from './is-error.js';

/** All that a log line may say. A field that is not here cannot be written: nothing personal has a place. */
export interface LogFields {
  attempt?: number;
  bytes?: number;
  check?: string;
  client?: string;
  code?: string;
  constraint?: string;
  context?: string;
  count?: number;
  group?: string;
  kid?: string;
  method?: string;
  ms?: number;
  offset?: string;
  partition?: number;
  port?: number;
  reason?: string;
  requestId?: string;
  route?: string;
  signal?: string;
  source?: string;
  sqlstate?: string;
  status?: number;
  topic?: string;
  traceId?: string;
  url?: string;
  version?: string;
}

/** The same list at run time; the compiler keeps the two equal. */
const DECLARED: Record<keyof LogFields, 'string' | 'number'> = {
  attempt: 'number',
  bytes: 'number',
  check: 'string',
  client: 'string',
  code: 'string',
  constraint: 'string',
  context: 'string',
  count: 'number',
  group: 'string',
  kid: 'string',
  method: 'string',
  ms: 'number',
  offset: 'string',
  partition: 'number',
  port: 'number',
  reason: 'string',
  requestId: 'string',
  route: 'string',
  signal: 'string',
  source: 'string',
  sqlstate: 'string',
  status: 'number',
  topic: 'string',
  traceId: 'string',
  url: 'string',
  version: 'string',
};

const LONGEST = 200;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  name: string;
  level?: LogLevel;
  destination?: DestinationStream;
}

/** JSON lines with an event name and declared fields only. Of an error it says name, code and places, never its message. */
export class Log {
  private readonly logger: Logger;

  constructor(options: LogOptions) {
    const settings = { name: options.name, level: options.level ?? 'info', base: { name: options.name } };
    this.logger = options.destination ? pino(settings, options.destination) : pino(settings);
  }

  debug(event: string, fields?: LogFields): void {
    this.write('debug', event, fields);
  }

  info(event: string, fields?: LogFields): void {
    this.write('info', event, fields);
  }

  warn(event: string, fields?: LogFields, error?: unknown): void {
    this.write('warn', event, fields, error);
  }

  /** An alarm: somebody has to look. */
  error(event: string, fields?: LogFields, error?: unknown): void {
    this.write('error', event, fields, error);
  }

  private write(level: Level, event: string, fields?: LogFields, error?: unknown): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const request = findRequest();
    const ids = request && { requestId: request.requestId, traceId: request.traceId };
    const failure = error === undefined ? undefined : { error: errorChain(error) };
    this.logger[level]({ ...ids, ...declaredOnly(fields), ...failure }, event);
  }
}

function declaredOnly(fields: object = {}): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (!Object.hasOwn(DECLARED, name)) continue;
    if (typeof value !== DECLARED[name as keyof LogFields]) continue;
    kept[name] = typeof value === 'string' ? value.slice(0, LONGEST) : Number(value);
  }
  return kept;
}

interface LoggedError {
  name: string;
  code?: string;
  constraint?: string;
  at?: string[];
}

/** The error and its causes. Messages of drivers and parsers repeat values, so they are left out. */
function errorChain(error: unknown): LoggedError[] {
  const chain: LoggedError[] = [];
  for (let cause = error; isError(cause) && chain.length < 5; cause = cause.cause) chain.push(toLogged(cause));
  return chain.length > 0 ? chain : [{ name: typeof error }];
}

function toLogged(error: Error & { code?: unknown; constraint?: unknown }): LoggedError {
  const { name, code, constraint } = error;
  return {
    name,
    ...(typeof code === 'string' && { code: code.slice(0, LONGEST) }),
    ...(typeof constraint === 'string' && { constraint: constraint.slice(0, LONGEST) }),
    at: placesOf(error.stack),
  };
}

/** Only lines that are places: the message stands before them and may be long. */
const placesOf = (stack = ''): string[] =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
