import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../tools/local/guarded.mjs';
import { readEnds } from '../oracle/topic.js';
import { type App, listPositions, readMetrics, runTool, type Stack, withClient } from '../stack.js';
import { failed, type Fault, type Scene } from './fault.js';

/** `topic/partition` → why it should stand still. */
export type Expected = ReadonlyMap<string, 'gap' | 'diverged'>;

const HALT_MS = 40_000;
const ALARM_MS = 15_000;
const OTHERS_MS = 30_000;
const UNDER_LOAD_MS = 2_000;
const complaints = new WeakMap<object, string[]>();

/**
 * The log is not what was read any more: exactly these partitions stand still where they are, and say so, while the
 * others go on; then an operator adopts the log as it is. Gives what the operator was told.
 */
export async function haltAndAdopt(scene: Scene, expected: Expected): Promise<string> {
  const { stack } = scene;
  const before = await readPositions(stack);
  const found: string[] = [];
  complaints.set(scene, found);
  await untilHalted(stack, expected);
  await untilOthersMove(stack, expected);
  await pause(UNDER_LOAD_MS);
  found.push(...compare(expected, await readHalts(stack)));
  const after = await readPositions(stack);
  for (const place of expected.keys())
    if (after.get(place) !== before.get(place))
      found.push(`${place} went on, from ${before.get(place)} to ${after.get(place)}`);
  await untilAlarmed(stack, expected);
  let told = '';
  for (const place of expected.keys())
    told += await runTool(stack.builds.plain, ['log', 'adopt', place, '--go'], stack.settings);
  return told;
}

export const judgeHalt: Fault['expect'] = (_evidence, scene) => (complaints.get(scene) ?? []).map(failed);

export function complain(scene: Scene, what: string): void {
  complaints.get(scene)?.push(what);
}

/** Waits until all that stands on a topic is read. */
export async function untilRead({ brokerUrls, ...stack }: Stack, topic: string): Promise<Map<string, bigint>> {
  return await until(
    async () => {
      const ends = await readEnds(brokerUrls, [topic]);
      const positions = await readPositions(stack);
      return [...ends].every(([place, end]) => (positions.get(place) ?? 0n) === end) ? ends : undefined;
    },
    { withinMs: 20_000, what: `${topic} is read to its end` },
  );
}

export async function readPositions({ databaseUrl }: Pick<Stack, 'databaseUrl'>): Promise<Map<string, bigint>> {
  const positions = await listPositions(databaseUrl);
  return new Map(positions.map(({ topic, partition, next }) => [`${topic}/${partition}`, next]));
}

async function readHalts({ databaseUrl }: Stack): Promise<Map<string, string>> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ place: string; code: string }>(
      `SELECT topic || '/' || partition AS place, code FROM operations.log_halt`,
    );
    return new Map(rows.map(({ place, code }) => [place, code]));
  });
}

async function untilHalted(stack: Stack, expected: Expected): Promise<void> {
  await until(
    async () => {
      const halts = await readHalts(stack);
      return [...expected.keys()].every((place) => halts.has(place)) || undefined;
    },
    { withinMs: HALT_MS, what: `${[...expected.keys()].join(', ')} stand still` },
  );
}

async function untilOthersMove(stack: Stack, expected: Expected): Promise<void> {
  const sum = sumOf(await readPositions(stack), expected);
  await until(async () => sumOf(await readPositions(stack), expected) > sum || undefined, {
    withinMs: OTHERS_MS,
    what: 'the other partitions go on',
  });
}

/** Each registry names them in its metrics, and no other. */
async function untilAlarmed({ registries }: Stack, expected: Expected): Promise<void> {
  const wanted = [...expected.keys()].toSorted().join();
  for (const registry of registries)
    await until(async () => ((await listAlarms(registry)).join() === wanted ? true : undefined), {
      withinMs: ALARM_MS,
      what: `${registry.name} raises the alarm for ${wanted} alone`,
    });
}

const ALARM = /^simpul_partition_halted\{topic="([^"]+)",partition="(\d+)"\} 1$/gmu;

async function listAlarms(registry: App): Promise<string[]> {
  const alarms = (await readMetrics(registry)).matchAll(ALARM);
  return [...alarms].map(([, topic, partition]) => `${topic}/${partition}`).toSorted();
}

function compare(expected: Expected, halts: ReadonlyMap<string, string>): string[] {
  const places = new Set([...expected.keys(), ...halts.keys()]);
  return [...places].flatMap((place) => {
    const [wanted = 'none', halt = 'none'] = [expected.get(place), halts.get(place)];
    return wanted === halt ? [] : [`${place}: ${halt} instead of ${wanted}`];
  });
}

const sumOf = (positions: ReadonlyMap<string, bigint>, without: Expected): bigint =>
  [...positions].reduce((sum, [place, next]) => (without.has(place) ? sum : sum + next), 0n);
