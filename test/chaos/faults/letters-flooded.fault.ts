import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../tools/local/guarded.mjs';
import { type Agency, registerAgency, TokenPurse } from '../agency.js';
import { AgencyClient } from '../client.js';
import { makePeople, type Statement, Teller } from '../message.js';
import type { Seen } from '../oracle/evidence.js';
import type { Random } from '../random.js';
import { readMetrics, runTool, type Stack, startAgain, withClient } from '../stack.js';
import { failed, type Fault, type Scene } from './fault.js';

const STATEMENTS = 300;
const WANTED_LETTERS = 2_000;
const FLOOD_MS = 60_000;
/** Until everybody's backlog from the restart of the adapters is taken. */
const SETTLED_MS = 3_000;
/** The registry counts each minute. */
const ALARM_MS = 75_000;
const MOST_BYTES_PER_LETTER = 8_192;
/** Below what the flood sends in a second, far above what the others do. */
const QUOTA = { QUOTA_ITEMS_PER_SECOND: '200', QUOTA_ITEMS_BURST: '1000' };

interface Flood {
  source: string;
  from: number;
  to: number;
  bytesPerLetter: number;
}
const floods = new WeakMap<object, Flood>();

/**
 * A system that has gone mad contradicts itself without end. It is throttled to its share, each accepted contradiction
 * is one dead letter and no more, others do not feel it, the alarm names it; suspended it gets no token, resumed it is
 * served as before.
 */
export const lettersFlooded: Fault = {
  name: 'F39 flood of dead letters from one source',
  targetMs: 15_000,
  async inject(scene, random) {
    const { stack } = scene;
    const agency = await withClient(stack.databaseUrl, (client) =>
      registerAgency(client, `chaos-mad-${scene.run}`, 'social'),
    );
    await startAgain(stack.adapters, { env: QUOTA });
    await pause(SETTLED_MS);
    const sizeBefore = await sizeOfLetters(stack);
    const from = Date.now();
    await flood(scene, agency, random);
    const to = Date.now();
    const count = await untilLetters(stack, agency);
    floods.set(scene, {
      source: agency.source,
      from,
      to,
      bytesPerLetter: ((await sizeOfLetters(stack)) - sizeBefore) / count,
    });
    await untilAlarm(stack, agency);
    await suspendAndResume(scene, agency, random);
    return () => startAgain(stack.adapters);
  },
  expect({ seen, ledger }, scene) {
    const told = floods.get(scene);
    if (!told) return [];
    const { source, bytesPerLetter } = told;
    const own = seen.filter((each) => each.source === source);
    const accepted = own.filter(({ is }) => is === 'ok').length;
    const letters = ledger.letters.filter((letter) => letter.source === source).length;
    const others = seen.filter((each) => each.run === scene.run && each.source !== source);
    return [
      ...(own.some(isThrottled) ? [] : [failed('the flood was never answered with 429')]),
      ...(others.some(isThrottled) ? [failed('another agency was answered with 429')] : []),
      ...(letters < accepted ? [] : [failed(`${letters} letters of ${accepted} accepted messages`)]),
      ...(bytesPerLetter < MOST_BYTES_PER_LETTER ? [] : [failed(`a letter takes ${bytesPerLetter} bytes`)]),
      ...listUnserved(scene, others, told).map((name) => failed(`${name} was not served during the flood`)),
    ];
  },
};

const isThrottled = (seen: Seen): boolean => seen.is === 'unknown' && seen.why === 'status 429';

/** Agencies of which nothing was accepted in one half of the flood. */
function listUnserved({ stack }: Scene, others: readonly Seen[], { from, to }: Flood): string[] {
  const half = (to - from) / 2;
  const isServed = (source: string, start: number): boolean =>
    others.some((each) => each.is === 'ok' && each.source === source && each.at >= start && each.at <= start + half);
  return stack.agencies
    .map(({ source }) => source)
    .filter((source) => !isServed(source, from) || !isServed(source, from + half));
}

/** Says statements, then again and again others under their ids, until so many contradictions were accepted. */
async function flood(scene: Scene, agency: Agency, random: Random): Promise<void> {
  const client = clientOf(scene, agency);
  const teller = tellerOf(scene, random);
  const firsts = Array.from({ length: STATEMENTS * 2 }, () => teller.fresh()).filter(isRanking);
  let open: readonly Statement[] = firsts;
  const end = Date.now() + FLOOD_MS;
  for (let accepted = 0; accepted < WANTED_LETTERS + firsts.length && Date.now() < end;) {
    const refused = await client.send(open, 'array');
    accepted += open.length - refused.length;
    open = refused.length > 0 ? refused : firsts.map((first) => teller.conflict(first));
    if (refused.length > 0) await pause(100);
  }
}

const isRanking = ({ kind }: Statement): boolean => kind === 'welfare-ranking';

const clientOf = ({ stack, history, run }: Scene, agency: Agency): AgencyClient =>
  new AgencyClient(agency, { issuer: stack.issuerUrl, adapters: stack.adaptersUrl }, history, run);

const tellerOf = ({ run }: Scene, random: Random): Teller =>
  new Teller('social', `${run}-mad`, makePeople(random.child('people'), 40), random.child('teller'));

async function untilLetters({ databaseUrl }: Stack, { source }: Agency): Promise<number> {
  return await withClient(databaseUrl, (client) =>
    until(
      async () => {
        const { rows } = await client.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM operations.dead_letter d
           JOIN registry.source_number s ON s.number = d.source WHERE s.name = $1`,
          [source],
        );
        const count = rows[0]?.count ?? 0;
        return count >= WANTED_LETTERS / 2 ? count : undefined;
      },
      { withinMs: 30_000, what: 'the contradictions are dead letters' },
    ),
  );
}

async function sizeOfLetters({ databaseUrl }: Stack): Promise<number> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ size: number }>(
      "SELECT pg_total_relation_size('operations.dead_letter')::float8 AS size",
    );
    return rows[0]?.size ?? 0;
  });
}

async function untilAlarm({ registries }: Stack, { source }: Agency): Promise<void> {
  const isTold = async (): Promise<true | undefined> => {
    for (const registry of registries)
      if ((await readMetrics(registry)).includes(`simpul_failing_source{source="${source}"`)) return true;
    return undefined;
  };
  await until(isTold, { withinMs: ALARM_MS, what: `the alarm about ${source}` });
}

/** As an operator does it; then it says something good. */
async function suspendAndResume(scene: Scene, agency: Agency, random: Random): Promise<void> {
  const { stack } = scene;
  const mayHaveToken = async (): Promise<boolean> => {
    try {
      return (await new TokenPurse(stack.issuerUrl, agency).bearer()) !== '';
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
  for (const [command, wanted] of [
    ['suspend', false],
    ['resume', true],
  ] as const) {
    await runTool(stack.builds.plain, ['source', command, agency.source], { DATABASE_OWNER_URL: stack.databaseUrl });
    const isSo = async () => (await mayHaveToken()) === wanted || undefined;
    await until(isSo, { withinMs: 10_000, what: `a token after ${command} is given: ${wanted}` });
  }
  const client = clientOf(scene, agency);
  let open: readonly Statement[] = [tellerOf(scene, random.child('again')).fresh()];
  const isTaken = async () => (open = await client.send(open, 'array')).length === 0 || undefined;
  await until(isTaken, { withinMs: 20_000, what: 'the resumed source is served' });
}
