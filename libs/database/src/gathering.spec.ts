import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

interface Batch {
  questions: readonly number[];
  answer: (answers: number[]) => void;
  fail: (error: Error) => void;
}

/** A gathering whose batches are answered by hand. */
function byHand(): { gathering: Gathering<number, number>; batches: Batch[] } {
  const batches: Batch[] = [];
  const gathering = new Gathering<number, number>((questions) => {
    const { promise, resolve, reject } = Promise.withResolvers<number[]>();
    batches.push({ questions, answer: resolve, fail: reject });
    return promise;
  });
  return { gathering, batches };
}

const ticks = async (): Promise<void> => {
  for (let tick = 0; tick < 20; tick++) await Promise.resolve();
};

describe('a gathering', () => {
  it('asks the first question at once and those that come meanwhile together, and answers each its own', async () => {
    const { gathering, batches } = byHand();
    const answers = [1, 2, 3].map((question) => gathering.answer(question));
    expect(batches.map(({ questions }) => questions)).toEqual([[1]]);
    batches[0]?.answer([10]);
    await ticks();
    expect(batches.map(({ questions }) => questions)).toEqual([[1], [2, 3]]);
    batches[1]?.answer([20, 30]);
    expect(await Promise.all(answers)).toEqual([10, 20, 30]);
  });

  it('asks each of a failed batch alone, so that a bad question fails only its own asker', async () => {
    const gathering = new Gathering<number, number>(async (questions) => {
      await Promise.resolve();
      if (questions.includes(3)) throw new Error('3 is bad');
      return questions.map((question) => 10 * question);
    });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((question) => gathering.answer(question)));
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
      10,
      20,
      'failed',
      40,
    ]);
    expect(await gathering.answer(5)).toBe(50);
  });

  it('lets nobody wait for the failures of the others', async () => {
    const { gathering, batches } = byHand();
    const answers = [1, 2, 3].map((question) => gathering.answer(question));
    batches[0]?.answer([10]);
    await ticks();
    batches[1]?.fail(new Error('away'));
    await ticks();
    expect(batches.slice(2).map(({ questions }) => questions)).toEqual([[2], [3]]);
    batches[3]?.answer([30]);
    expect(await answers[2]).toBe(30);
    batches[2]?.answer([20]);
    expect(await answers[1]).toBe(20);
  });

  it('takes no answers for those of others: one too few fails', async () => {
    const gathering = new Gathering<number, number>(async () => Promise.resolve([]));
    await expect(gathering.answer(1)).rejects.toThrow('0 answers to 1 questions');
  });

  it('asks so many at most at once', async () => {
    const sizes: number[] = [];
    const gathering = new Gathering<number, number>(async (questions) => {
      sizes.push(questions.length);
      return Promise.resolve([...questions]);
    });
    await Promise.all(Array.from({ length: 402 }, (_, question) => gathering.answer(question)));
    expect(sizes).toEqual([1, 200, 200, 1]);
  });
});
