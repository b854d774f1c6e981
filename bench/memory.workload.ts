import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { makePopulation, type Resident } from '../tools/demo/population/population.js';
import { tellAll } from './details.js';
import { growthMessages } from './growth-load.js';
import { GROWTH_ROUTE } from './growth-message.js';
import { forgetPeak, megabytes, readMemory } from './process-memory.js';
import { Wire } from './wire.js';
import type { Grounds, Outcome, Stage, Workload } from './workload.js';

const WARM_UP = 1_000;
const EVENTS = 100_000;
const REST_MS = 10_000;
const RESIDENTS = 10_000;
const SEED = 1;

/** How much more memory one very long request needs than a short one, while the registry takes in what it brings. */
export const memory: Workload = {
  name: 'memory',
  needs: 'installation',
  notQuick: 'one request of 100,000 events takes longer than a quick run has',
  figures: [
    {
      key: 'growth',
      says: `growth of the hub's peak resident memory by one request of ${EVENTS} events`,
      unit: 'MB',
      bound: { atMost: 96 },
    },
  ],
  run: async (stage) => {
    const { residents } = makePopulation({ seed: SEED, persons: RESIDENTS });
    const wire = await Wire.open(stage.installation);
    try {
      return await measure(stage, wire, residents);
    } finally {
      wire.close();
    }
  },
};

async function measure(
  { installation, say, stop }: Stage & Pick<Grounds, 'installation'>,
  wire: Wire,
  residents: readonly Resident[],
): Promise<Outcome> {
  const pid = installation.hubPid();
  say(`Warm-up with ${WARM_UP} events, then ${REST_MS / 1_000} s of rest`);
  await send(wire, linesOf(residents, 0, WARM_UP), stop);
  await pause(REST_MS, undefined, { signal: stop });
  forgetPeak(pid);
  const before = readMemory(pid);
  say(`One request of ${EVENTS} events; the hub has ${megabytes(before.now)} MB`);
  const telling = setInterval(() => say(`the hub has ${megabytes(readMemory(pid).now)} MB`), 5_000);
  try {
    const started = performance.now();
    const { bytes, accepted, other } = await send(wire, linesOf(residents, WARM_UP, EVENTS), stop);
    const seconds = Math.round(performance.now() - started) / 1_000;
    const after = readMemory(pid);
    const details = {
      before: megabytes(before.peak),
      after: megabytes(after.peak),
      accepted,
      seconds,
      bytesPerEvent: Math.round(bytes / EVENTS),
    };
    say(tellAll(details));
    const fault = accepted === EVENTS ? undefined : `${accepted} of ${EVENTS} events have a receipt; ${other}`;
    return { values: { growth: megabytes(after.peak - before.peak) }, details, ...(fault !== undefined && { fault }) };
  } finally {
    clearInterval(telling);
  }
}

function* linesOf(residents: readonly Resident[], from: number, count: number): Generator<string> {
  for (const message of growthMessages(residents, from, count)) yield `${JSON.stringify(message)}\n`;
}

interface Sent {
  bytes: number;
  /** Items with a receipt. */
  accepted: number;
  /** The last line that was no receipt. */
  other: string;
}

async function send(wire: Wire, lines: Iterable<string>, stop: AbortSignal): Promise<Sent> {
  const sent: Sent = { bytes: 0, accepted: 0, other: '' };
  const counted = function* (): Generator<string> {
    for (const line of lines) {
      sent.bytes += line.length;
      yield line;
    }
  };
  const { answer, sent: whole } = await wire.stream(GROWTH_ROUTE, Readable.from(counted()), stop);
  for await (const line of createInterface({ input: answer })) {
    const { status, receipt } = JSON.parse(line) as { status?: string; receipt?: string };
    if (status === 'accepted' && receipt) sent.accepted += 1;
    else sent.other = line;
  }
  await whole;
  return sent;
}
