import type { ReadPlace, Traffic } from '../log/log-traffic.js';

export type TrafficOf = (place: ReadPlace) => Traffic | undefined;

/** How far partitions are behind the log; says nothing where nobody watches it. */
export class LogLag {
  constructor(readonly trafficOf: TrafficOf = () => undefined) {}
}
