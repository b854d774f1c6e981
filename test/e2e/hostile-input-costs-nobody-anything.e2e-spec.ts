// The hostile corpus over the running hub: every request and every message gets what the design says it must get, and
// neither a second client nor the next event notices.
import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchange } from '../hostile/exchange.js';
import { HTTP, SLOW } from '../hostile/http.data.js';
import { CANARY, NIK } from '../hostile/canary.js';
import { type HttpCase, type Theme } from '../hostile/http-case.js';
import { type Hub, startHub } from '../hostile/hub.js';
import { JSON_THEMES } from '../hostile/json.data.js';
import { LOG } from '../hostile/log.data.js';
import { LogRun } from '../hostile/log-run.js';
import { MEANING } from '../hostile/meaning.data.js';
import { SecondClient, type SteadyPush } from '../hostile/second-client.js';
import { SIZES } from '../hostile/size.data.js';
import { TEXT } from '../hostile/text.data.js';
import { EVERYWHERE, SOURCE, type TokenSet, tokenSet } from '../hostile/token-set.js';
import { TOKENS } from '../hostile/token.data.js';
import { faultsOf } from '../hostile/verdict.js';
import { wireOf } from '../hostile/wire.js';

const THEMES: readonly Theme[] = [TEXT, ...JSON_THEMES, ...SIZES, ...HTTP, ...TOKENS, ...MEANING];
const AT_ONCE = 4;
/** The longest limit that a slow sender meets, and some. */
const WITHIN_MS = 45_000;
/** How long a good push may take while others do their worst, on a computer that has no other work beside this. */
const PATIENCE_MS = 1_000;
const otherWork = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

let hub: Hub;
let tokens: TokenSet;
let second: SecondClient;
let pushes: SteadyPush[] = [];
let slow: Promise<string[]>;
const receipts: string[] = [];

beforeAll(async () => {
  hub = await startHub();
  tokens = await tokenSet(hub.issuer);
  second = new SecondClient(hub.port, tokens['good, of another client']);
  slow = runTheme(SLOW, SLOW.cases.length);
}, 150_000);
afterAll(() => hub.stop(), 30_000);

async function run(one: HttpCase, at: number): Promise<string[]> {
  const language = at % 2 === 0 ? 'en' : 'id';
  const { ends, drip } = one;
  const pieces = wireOf(one, tokens, language);
  const bodiless = one.method === 'HEAD';
  const sending = {
    port: hub.port,
    pieces,
    withinMs: WITHIN_MS,
    bodiless,
    ...(ends && { ends }),
    ...(drip && { drip }),
  };
  const answer = await exchange(sending);
  receipts.push(...[...answer.body.matchAll(/"receipt":"([\w-]+)"/gu)].map(([, receipt = '']) => receipt));
  return faultsOf(one, answer, language);
}

/** What is not as it must be, each with the case that it belongs to. */
async function runTheme({ theme, cases }: Theme, atOnce: number): Promise<string[]> {
  const faults: string[] = [];
  const open = [...cases.entries()].toReversed();
  const work = async (): Promise<void> => {
    for (let next = open.pop(); next; next = open.pop()) {
      const [at, one] = next;
      faults.push(...(await run(one, at)).map((fault) => `${theme}: ${one.name}: ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return faults;
}

describe('hostile input', () => {
  it.each(THEMES)('over HTTP gets what it must get: $theme', async (theme) => {
    expect(await runTheme(theme, SIZES.includes(theme) ? 1 : AT_ONCE)).toEqual([]);
  });

  it('in the log gets its verdict, is counted, and the event behind it is applied', async () => {
    const cases = LOG.flatMap(({ theme, cases: each }) =>
      each.map((one) => ({ ...one, name: `${theme}: ${one.name}` })),
    );
    expect(await new LogRun(hub).run(cases)).toEqual([]);
  });

  it('over HTTP gets what it must get, however slowly it is sent', async () => {
    expect(await slow).toEqual([]);
  });

  it('does not keep a second client waiting', async () => {
    pushes = await second.stop();
    expect(pushes.filter(({ status, ms }) => status !== 202 || ms > PATIENCE_MS * otherWork)).toEqual([]);
    expect(pushes.length).toBeGreaterThan(100);
  });

  it('is applied where it was accepted', async () => {
    const readers = new LogRun(hub);
    const others = pushes.flatMap(({ receipt }) => receipt ?? []);
    const verdicts = [
      ...(await readers.verdictsOf(SOURCE, receipts)),
      ...(await readers.verdictsOf(EVERYWHERE, others)),
    ];
    expect(verdicts.length).toBeGreaterThan(1_000);
    expect([...new Set(verdicts)]).toEqual(['applied']);
  });

  it('leaves no trace of its values in the log, and the process as it was', async () => {
    const lines = hub.log().split('\n');
    expect(lines.filter((line) => [CANARY, NIK, 'eyJ'].some((text) => line.includes(text)))).toEqual([]);
    expect(lines.filter((line) => /"msg":"(?:uncaught|request\.failed|stopping)"|"status":5\d\d/u.test(line))).toEqual(
      [],
    );
    expect([hub.isRunning(), await hub.readyz()]).toEqual([true, 200]);
  });
});
