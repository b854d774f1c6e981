import { setTimeout as pause } from 'node:timers/promises';
import { isNumber } from '../../apps/registry/src/paging/number-of.js';
import type { ReplayRow } from '../../apps/registry/src/replay/replay.entity.js';
import type { ReplayItem, ReplayStore } from '../../apps/registry/src/replay/replay.store.js';

const LOOK_EVERY_MS = 500;
/** No progress for this long: no registry process is at it. */
const PATIENCE_MS = 30_000;
const MOST_LINES = 20;

const GOOD: ReadonlySet<string> = new Set(['applied', 'duplicate', 'repaired']);

/** Watches a replay to its end, then says what became of it. Throws when nothing moves. */
export async function follow(replays: ReplayStore, number: string): Promise<void> {
  let seen = -1;
  let moved = Date.now();
  for (;;) {
    const job = await get(replays, number);
    if (job.done !== seen) {
      [seen, moved] = [job.done, Date.now()];
      tellProgress(job);
    }
    if (job.state !== 'running') return await tellOutcomes(replays, job);
    if (Date.now() - moved > PATIENCE_MS) {
      throw new Error(
        `Replay ${number} does not move: is a registry running? It goes on as soon as one does / ` +
          `Putar ulang ${number} tidak bergerak: apakah registri berjalan? Akan berlanjut begitu ada yang berjalan`,
      );
    }
    await pause(LOOK_EVERY_MS);
  }
}

async function get(replays: ReplayStore, number: string): Promise<ReplayRow> {
  const job = isNumber(number) ? await replays.find(number) : undefined;
  if (!job) throw new Error(`There is no replay ${number} / Tidak ada putar ulang ${number}`);
  return job;
}

function tellProgress({ id, done, total }: ReplayRow): void {
  const line = `replay ${id}: ${done} / ${total}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === total ? '\n' : ''}`);
  else console.log(line);
}

async function tellOutcomes(replays: ReplayStore, { id, state }: ReplayRow): Promise<void> {
  const outcomes = await replays.countOutcomes(id);
  console.log(`${state}: ${wordsOf(outcomes)}`);
  const left: ReplayItem[] = [];
  let after = 0;
  while (left.length <= MOST_LINES) {
    const page = await replays.listItems(id, after, 1000);
    const last = page.at(-1);
    if (!last) break;
    after = last.n;
    left.push(...page.filter(({ outcome }) => outcome !== null && !GOOD.has(outcome)));
  }
  for (const { letter, outcome, code, source, event } of left.slice(0, MOST_LINES))
    console.log(`  ${letter}  ${outcome}  ${code ?? '-'}  ${source ?? '-'}  ${event ?? '-'}`);
  if (left.length > MOST_LINES) console.log(`  …  GET /registry/v1/dead-letters/replays/${id}`);
}

/** `a 3, b 2`, or a dash. */
export const wordsOf = (counts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || '-';
