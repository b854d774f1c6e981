import { Readable } from 'node:stream';
import type { Resident } from '../tools/demo/population/population.js';
import { slicesOf } from '../apps/registry/src/ingest/slices.js';
import { GROWTH_ROUTE, growthMessage } from './growth-message.js';
import type { Wire } from './wire.js';

const LINES_IN_A_CHUNK = 200;
/** The last line of an answer is shorter. */
const SUMMARY_BYTES = 2_000;

/** So many messages from that place on: resident after resident, then the next visit of each. */
export function* growthMessages(residents: readonly Resident[], from: number, count: number): Generator<object> {
  for (let place = from; place < from + count; place++) {
    const resident = residents[place % residents.length];
    if (resident) yield growthMessage(resident, Math.floor(place / residents.length));
  }
}

/** Messages as the bodies of so many NDJSON requests, made before anything is measured. */
export function ndjsonBodies(messages: readonly object[], requests: number): Buffer[][] {
  const each = Math.ceil(messages.length / requests);
  return Array.from({ length: requests }, (_, request) => {
    const own = messages.slice(request * each, (request + 1) * each).map((message) => `${JSON.stringify(message)}\n`);
    return slicesOf(own, LINES_IN_A_CHUNK).map((lines) => Buffer.from(lines.join('')));
  });
}

/** Messages as the bodies of JSON arrays of so many. */
export const arrayBodies = (messages: readonly object[], size: number): string[] =>
  slicesOf(messages, size).map((part) => JSON.stringify(part));

/** Sends all bodies at once. How many items were taken, by the hub's own count; `field` is the one that says so. */
export async function sendStreams(
  wire: Wire,
  bodies: readonly Buffer[][],
  { stop, query = '', field = 'accepted' }: { stop: AbortSignal; query?: string; field?: string },
): Promise<number> {
  const taken = await Promise.all(
    bodies.map(async (body) => {
      const { answer, sent } = await wire.stream(GROWTH_ROUTE + query, Readable.from(body), stop);
      let tail = Buffer.alloc(0);
      for await (const chunk of answer) tail = Buffer.concat([tail, chunk as Buffer]).subarray(-SUMMARY_BYTES);
      await sent;
      return readCount(String(tail), field);
    }),
  );
  return taken.reduce((sum, count) => sum + count, 0);
}

function readCount(tail: string, field: string): number {
  const last = JSON.parse(tail.trimEnd().split('\n').at(-1) ?? '') as { summary?: Record<string, number> };
  if (!last.summary) throw new Error(`the hub cut a stream short: ${JSON.stringify(last)}`);
  return last.summary[field] ?? 0;
}

/** Keeps so many of these busy at a time until all are done. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

/** What became of an array: its counters stand first, the items are not read. A request that was refused whole has none. */
export function readTally(answer: string): { accepted: number; retry: number } | undefined {
  const [, accepted, retry] = /"accepted":(\d+),"duplicate":\d+,"rejected":\d+,"retry":(\d+)/u.exec(answer) ?? [];
  return accepted === undefined ? undefined : { accepted: Number(accepted), retry: Number(retry) };
}
