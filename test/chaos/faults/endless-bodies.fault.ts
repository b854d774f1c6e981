import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agent } from '../load.js';
import type { Stack } from '../stack.js';
import { readVitals } from '../vitals.js';
import { failed, type Fault } from './fault.js';

const CHUNK = 64 * 1_024;
const FOR_MS = 10_000;
const LOOK_MS = 100;
const MOST_RESIDENT_MB = 450;
const OF_EACH = 3;

interface Body {
  headers: readonly string[];
  begin: string;
  /** Comes again and again, for as long as somebody takes it. */
  rest: string;
}

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const CHUNKED = 'transfer-encoding: chunked';
const JSON_TYPE = 'content-type: application/json';
const LINES_TYPE = 'content-type: application/x-ndjson';

const BODIES: readonly Body[] = [
  { headers: [LINES_TYPE, CHUNKED], begin: chunk('"'), rest: chunk('a'.repeat(CHUNK)) },
  { headers: [LINES_TYPE, CHUNKED], begin: chunk('{}\n'), rest: chunk('{}\n'.repeat(CHUNK / 3)) },
  { headers: [JSON_TYPE, CHUNKED], begin: chunk('['), rest: chunk('{"reference":"x"},'.repeat(CHUNK / 18)) },
  { headers: [JSON_TYPE, 'content-length: 100000000000'], begin: '{"reference":"', rest: 'a'.repeat(CHUNK) },
];

const seen = new WeakMap<object, { source: string; residentMb: number; megabytes: number }>();

/** One client sends lines, arrays and objects that have no end, as fast as they are taken: memory is bounded, and others are served as before. */
export const endlessBodies: Fault = {
  name: 'F5 bodies without end',
  targetMs: 10_000,
  async inject(scene, random) {
    const { stack, load, history } = scene;
    const agent = random.pick(load.agents);
    const over = AbortSignal.timeout(FOR_MS);
    const floods = BODIES.flatMap((body) => Array.from({ length: OF_EACH }, () => flood({ stack, agent, body, over })));
    const residentMb = await watchMemory(stack, over);
    const bytes = await Promise.all(floods);
    const megabytes = Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1e6);
    history.note(`${megabytes} MB were taken, the adapters held ${residentMb} MB`);
    seen.set(scene, { source: agent.client.agency.source, residentMb, megabytes });
  },
  expect(evidence, scene) {
    const { source, residentMb, megabytes } = seen.get(scene) ?? { source: '', residentMb: 0, megabytes: 0 };
    const harmed = evidence.seen.filter(
      (each) => each.run === scene.run && each.is === 'unknown' && each.source !== source,
    );
    return [
      ...(megabytes < 1 ? [failed('nothing of the bodies was taken')] : []),
      ...(residentMb > MOST_RESIDENT_MB ? [failed(`the adapters held ${residentMb} MB meanwhile`)] : []),
      ...harmed.map(({ request, source: other, ...each }) =>
        failed(
          `request ${request} of ${other} suffered from the others: ${each.is === 'unknown' ? each.why : each.is}`,
        ),
      ),
    ];
  },
};

interface Flood {
  stack: Stack;
  agent: Agent;
  body: Body;
  over: AbortSignal;
}

/** Begins again whenever it is cut off. Gives how many bytes were taken. */
async function flood({ stack, agent, body, over }: Flood): Promise<number> {
  const { port, hostname } = new URL(stack.adaptersUrl);
  let taken = 0;
  while (!over.aborted) {
    const head = await agent.client.rawHead(agent.teller.fresh().path, body.headers);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined); // being cut off is what it is there for
    socket.resume();
    socket.write(head + body.begin);
    await pump(socket, body.rest, over);
    taken += socket.bytesWritten;
    socket.destroy();
    await pause(LOOK_MS);
  }
  return taken;
}

async function pump(socket: Socket, rest: string, over: AbortSignal): Promise<void> {
  while (!socket.destroyed && !socket.readableEnded && !over.aborted)
    if (!socket.write(rest)) await whenTaken(socket, over);
}

function whenTaken(socket: Socket, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      for (const event of ['drain', 'close']) socket.off(event, wake);
      over.removeEventListener('abort', wake);
      resolve();
    };
    for (const event of ['drain', 'close']) socket.on(event, wake);
    over.addEventListener('abort', wake);
  });
}

async function watchMemory({ adapters }: Stack, over: AbortSignal): Promise<number> {
  let most = 0;
  while (!over.aborted) {
    most = Math.max(most, (await readVitals([adapters])).get(adapters.name)?.residentMb ?? 0);
    await pause(LOOK_MS);
  }
  return most;
}
