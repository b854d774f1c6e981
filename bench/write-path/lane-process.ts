import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { nodeFlagsOf } from '../../tools/node-flags.mjs';
import type { WriterPlan } from './writer.js';
import type { WriterName } from './writers.js';

export interface LaneOrder extends WriterPlan {
  writer: WriterName;
  /** With all steps. */
  file: string;
  /** Steps that are not measured. */
  warmUp: number;
}

/** A process that writes, with the flags of a registry apart. It stands still, warm, until it is told to go. */
export interface Lane {
  pid: number;
  /** Milliseconds of the next steps, so many or all that are left. */
  go(steps?: number): Promise<number>;
  end(): Promise<void>;
}

export type Order = { is: 'go'; steps: number } | { is: 'end' };

type Word = { is: 'warm' } | { is: 'done'; ms: number };

/** Starts a lane and waits until it is warm. */
export async function startLane(
  order: Omit<LaneOrder, 'file'> & { steps: readonly unknown[] },
  stop: AbortSignal,
): Promise<Lane> {
  const { steps, ...rest } = order;
  const file = join(order.keyFiles.folder, `${order.writer}-${order.partition}.steps`);
  writeFileSync(file, serialize(steps));
  const child = fork(join(import.meta.dirname, 'lane.js'), {
    serialization: 'advanced',
    signal: stop,
    execArgv: [...nodeFlagsOf('registry')],
  });
  // An abort is told as an error too; whoever waits for the lane hears of its end.
  child.on('error', () => undefined);
  child.send({ ...rest, file });
  await hear(child, 'warm');
  return {
    pid: child.pid ?? 0,
    go: async (count = steps.length) => {
      child.send({ is: 'go', steps: count } satisfies Order);
      const word = await hear(child, 'done');
      return word.is === 'done' ? word.ms : 0;
    },
    end: async () => {
      const ended = once(child, 'exit');
      child.send({ is: 'end' } satisfies Order);
      await ended;
    },
  };
}

/** The next word of a lane; throws when it ends instead. */
async function hear(child: ChildProcess, expected: Word['is']): Promise<Word> {
  const over = new AbortController();
  const died = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`A lane ended with ${code} before it was ${expected}`);
  });
  try {
    const [word] = (await Promise.race([once(child, 'message', { signal: over.signal }), died])) as [Word];
    if (word.is !== expected) throw new Error(`A lane said ${word.is} instead of ${expected}`);
    return word;
  } finally {
    over.abort();
    died.catch(() => undefined);
  }
}
