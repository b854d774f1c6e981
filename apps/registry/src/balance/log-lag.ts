import type { Traffic } from '../log/log-traffic.js';

export type TrafficOf = (topic: string, partition: number) => Traffic | undefined;

/** How far partitions are behind the log; says nothing where nobody watches it. */
export class LogLag {
  constructor(readonly trafficOf: TrafficOf = () => undefined) {}
}
