import { randomInt } from 'node:crypto';
import { freePort } from '../../tools/local/guarded.mjs';

// Below the numbers that systems give to outgoing connections: nobody takes it by chance while its process is down.
const [LOWEST, HIGHEST] = [15_000, 29_999];
/** Free until their processes listen: the same number must not be drawn twice meanwhile. */
const given = new Set<number>();

/** A free port that a process finds free again when it is started anew. */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const wanted = randomInt(LOWEST, HIGHEST);
    if (given.has(wanted)) continue;
    given.add(wanted);
    if ((await freePort(wanted)) === wanted) return wanted;
  }
}
