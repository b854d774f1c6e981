import { randomBytes } from 'node:crypto';
import kafkajs, { type Message } from 'kafkajs';
import type { Place } from '../oracle/evidence.js';
import { kafkaOf } from '../oracle/topic.js';
import type { Random } from '../random.js';
import { sampleOfLog } from './sample-of-log.js';
import { failed, type Fault, type Scene } from './fault.js';

const planted = new WeakMap<object, Place[]>();

/** Bytes that no adapter would write, straight to the topics: each becomes a dead letter, and the rest goes on. */
export const poison: Fault = {
  name: 'F34 poison on the topics',
  targetMs: 10_000,
  async inject(scene, random) {
    const messages = await poisonous(scene, random);
    const places = await produce(scene, messages);
    scene.planted.push(...places);
    planted.set(scene, places);
  },
  expect({ ledger }, scene) {
    const letters = new Map(
      ledger.letters.map((letter) => [`${letter.topic}/${letter.partition}@${letter.offset}`, letter]),
    );
    return (planted.get(scene) ?? []).flatMap(({ topic, partition, offset }) => {
      const place = `${topic}/${partition}@${offset}`;
      return letters.get(place)?.state === 'dead' ? [] : [failed(`poison at ${place} is no dead letter`)];
    });
  },
};

type Poison = Message & { topic: string; partition: number };

async function poisonous(scene: Scene, random: Random): Promise<Poison[]> {
  const sample = await sampleOfLog(scene, 12);
  return sample.flatMap(({ topic, partition, message: { key, value } }) => {
    const bytes = value ?? Buffer.alloc(0);
    const spoiled = Buffer.from(bytes);
    const at = spoiled.length - random.whole(5, 60);
    spoiled[at] = spoiled[at] === 0x41 ? 0x42 : 0x41;
    const elsewhere = topic.includes('health') ? 'simpul.social.events.v1' : 'simpul.health.events.v1';
    return random.pick<Poison[]>([
      [{ topic, partition, key, value: randomBytes(random.whole(1, 5_000)) }],
      [{ topic, partition, key, value: null }],
      [{ topic, partition, key, value: '{"specversion":"1.0"}' }],
      [{ topic, partition, key, value: randomBytes(400_000).toString('hex') }],
      [{ topic, partition, key, value: spoiled }],
      [{ topic, partition, key: 'another-key', value: bytes }],
      [{ topic: elsewhere, partition, key, value: bytes }],
    ]);
  });
}

async function produce({ stack }: Scene, messages: readonly Poison[]): Promise<Place[]> {
  const producer = kafkaOf(stack.brokerUrls).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const places: Place[] = [];
  await producer.connect();
  for (const { topic, ...message } of messages) {
    const [answer] = await producer.send({ topic, messages: [message], acks: -1 });
    places.push({ topic, partition: message.partition, offset: answer?.baseOffset ?? '-1' });
  }
  await producer.disconnect();
  return places;
}
