import kafkajs from 'kafkajs';
import { EVENT_TYPES, SECTORS, writeReceipt } from '@simpul/contracts';
import { until } from '../../tools/local/guarded.mjs';
import type { Hub } from './hub.js';
import { goodEvent, type LogCase, type LogMessage } from './log-case.js';
import { AUDIENCE, EVERYWHERE } from './token-set.js';

const PARTITIONS = 6;

/** A message and where it stands. */
interface Put {
  message: LogMessage;
  partition: number;
  offset: string;
}

interface Letter {
  topic: string;
  partition: number;
  offset: string;
  letter: { state: string; code: string };
}

interface Balance {
  balanced: boolean;
  partitions: {
    topic: string;
    partition: number;
    firstOffset: string;
    nextOffset: string;
    balanced: boolean;
    sources: Record<string, Record<string, string>>;
  }[];
}

const placeOf = ({ topic, partition, offset }: { topic: string; partition: number; offset: string }): string =>
  `${topic}/${partition}/${offset}`;

/** Writes to the log what adapters never would, and asks the registry over HTTP what became of it. */
export class LogRun {
  private readonly producer: kafkajs.Producer;

  constructor(private readonly hub: Hub) {
    const kafka = new kafkajs.Kafka({ brokers: hub.brokers, clientId: 'hostile', logLevel: kafkajs.logLevel.NOTHING });
    this.producer = kafka.producer({ allowAutoTopicCreation: false });
  }

  /** Every case in one partition, the cases in turn over all; then a good event behind each. What is not as wanted, in words. */
  async run(cases: readonly LogCase[]): Promise<string[]> {
    await this.producer.connect();
    try {
      const last: { one: LogCase; put: Put }[] = [];
      for (const [at, one] of cases.entries()) {
        let put: Put | undefined;
        for (const message of one.messages()) put = await this.put(message, at);
        if (put) last.push({ one, put });
      }
      const goods = await this.putGoods();
      await until(async () => ((await this.areJudged(goods)) ? true : undefined), {
        withinMs: 30_000,
        what: 'the event behind the corpus is judged',
      });
      const after = (await this.statusesOf(goods)).flatMap((status, at) =>
        status === 'applied' ? [] : [`a good event in partition ${at}: ${status}`],
      );
      return [...(await this.faultsOf(last)), ...after, ...(await this.balanceFaults())];
    } finally {
      await this.producer.disconnect();
    }
  }

  /** What became of receipts of this source, in order. */
  async verdictsOf(source: string, receipts: readonly string[]): Promise<string[]> {
    const statuses: string[] = [];
    for (let from = 0; from < receipts.length; from += 1_000) {
      const { items } = await this.ask<{ items: { status: string }[] }>('/registry/v1/receipts', source, {
        receipts: receipts.slice(from, from + 1_000),
      });
      statuses.push(...items.map(({ status }) => status));
    }
    return statuses;
  }

  /** Every second case in a compressed batch. */
  private async put(message: LogMessage, at: number): Promise<Put> {
    const { topic, key, value, headers = {} } = message;
    const partition = at % PARTITIONS;
    const compression = at % 2 === 0 ? kafkajs.CompressionTypes.None : kafkajs.CompressionTypes.GZIP;
    const messages = [{ key, value, headers, partition }];
    const [record] = await this.producer.send({ topic: this.hub.prefix + topic, messages, compression });
    return { message, partition, offset: record?.baseOffset ?? '' };
  }

  private async putGoods(): Promise<Put[]> {
    const puts: Put[] = [];
    for (const sector of SECTORS) {
      const type = EVENT_TYPES.find((each) => each.sector === sector);
      if (!type) continue;
      for (let partition = 0; partition < PARTITIONS; partition += 1)
        puts.push(await this.put(goodEvent(type), partition));
    }
    return puts;
  }

  private async areJudged(puts: readonly Put[]): Promise<boolean> {
    return (await this.statusesOf(puts)).every((status) => status !== 'pending');
  }

  private statusesOf(puts: readonly Put[]): Promise<string[]> {
    const receipts = puts.map(({ message: { id = '', digest = '', topic }, partition, offset }) =>
      writeReceipt({ id, digest, topic, partition, offset }),
    );
    return receipts.length === 0 ? Promise.resolve([]) : this.verdictsOf(EVERYWHERE, receipts);
  }

  private async faultsOf(last: readonly { one: LogCase; put: Put }[]): Promise<string[]> {
    const letters = await this.letters();
    const statuses = await this.statusesOf(last.map(({ put }) => put));
    return last.flatMap(({ one, put }, at) => {
      const found = letters.get(placeOf({ ...put, topic: put.message.topic })) ?? statuses[at];
      return found === one.wanted ? [] : [`${one.name}: ${found}, wanted ${one.wanted}`];
    });
  }

  private async letters(): Promise<Map<string, string>> {
    const letters = new Map<string, string>();
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { items: Letter[]; next?: string } = await this.ask(
        `/registry/v1/dead-letters?limit=200${query}`,
        EVERYWHERE,
      );
      for (const item of page.items) letters.set(placeOf(item), `${item.letter.state} ${item.letter.code}`);
      cursor = page.next;
    }
    return letters;
  }

  /** `next − first` is the sum of the counters, in all partitions of all sectors. */
  private async balanceFaults(): Promise<string[]> {
    const { balanced, partitions } = await this.ask<Balance>('/registry/v1/balance', EVERYWHERE);
    const odd = partitions.filter(({ firstOffset, nextOffset, sources }) => {
      const counted = Object.values(sources)
        .flatMap((counts) => Object.values(counts))
        .reduce((sum, n) => sum + BigInt(n), 0n);
      return BigInt(nextOffset) - BigInt(firstOffset) !== counted;
    });
    return [
      ...(balanced ? [] : ['the balance does not hold']),
      ...(partitions.length === SECTORS.length * PARTITIONS ? [] : [`${partitions.length} partitions have a position`]),
      ...odd.map(({ topic, partition }) => `${topic}/${partition} is not counted to its end`),
    ];
  }

  private async ask<T>(path: string, source: string, body?: object): Promise<T> {
    const token = await this.hub.issuer.token({ source, scope: 'events:own operations', audience: AUDIENCE });
    const response = await fetch(`http://127.0.0.1:${this.hub.port}${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
