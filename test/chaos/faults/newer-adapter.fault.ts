import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../tools/local/guarded.mjs';
import { laterType, makeLaterBuild } from '../later-build.js';
import { type Stack, startAgain, withClient } from '../stack.js';
import { failed, type Fault } from './fault.js';

const WANTED = 10;
/** The newest version that was ever published on a stack. */
const versions = new WeakMap<Stack, number>();
/** Ids of those that waited. */
const waited = new WeakMap<object, string[]>();

/**
 * An adapter of a later build publishes another version of an event type, beside the one that is known. The registries
 * let these wait and apply all else; brought to the later build, they apply what waited by themselves. The adapters go
 * back to the older build in the end, which the newer registries understand.
 */
export const newerAdapter: Fault = {
  name: 'F35 adapter newer than the registry',
  targetMs: 20_000,
  async inject(scene, random) {
    const { stack } = scene;
    const version = (versions.get(stack) ?? 1) + 1;
    versions.set(stack, version);
    const build = makeLaterBuild(stack.builds.plain, version);
    await startAgain(stack.adapters, { build });
    const lacks = `type:${laterType(version)}`;
    const isEnough = async () => (await listWaiting(stack, lacks)).length >= WANTED || undefined;
    await until(isEnough, { withinMs: 30_000, what: `${WANTED} messages wait for ${lacks}` });
    await pause(random.whole(1_000, 3_000));
    waited.set(scene, await listWaiting(stack, lacks));
    for (const registry of [...stack.registries, stack.spare]) registry.build = build;
    for (const registry of stack.registries) await startAgain(registry);
    const isNone = async () => (await listWaiting(stack, lacks)).length === 0 || undefined;
    await until(isNone, { withinMs: 40_000, what: 'nothing waits any more' });
    return () => startAgain(stack.adapters);
  },
  expect({ ledger }, scene) {
    const settled = new Set([
      ...ledger.revisions
        .filter(({ verdict }) => verdict === 'applied')
        .map(({ kind, reference, revision }) => `${kind}/${reference}/${revision}`),
      ...ledger.letters.filter(({ code }) => code === 'event.conflict').map(({ id }) => id),
    ]);
    return (waited.get(scene) ?? [])
      .filter((id) => !settled.has(id))
      .map((id) => failed(`${id} waited and was not applied`));
  },
};

async function listWaiting({ databaseUrl }: Stack, lacks: string): Promise<string[]> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT k.name || '/' || d.reference || '/' || d.revision AS id FROM operations.dead_letter d
       JOIN registry.kind_number k ON k.number = d.kind WHERE d.state = 'waiting' AND d.lacks = $1`,
      [lacks],
    );
    return rows.map(({ id }) => id);
  });
}
