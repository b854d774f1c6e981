import { codeOf } from './kafka-client.js';
import type { TopicShape } from './kafka-sender.js';
import { answer, type Entry } from './lane.js';
import type { MessagingLog } from './messaging-log.js';

interface LobbyOptions {
  findTopic(topic: string): Promise<TopicShape | undefined>;
  /** Takes over the entries of a topic whose number of partitions is now known. */
  place(topic: string, partitions: number, entries: Entry[]): void;
  /** A topic is asked for again after so long: it may have more partitions; default 30 s. */
  askAgainMs?: number | undefined;
  log: MessagingLog;
}

interface KnownTopic {
  shape: TopicShape | undefined;
  askAgainAt: number;
  asking: boolean;
  waiting: Entry[];
}

const ASK_AGAIN_MS = 30_000;
const AFTER_TROUBLE_MS = 500;

/** Knows the partitions of topics, and keeps the messages of those that it does not know yet. */
export class TopicLobby {
  private readonly topics = new Map<string, KnownTopic>();
  private emptied: (() => void)[] = [];
  queued = 0;
  bytes = 0;

  constructor(private readonly options: LobbyOptions) {}

  partitionsOf(topic: string): number | undefined {
    return this.topics.get(topic)?.shape?.partitions;
  }

  leaderOf(topic: string, partition: number): number | undefined {
    return this.topics.get(topic)?.shape?.leaders.get(partition);
  }

  wait(topic: string, entry: Entry): void {
    this.queued += 1;
    this.bytes += entry.bytes;
    const known = this.know(topic);
    known.waiting.push(entry);
    if (!known.asking && known.askAgainAt <= performance.now()) void this.ask(topic, known);
  }

  /** Leaders may have moved: ask soon. */
  distrust(topics: string[]): void {
    const soon = performance.now() + AFTER_TROUBLE_MS;
    for (const topic of topics) this.know(topic).askAgainAt = Math.min(this.know(topic).askAgainAt, soon);
  }

  tick(): void {
    const now = performance.now();
    for (const [topic, known] of this.topics) {
      const late = known.waiting.filter((entry) => entry.deadline <= now);
      if (late.length > 0) {
        known.waiting = known.waiting.filter((entry) => entry.deadline > now);
        this.leave(late, 'unsure');
      }
      if (!known.asking && known.askAgainAt <= now) void this.ask(topic, known);
    }
  }

  async whenEmpty(): Promise<void> {
    if (this.queued === 0) return;
    await new Promise<void>((resolve) => {
      this.emptied.push(resolve);
    });
  }

  abandon(): void {
    for (const known of this.topics.values()) this.leave(known.waiting.splice(0), 'unsure');
  }

  private know(topic: string): KnownTopic {
    let known = this.topics.get(topic);
    if (!known) {
      known = { shape: undefined, askAgainAt: 0, asking: false, waiting: [] };
      this.topics.set(topic, known);
    }
    return known;
  }

  private async ask(topic: string, known: KnownTopic): Promise<void> {
    known.asking = true;
    try {
      const shape = await this.options.findTopic(topic);
      known.askAgainAt = performance.now() + (shape ? (this.options.askAgainMs ?? ASK_AGAIN_MS) : AFTER_TROUBLE_MS);
      if (shape) this.admit(topic, known, shape);
      else this.refuse(topic, known);
    } catch (error) {
      known.askAgainAt = performance.now() + AFTER_TROUBLE_MS;
      this.options.log('warn', 'publisher.topic-not-asked', { topic, code: codeOf(error) });
    } finally {
      known.asking = false;
    }
  }

  private admit(topic: string, known: KnownTopic, shape: TopicShape): void {
    known.shape = shape;
    const entries = known.waiting.splice(0);
    this.options.place(topic, shape.partitions, entries);
    this.forget(entries);
  }

  private refuse(topic: string, known: KnownTopic): void {
    if (known.waiting.length === 0) return;
    this.options.log('error', 'publisher.no-topic', { topic, count: known.waiting.length });
    this.leave(known.waiting.splice(0), 'refused');
  }

  private leave(entries: Entry[], reason: 'unsure' | 'refused'): void {
    for (const entry of entries) answer(entry, { status: 'retry', reason });
    this.forget(entries);
  }

  private forget(entries: Entry[]): void {
    this.queued -= entries.length;
    for (const entry of entries) this.bytes -= entry.bytes;
    if (this.queued === 0) for (const tell of this.emptied.splice(0)) tell();
  }
}
