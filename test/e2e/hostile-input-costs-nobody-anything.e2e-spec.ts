// The hostile corpus over the running hub: every request and every message gets what the design says it must get, and
// neither a second client nor the next event notices.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchange } from '../hostile/exchange.js';
import { HTTP, SLOW } from '../hostile/http.data.js';
import { CANARY, type HttpCase, NIK, type Theme } from '../hostile/http-case.js';
import { type Hub, startHub } from '../hostile/hub.js';
import { JSON_THEMES } from '../hostile/json.data.js';
import { MEANING } from '../hostile/meaning.data.js';
import { SIZES } from '../hostile/size.data.js';
import { TEXT } from '../hostile/text.data.js';
import { type TokenSet, tokenSet } from '../hostile/token-set.js';
import { TOKENS } from '../hostile/token.data.js';
import { faultsOf } from '../hostile/verdict.js';
import { wireOf } from '../hostile/wire.js';

const THEMES: readonly Theme[] = [TEXT, ...JSON_THEMES, ...SIZES, ...HTTP, ...TOKENS, ...MEANING];
const AT_ONCE = 4;

let hub: Hub;
let tokens: TokenSet;

beforeAll(async () => {
  hub = await startHub();
  tokens = await tokenSet(hub.issuer);
}, 60_000);
afterAll(() => hub?.stop(), 30_000);

async function run(one: HttpCase, at: number): Promise<string[]> {
  const language = at % 2 === 0 ? 'en' : 'id';
  const { ends, drip } = one;
  const answer = await exchange({
    port: hub.port,
    pieces: wireOf(one, tokens, language),
    withinMs: 45_000,
    bodiless: one.method === 'HEAD',
    ...(ends && { ends }),
    ...(drip && { drip }),
  });
  return faultsOf(one, answer, language);
}

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

describe('hostile requests', () => {
  let slow: Promise<string[]>;
  beforeAll(() => {
    slow = runTheme(SLOW, SLOW.cases.length);
  });

  it.each(THEMES)('get what they must get: $theme', async (theme) => {
    const begun = performance.now();
    expect(await runTheme(theme, AT_ONCE)).toEqual([]);
    console.log(theme.theme, theme.cases.length, performance.now() - begun);
  });

  it('get what they must get: senders that are slow', async () => {
    expect(await slow).toEqual([]);
  });

  it('leave no trace in the log', () => {
    const seen = [CANARY, NIK, 'eyJ'].filter((text) => hub.log().includes(text));
    expect(seen).toEqual([]);
    expect(hub.isRunning()).toBe(true);
  });
});
