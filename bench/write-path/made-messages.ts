import { randomBytes } from 'node:crypto';
import { judgeItem, prepareEvent } from '@simpul/adapter-kit';
import { createSealer } from '@simpul/identifiers';
import type { LogMessage } from '@simpul/messaging';
import { growthMeasurementKind } from '../../apps/adapter-health/src/growth-measurement/growth-measurement.kind.js';
import { loadRegistryKeys } from '../../apps/registry/src/record/load-registry-keys.js';
import { sourceOf } from '../../tools/demo/plan/agencies.js';
import { makePopulation, type Resident } from '../../tools/demo/population/population.js';
import { growthMessage } from '../growth-message.js';
import { type BenchKeyFiles, TIME_ZONE_OFFSET } from './bench-keys.js';

export interface MessagePlan {
  /** In play: one measurement of each, then the next of each. */
  persons: number;
  events: number;
  /** Of others, before: so that code, connections and caches are as in operation. */
  warmUp: number;
  /** Each person's messages stand in one of so many partitions. */
  partitions: number;
}

/** Messages of one partition, ready to be read from the log; the first `warmUp` are not measured. */
export interface MadePartition {
  messages: LogMessage[];
  warmUp: number;
}

const SEED = 1;
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** What an adapter of health would have published for these measurements, sealed to the registry's key. */
export async function makeMessages(plan: MessagePlan, keyFiles: BenchKeyFiles): Promise<MadePartition[]> {
  const { persons, events, warmUp, partitions } = plan;
  const { residents } = makePopulation({ seed: SEED, persons: persons + warmUp });
  const [recipient] = (await loadRegistryKeys(keyFiles)).opening;
  if (!recipient) throw new Error('There is no registry key');
  const sealer = createSealer({ recipient: () => recipient });
  const pseudonymKey = randomBytes(32);
  const now = Date.now();
  const context = {
    source: sourceOf('health'),
    now,
    timeZoneOffset: TIME_ZONE_OFFSET,
    pseudonymKey,
    traceparent: TRACE,
  };
  const made = Array.from({ length: partitions }, (): MadePartition => ({ messages: [], warmUp: 0 }));
  const add = (resident: Resident | undefined, visit: number, isWarmUp: boolean): void => {
    const partition = resident && made[resident.index % partitions];
    if (!partition) throw new RangeError('a person that is not there');
    const item = judgeItem(growthMeasurementKind, growthMessage(resident, visit), context);
    if ('problem' in item) throw item.problem;
    const event = prepareEvent(growthMeasurementKind, item, context);
    const value = Buffer.from(sealer.seal(event.head, event.payload));
    const offset = BigInt(partition.messages.length);
    partition.messages.push({ offset, timestamp: now, key: Buffer.from(event.key), value, headers: {} });
    if (isWarmUp) partition.warmUp += 1;
  };
  for (let n = 0; n < warmUp; n++) add(residents[persons + n], 0, true);
  for (let n = 0; n < events; n++) add(residents[n % persons], Math.floor(n / persons), false);
  return made;
}
