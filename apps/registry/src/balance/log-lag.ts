/** One partition that this process reads, and how far it is behind; undefined while the broker has not said. */
export interface PartitionLag {
  topic: string;
  partition: number;
  lag: number | undefined;
}

/** How far this process is behind the log; empty in a process that does not read it. */
export class LogLag {
  constructor(readonly partitions: () => readonly PartitionLag[] = () => []) {}
}
