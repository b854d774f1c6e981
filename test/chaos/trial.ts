import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../tools/local/guarded.mjs';
import { codeOf, type Fault, type Scene } from './faults/fault.js';
import type { History } from './history.js';
import { Load } from './load.js';
import type { Evidence, Miss, Position, Seen } from './oracle/evidence.js';
import { INVARIANTS } from './oracle/invariants.js';
import { readLedger } from './oracle/ledger.js';
import { openMessage } from './oracle/seal.js';
import { lagOf, readEnds, readTopics } from './oracle/topic.js';
import { type Found, triage } from './oracle/triage.js';
import { Random } from './random.js';
import { isReady, type Stack, withClient } from './stack.js';
import { type Vitals, watchVitals } from './vitals.js';

export interface Outcome {
  fault: string;
  seed: number;
  seconds: number;
  /** Events acknowledged in this trial. */
  acknowledged: number;
  recoveredMs: number | undefined;
  misses: (Miss & { loss?: string })[];
}

/** What all trials on one stack have in common. */
export interface Ground {
  stack: Stack;
  history: History;
  planted: Scene['planted'];
  baseline: Map<string, Vitals>;
  /** Misses that a former trial was blamed for. */
  known: Set<string>;
  say: (line: string) => void;
}

const TOPICS = ['civil', 'health', 'education', 'social', 'community'].map((sector) => `simpul.${sector}.events.v1`);
const WARM_MS = 10_000;
const AFTER_MS = 400;
const SETTLE_MS = 30_000;
const DRAIN_MS = 40_000;

/** One fault under load: warm up, inject, wait for recovery, drain, judge. */
export async function tryFault(ground: Ground, fault: Fault, seed: number): Promise<Outcome> {
  const { stack, history } = ground;
  const from = performance.now();
  const run = `${codeOf(fault).toLowerCase()}-${seed}`;
  const random = new Random(`${seed} ${fault.name}`);
  const load = new Load(stack, history, run, random.child('load'));
  const scene: Scene = { stack, load, history, run, seed, planted: ground.planted };
  const begin = history.seen.length;
  history.note(`${fault.name}, start number ${seed}`);
  const misses: Miss[] = [];
  let recoveredMs: number | undefined;
  load.start();
  try {
    await until(async () => hasOkOfAll(history.seen.slice(begin), 0) || undefined, {
      withinMs: WARM_MS,
      what: 'the first events are accepted',
    });
    const undo = await fault.inject(scene, random.child('inject'));
    recoveredMs = await recover(ground, fault, begin);
    await undo?.();
    await pause(AFTER_MS);
  } catch (error) {
    misses.push({ invariant: 'run', what: error instanceof Error ? error.message : String(error) });
  }
  await load.settle(SETTLE_MS);
  if (load.open > 0) misses.push({ invariant: 'I1', what: `${load.open} events are still not taken` });
  misses.push(...(await drain(ground)), ...(await judge(ground, fault, scene)));
  if (recoveredMs === undefined) misses.push({ invariant: 'I14', what: `no recovery within ${fault.targetMs} ms` });
  const mine = history.seen.slice(begin).filter(({ is }) => is === 'ok').length;
  const seconds = (performance.now() - from) / 1_000;
  return { fault: fault.name, seed, seconds, acknowledged: mine, recoveredMs, misses: await blame(ground, misses) };
}

/** Whether each agency had an event accepted that it sent after this moment, and where these are. */
function okPlaces(
  seen: readonly Seen[],
  after: number,
): Map<string, { topic: string; partition: number; offset: string }> {
  const invoked = new Map<number, number>();
  const places = new Map<string, { topic: string; partition: number; offset: string }>();
  for (const each of seen) {
    if (each.is === 'invoke') invoked.set(each.request, each.at);
    if (each.is === 'ok' && each.place && (invoked.get(each.request) ?? 0) >= after && !places.has(each.source))
      places.set(each.source, each.place);
  }
  return places;
}

