import { describe, expect, it } from '@jest/globals';
import { workAhead } from './work-ahead.js';

/** Notes what begins and ends. */
async function run(chunks: readonly number[], { stopAt, failAt }: { stopAt?: number; failAt?: number } = {}) {
  const steps: string[] = [];
  const done = workAhead(
    chunks,
    (chunk) => {
      steps.push(`prepare ${chunk}`);
      return chunk === failAt ? Promise.reject(new Error(`${chunk} cannot be prepared`)) : Promise.resolve(chunk);
    },
    async (prepared) => {
      steps.push(`work ${prepared}`);
      await Promise.resolve();
      steps.push(`worked ${prepared}`);
      return prepared !== stopAt;
    },
  );
  const error = await done.then(
    () => undefined,
    (thrown: Error) => thrown.message,
  );
  return { steps, error };
}

describe('workAhead', () => {
  it('prepares the next chunk while one is worked on, and no further one', async () => {
    expect((await run([1, 2, 3])).steps).toEqual([
      'prepare 1',
      'prepare 2',
      'work 1',
      'worked 1',
      'prepare 3',
      'work 2',
      'worked 2',
      'work 3',
      'worked 3',
    ]);
  });

  it('works on nothing after a chunk that ends it', async () => {
    expect((await run([1, 2, 3], { stopAt: 1 })).steps).toEqual(['prepare 1', 'prepare 2', 'work 1', 'worked 1']);
  });

  it('tells of a failed preparation when its turn comes, after all before it', async () => {
    const { steps, error } = await run([1, 2, 3], { failAt: 2 });
    expect(steps).toEqual(['prepare 1', 'prepare 2', 'work 1', 'worked 1']);
    expect(error).toBe('2 cannot be prepared');
  });

  it('has nothing to do without chunks', async () => {
    expect(await run([])).toEqual({ steps: [], error: undefined });
  });
});
