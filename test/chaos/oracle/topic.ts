import kafkajs, { type Admin, type Consumer, type Kafka, type KafkaMessage } from 'kafkajs';
import { zstdDecompressSync } from 'node:zlib';
import type { Position } from './evidence.js';

const { CompressionCodecs, CompressionTypes, logLevel } = kafkajs;

/** A Kafka client of the harness; kafkajs knows no zstd by itself. */
export function kafkaOf(brokers: string[]): Kafka {
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: () => Promise.reject(new Error('the harness writes nothing compressed')),
    decompress: (bytes: Buffer) => Promise.resolve(zstdDecompressSync(bytes)),
  });
  return new kafkajs.Kafka({
    brokers,
    clientId: 'chaos',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
  });
}

export async function withAdmin<T>(brokers: string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaOf(brokers).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Ends of all partitions by the broker's own word: `topic/partition` → next offset to be written. */
export async function readEnds(brokers: string[], topics: readonly string[]): Promise<Map<string, bigint>> {
  return await readBounds(brokers, topics, 'high');
}

async function readBounds(
  brokers: string[],
  topics: readonly string[],
  bound: 'low' | 'high',
): Promise<Map<string, bigint>> {
  return await withAdmin(brokers, async (admin) => {
    const found = new Map<string, bigint>();
    for (const topic of topics)
      for (const { partition, [bound]: offset } of await admin.fetchTopicOffsets(topic))
        found.set(`${topic}/${partition}`, BigInt(offset));
    return found;
  });
}

/** How many messages of the log lie behind the positions. */
export function lagOf(ends: ReadonlyMap<string, bigint>, positions: readonly Position[]): number {
  const next = new Map(positions.map((each) => [`${each.topic}/${each.partition}`, each.next]));
  let lag = 0n;
  for (const [place, end] of ends) lag += end - (next.get(place) ?? 0n);
  return Number(lag);
}

/** A request to the broker holds 1 MB at most, and poison alone weighs up to 800 kB. */
const MOST_BYTES_AT_ONCE = 200_000;

export interface LogMessage {
  topic: string;
  partition: number;
  message: KafkaMessage;
}

/** Where the last messages of each partition begin. */
export const lastOfEach = (ends: ReadonlyMap<string, bigint>, count: number): Map<string, bigint> =>
  new Map([...ends].map(([place, end]) => [place, end > BigInt(count) ? end - BigInt(count) : 0n]));

const topicsOf = (places: Iterable<string>): string[] => [
  ...new Set([...places].map((place) => place.split('/')[0] ?? '')),
];

/** Where reading begins: at these places, or where the log begins by now. */
async function beginsOf(
  brokers: string[],
  ends: ReadonlyMap<string, bigint>,
  from: ReadonlyMap<string, bigint>,
): Promise<(place: string) => bigint> {
  const lows = await readBounds(brokers, topicsOf(ends.keys()), 'low');
  return (place) => {
    const [wanted, low] = [from.get(place) ?? 0n, lows.get(place) ?? 0n];
    return wanted > low ? wanted : low;
  };
}

/** Reads the topics up to these ends, from these places on. */
export async function readTopics(
  brokers: string[],
  ends: ReadonlyMap<string, bigint>,
  from: ReadonlyMap<string, bigint> = new Map(),
): Promise<LogMessage[]> {
  const consumer = kafkaOf(brokers).consumer({ groupId: `chaos-${Date.now()}`, maxWaitTimeInMs: 100 });
  const messages: LogMessage[] = [];
  const begin = await beginsOf(brokers, ends, from);
  const open = new Set([...ends].filter(([place, end]) => end > begin(place)).map(([place]) => place));
  if (open.size === 0) return messages;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`the topics were not read in time: ${[...open].join(', ')}`)),
    patienceFor(ends),
  );
  try {
    await consumer.connect();
    await consumer.subscribe({
      topics: topicsOf(open),
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ topic, partition, message }) => {
        const place = `${topic}/${partition}`;
        if (BigInt(message.offset) >= begin(place)) messages.push({ topic, partition, message });
        if (BigInt(message.offset) + 1n >= (ends.get(place) ?? 0n)) open.delete(place);
        if (open.size === 0) resolve();
        return Promise.resolve();
      },
    });
    for (const place of ends.keys()) seek(consumer, place, begin(place));
    await promise;
    return messages;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

/** Writes what was read to the first partition of its topic, in this order. */
export async function writeLog(brokers: string[], log: readonly Omit<LogMessage, 'partition'>[]): Promise<void> {
  const producer = kafkaOf(brokers).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  for (const [topic, ofTopic] of Map.groupBy(log, (each) => each.topic))
    for (const some of inPortions(ofTopic)) {
      const messages = some.map(({ message: { key, value, headers } }) => ({ partition: 0, key, value, headers }));
      await producer.send({ topic, messages, acks: -1 });
    }
  await producer.disconnect();
}

function inPortions<T extends Pick<LogMessage, 'message'>>(messages: readonly T[]): T[][] {
  const portions: T[][] = [];
  let bytes = MOST_BYTES_AT_ONCE;
  for (const each of messages) {
    const size = each.message.value?.length ?? 0;
    if (bytes + size > MOST_BYTES_AT_ONCE) {
      portions.push([]);
      bytes = 0;
    }
    portions.at(-1)?.push(each);
    bytes += size;
  }
  return portions;
}

/** A minute, and some milliseconds for each message of the log: also a busy machine reads that many. */
export const patienceFor = (ends: ReadonlyMap<string, bigint>): number =>
  60_000 + 5 * Number([...ends.values()].reduce((sum, end) => sum + end, 0n));

function seek(consumer: Consumer, place: string, offset: bigint): void {
  const [topic = '', partition] = place.split('/');
  if (offset > 0n) consumer.seek({ topic, partition: Number(partition), offset: offset.toString() });
}
