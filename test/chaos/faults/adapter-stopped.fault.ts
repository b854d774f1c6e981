import { failed, type Fault } from './fault.js';

const LONGEST_MS = 10_000;
const misbehaved = new WeakMap<object, string>();

/** SIGTERM under load: what is in flight is finished or refused, and the process is gone within 10 s with code 0. */
export const adapterStopped: Fault = {
  name: 'F3 adapter told to stop under load',
  targetMs: 15_000,
  async inject(scene) {
    const { adapters } = scene.stack;
    const { how, ms } = await adapters.stop();
    if (how !== 'code 0' || ms > LONGEST_MS) misbehaved.set(scene, `it ended with ${how} after ${Math.round(ms)} ms`);
    await adapters.start();
  },
  expect(evidence, scene) {
    const ending = misbehaved.get(scene);
    const cut = evidence.seen.filter(
      (seen) => seen.run === scene.run && seen.is === 'unknown' && seen.why === 'the body broke off',
    );
    return [
      ...(ending === undefined ? [] : [failed(ending)]),
      ...cut.map(({ request }) => failed(`the answer to request ${request} broke off after its status`)),
    ];
  },
};
