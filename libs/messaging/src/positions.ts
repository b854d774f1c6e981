/** Where the consumer's truth about its place in the log is kept: beside the data, in the same transaction. */
export interface Positions {
  /** Next offset to read of a topic (without prefix) and partition; undefined before the very first batch. */
  next(topic: string, partition: number): Promise<bigint | undefined>;
}
