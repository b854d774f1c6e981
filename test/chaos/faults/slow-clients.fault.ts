import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Fault } from './fault.js';

const CLIENTS = 150;
const DRIP_MS = 500;

/** Many clients that send a byte now and then and never read: others are served as before. */
export const slowClients: Fault = {
  name: 'F4 slow clients',
  targetMs: 10_000,
  async inject({ stack, load }, random) {
    const { port, hostname } = new URL(stack.adaptersUrl);
    const drips = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const { client, teller } = random.pick(load.agents);
        const request = await client.rawRequest([teller.fresh()]);
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined); // being cut is what it is there for
        await once(socket, 'connect');
        return dripInto(socket, request);
      }),
    );
    return () => Promise.resolve(drips.forEach((stop) => stop()));
  },
};

function dripInto(socket: Socket, request: Buffer): () => void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < request.length - 1 && !socket.destroyed) socket.write(request.subarray(at, (at += 1)));
  }, DRIP_MS);
  return () => {
    clearInterval(timer);
    socket.destroy();
  };
}
