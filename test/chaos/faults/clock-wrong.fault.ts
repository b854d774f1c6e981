import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Seen } from '../oracle/evidence.js';
import { startAgain, type Variant } from '../stack.js';
import { failed, type Fault } from './fault.js';

const TWO_DAYS_MS = 2 * 86_400_000;
const JUMPS_AFTER_MS = 8_000;
const WRONG_FOR_MS = 12_000;
const windows = new WeakMap<object, { isAhead: boolean; from: number; to: number }>();

/**
 * Clocks are two days wrong: that of one registry from its start, that of the other and of the adapters from one moment
 * to the next. What an agency is told then is safe either way: an adapter that is ahead refuses every token as expired
 * (401), so the agency keeps its messages; one that is behind goes on. The registries apply whatever comes.
 */
export const clockWrong: Fault = {
  name: 'F36 clocks two days wrong',
  targetMs: 20_000,
  async inject(scene) {
    const { adapters, registries } = scene.stack;
    const isAhead = scene.seed % 2 === 1;
    const offset = isAhead ? TWO_DAYS_MS : -TWO_DAYS_MS;
    const [first, second] = registries;
    await startAgain(first, wrongBy(-offset, JUMPS_AFTER_MS));
    await startAgain(second, wrongBy(offset, 0));
    await startAgain(adapters, wrongBy(offset, JUMPS_AFTER_MS));
    await pause(JUMPS_AFTER_MS);
    const from = Date.now();
    await pause(WRONG_FOR_MS);
    windows.set(scene, { isAhead, from, to: Date.now() });
    await startAgain(adapters);
    return async () => {
      for (const registry of registries) await startAgain(registry);
    };
  },
  expect({ seen }, scene) {
    const window = windows.get(scene);
    if (!window) return [];
    // A second is left for what was under way.
    const during = seen.filter(({ run, at }) => run === scene.run && at > window.from + 1_000 && at < window.to);
    const accepted = during.filter(({ is }) => is === 'ok').length;
    if (!window.isAhead) return accepted > 0 ? [] : [failed('nothing was accepted while the adapters were behind')];
    const isRefused = (each: Seen) => each.is === 'unknown' && each.why === 'status 401';
    return [
      ...(during.some(isRefused) ? [] : [failed('no agency was told 401 while the adapters were ahead')]),
      ...(accepted === 0 ? [] : [failed(`${accepted} events were accepted under expired tokens`)]),
    ];
  },
};

const wrongBy = (offset: number, after: number): Variant => ({
  env: {
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, '..', 'shifted-clock.mjs')).href}`,
    CLOCK_OFFSET_MS: String(offset),
    CLOCK_WRONG_AFTER_MS: String(after),
  },
});
