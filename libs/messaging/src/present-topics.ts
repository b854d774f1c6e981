import type { Kafka } from 'kafkajs';
import { codeOf } from './kafka-client.js';
import type { MessagingLog } from './messaging-log.js';

/** Those of the wanted topics that exist; names with prefix. One that is missing must not keep the others from being read: kafkajs gives up on all. */
export class PresentTopics {
  private wanted: readonly string[] = [];
  private present: string[] = [];

  constructor(
    private readonly kafka: Kafka,
    private readonly log: MessagingLog,
  ) {}

  /** Throws when there is none, or the broker cannot be asked. */
  async choose(wanted: readonly string[]): Promise<string[]> {
    this.wanted = wanted;
    this.present = await this.list();
    for (const topic of wanted) if (!this.present.includes(topic)) this.log('error', 'consumer.no-topic', { topic });
    if (this.present.length === 0) throw new Error('None of the topics exists');
    return this.present;
  }

  /** Whether a topic came or went since they were chosen. */
  async haveChanged(): Promise<boolean> {
    const { present } = this;
    if (present.length === 0) return false;
    try {
      const now = await this.list();
      // Chosen anew meanwhile: then it is known.
      return present === this.present && String(now) !== String(present);
    } catch (error) {
      this.log('debug', 'consumer.topics-unknown', { code: codeOf(error) });
      return false;
    }
  }

  private async list(): Promise<string[]> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      const names = new Set(await admin.listTopics());
      return this.wanted.filter((topic) => names.has(topic));
    } finally {
      await admin.disconnect();
    }
  }
}
