import { ProblemError } from '@simpul/contracts';
import { SECTOR_TOPICS } from '@simpul/messaging';

/** A partition number that stands for all partitions of a topic, also those to come. */
export const WHOLE_TOPIC = -1;

/** A topic, or one partition of it. */
export interface LogTarget {
  topic: string;
  partition: number;
}

/** Throws a 404 problem for a topic that is none of ours and for what is no partition number. */
export function readTarget(topic: string, partition?: string): LogTarget {
  const isNumber = partition === undefined || /^(0|[1-9]\d{0,4})$/u.test(partition);
  if (!SECTOR_TOPICS.includes(topic) || !isNumber) throw new ProblemError('log.no-partition');
  return { topic, partition: partition === undefined ? WHOLE_TOPIC : Number(partition) };
}
