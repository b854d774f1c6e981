// The whole chain over HTTP: five agencies push, the registry answers. Whatever is killed in mid-run, every accepted
// message has its verdict and the state is that of an undisturbed run.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const RUN_MS = 240_000;
const KILLS = { hub: 1, registry: 1, kafka: 1, postgres: 1 };

interface Outcome {
  ok: boolean;
  wrong: string[];
  kills: Partial<typeof KILLS>;
  balance: { balanced: boolean };
  stateHash: string;
}

/** One demonstration on servers of its own, as a newcomer starts it. */
async function demonstrate(...flags: string[]): Promise<Outcome> {
  const small = ['--persons', '400', '--days', '6', '--exit', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, ['tools/run.mjs', 'demo', ...small, ...flags], {
    cwd: root,
    timeout: RUN_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Outcome;
}

describe('five agencies and one registry', () => {
  let undisturbed: Outcome;

  beforeAll(async () => {
    undisturbed = await demonstrate();
  }, RUN_MS);

  it('end with a verdict for every accepted message and a balance that holds', () => {
    expect(undisturbed).toMatchObject({ ok: true, wrong: [], kills: {}, balance: { balanced: true } });
  });

  it(
    'end in the same state when hub, registry, broker and database are killed in mid-run',
    async () => {
      const flags = Object.entries(KILLS).flatMap(([part, times]) => ['--kill', `${part}:${times}`]);
      const disturbed = await demonstrate(...flags);
      expect(disturbed).toMatchObject({ ok: true, wrong: [], kills: KILLS });
      expect(disturbed.stateHash).toBe(undisturbed.stateHash);
    },
    RUN_MS,
  );
});
