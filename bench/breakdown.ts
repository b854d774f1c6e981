import type { Result } from './result.js';

/** What tells where time and bytes went, among the details of a workload. */
const TELLING = /µs\/|B\/event|ms$|per s|\/s$|perSecond|, %$/u;

/** The costs that a workload measured beside its figures, with the time for which one lane waited for the server. */
export function breakdownOf({ details }: Pick<Result, 'details'>): [string, number][] {
  const told = Object.entries(details).filter(([name]) => TELLING.test(name));
  return told.flatMap(([name, value]): [string, number][] => {
    const waiting = name.endsWith('events/s') ? waitingOf(name.slice(0, -'events/s'.length), details) : undefined;
    return waiting === undefined ? [[name, value]] : [[name, value], waiting];
  });
}

/** Of a writer in one process that does one thing at a time: what is left of an event's time beside its own processor time. */
function waitingOf(who: string, details: Result['details']): [string, number] | undefined {
  const [rate, own] = [details[`${who}events/s`], details[`${who}node µs/event`]];
  if (rate === undefined || own === undefined || `${who}node 2 µs/event` in details) return undefined;
  return [`${who}waiting for PostgreSQL and its disk µs/event`, Math.max(0, Math.round(10 * (1e6 / rate - own)) / 10)];
}
