import { type BatchContext, type BatchVerdict, KafkaBatchServer, type LogMessage } from '@simpul/messaging';

export interface ReadMessage extends LogMessage {
  partition: number;
}

/** Reads one topic from its beginning and keeps what it has seen. */
export class TopicReader {
  readonly seen: ReadMessage[] = [];
  private readonly places = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  private readonly server: KafkaBatchServer;

  /** `prefix`: that of the spec, so that reader and topic are its own. */
  constructor(brokers: string[], prefix: string, topic: string) {
    const positions = {
      read: () => Promise.resolve(() => ({ generation: 1, isPaused: false })),
      keepHalt: () => Promise.resolve(),
    };
    const own = { brokers, topicPrefix: prefix, groupId: `${prefix}reader`, clientId: 'reader' };
    this.server = new KafkaBatchServer({ ...own, positions });
    const handler = (messages: LogMessage[], context: unknown): Promise<BatchVerdict> =>
      Promise.resolve(this.keep(messages, context as BatchContext));
    this.server.addHandler(topic, handler, true);
    this.server.listen((error?: unknown) => {
      if (error) throw error as Error;
    });
  }

  /** The message at that place, as soon as it was read. */
  async at(partition: number, offset: string): Promise<ReadMessage> {
    const place = `${partition}/${offset}`;
    if (!this.places.has(place)) await new Promise<void>((wake) => this.waiting.set(place, wake));
    const found = this.seen.find((message) => message.partition === partition && String(message.offset) === offset);
    if (!found) throw new Error(`Nothing at ${place}`);
    return found;
  }

  close(): Promise<void> {
    return Promise.resolve(this.server.close());
  }

  private keep(messages: LogMessage[], { partition }: BatchContext): BatchVerdict {
    for (const message of messages) {
      const place = `${partition}/${message.offset}`;
      if (this.places.has(place)) continue;
      this.places.add(place);
      this.seen.push({ ...message, partition });
      this.waiting.get(place)?.();
    }
    return { do: 'applied', next: (messages.at(-1)?.offset ?? -1n) + 1n };
  }
}