const hasOkOfAll = (seen: readonly Seen[], after: number): boolean => okPlaces(seen, after).size === TOPICS.length;

/** Milliseconds until an event of each agency, sent after the fault, was accepted and applied. */
async function recover({ stack, history }: Ground, { targetMs }: Fault, begin: number): Promise<number | undefined> {
  const from = Date.now();
  while (Date.now() - from <= targetMs) {
    const places = okPlaces(history.seen.slice(begin), from);
    if (places.size === TOPICS.length) {
      const positions = await findPositions(stack);
      const isApplied = [...places.values()].every(({ topic, partition, offset }) =>
        positions.some((each) => each.topic === topic && each.partition === partition && each.next > BigInt(offset)),
      );
      if (isApplied) return Date.now() - from;
    }
    await pause(50);
  }
  return undefined;
}

/** Empty while the database is away. */
async function findPositions({ databaseUrl }: Stack): Promise<Position[]> {
  try {
    return await withClient(databaseUrl, async (client) => {
      const { rows } = await client.query<{ topic: string; partition: number; first: string; next: string }>(
        'SELECT topic, partition, first_offset AS first, next_offset AS next FROM operations.log_position',
      );
      return rows.map((row) => ({ ...row, first: BigInt(row.first), next: BigInt(row.next) }));
    });
  } catch {
    return [];
  }
}

/** Faults are over: waits until every message of the log is read and every app is ready. */
async function drain({ stack }: Ground): Promise<Miss[]> {
  const end = Date.now() + DRAIN_MS;
  let waiting = '';
  do {
    try {
      const lag = lagOf(await readEnds(stack.brokers, TOPICS), await findPositions(stack));
      const red = await listRed(stack);
      if (lag === 0 && red.length === 0) return [];
      waiting = `${lag} messages unread, not ready: ${red.join(', ') || 'none'}`;
    } catch (error) {
      waiting = error instanceof Error ? error.message : String(error);
    }
    await pause(100);
  } while (Date.now() < end);
  return [{ invariant: 'I13', what: `stuck after ${DRAIN_MS / 1_000} s: ${waiting}` }];
}

async function listRed({ apps }: Stack): Promise<string[]> {
  const ready = await Promise.all(apps.map(isReady));
  return apps.flatMap(({ name }, index) => (ready[index] ? [] : [name]));
}

async function gather({ stack, history, planted }: Ground): Promise<Evidence> {
  const { seen, answers, contents } = history;
  const ledger = await readLedger(stack.databaseUrl, stack.keys);
  return { seen, answers, contents, ledger, planted, recordIdKey: stack.keys.recordId };
}

async function judge(ground: Ground, fault: Fault, scene: Scene): Promise<Miss[]> {
  try {
    const evidence = await gather(ground);
    const found = INVARIANTS.flatMap((invariant) => invariant(evidence));
    const vitals = await watchVitals(ground.stack.apps, ground.baseline);
    return [...found, ...(fault.expect?.(evidence, scene) ?? []), ...vitals];
  } catch (error) {
    return [{ invariant: 'run', what: `cannot judge: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

/** Only what no former trial was blamed for; with the place where an event got lost. */
async function blame(ground: Ground, misses: readonly Miss[]): Promise<Outcome['misses']> {
  const fresh = misses.filter(({ what }) => !ground.known.has(what));
  for (const { what } of fresh) ground.known.add(what);
  if (!fresh.some(({ invariant }) => invariant === 'I1')) return fresh;
  const log = await readTopics(ground.stack.brokers, await readEnds(ground.stack.brokers, TOPICS));
  const found: Found[] = [];
  for (const { topic, partition, message } of log) {
    const opened = await openMessage(message.value, ground.stack.keys.registry);
    if (opened?.digest)
      found.push({ topic, partition, offset: message.offset, key: `${opened.source} ${opened.id} ${opened.digest}` });
  }
  const evidence = await gather(ground);
  return fresh.map((miss) => {
    const loss = triage(miss, evidence, found);
    return { ...miss, ...(loss && { loss }) };
  });
}
