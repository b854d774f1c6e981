export interface TopicOptions {
  brokers: string[];
  topicPrefix?: string;
  /** Without prefix; default: the topics of all sectors. */
  topics?: readonly string[];
  /** Default 6. May be raised later, never lowered. */
  partitions?: number;
  /** Copies of each partition; default 1. With 3, two must have a message before it counts. */
  replication?: number;
  /** Default 14 days. */
  retentionMs?: number;
}

/** One difference between a topic and what it should be. */
export interface TopicFinding {
  /** Without prefix. */
  topic: string;
  setting: string;
  expected: string;
  actual: string | undefined;
}

/** Creates missing topics, raises partitions, sets settings; returns what is still different. */
export async function applyTopics(options: TopicOptions): Promise<TopicFinding[]> {
  throw new Error(`not yet: ${options.brokers.join()}`);
}

/** Compares the topics with what they should be; changes nothing. Throws when the broker cannot be asked. */
export async function checkTopics(options: TopicOptions): Promise<TopicFinding[]> {
  throw new Error(`not yet: ${options.brokers.join()}`);
}
