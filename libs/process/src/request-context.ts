import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';

/** The ids of the request in work. `traceparent` is W3C Trace Context, ready to be passed on. */
export interface CurrentRequest {
  requestId: string;
  traceId: string;
  traceparent: string;
}

const storage = new AsyncLocalStorage<CurrentRequest>();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

/** The ids of the request in work; new ones outside of a request. */
export const currentRequest = (): CurrentRequest => storage.getStore() ?? newRequest();

export const findRequest = (): CurrentRequest | undefined => storage.getStore();

/** Runs `work` with these ids; all that it starts sees them too. */
export const runInRequest = <T>(request: CurrentRequest, work: () => T): T => storage.run(request, work);

/** A trace that the caller began is continued, any other header is ignored. */
export function newRequest(requestId: string = randomUUID(), traceparent?: string): CurrentRequest {
  const [, trace, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const traceId = trace ?? randomBytes(16).toString('hex');
  return { requestId, traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags ?? '01'}` };
}

/** The caller's own request id if it is a UUID: any other text could hold what must not be logged. */
export const requestIdOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && UUID.test(header) ? header.toLowerCase() : randomUUID();
