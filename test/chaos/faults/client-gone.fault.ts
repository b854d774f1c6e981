import { connect } from 'node:net';
import { once } from 'node:events';
import type { Fault } from './fault.js';

const CLIENTS = 60;

/** Clients that leave after a part of what they sent: it is kept or not, and nobody else notices. */
export const clientGone: Fault = {
  name: 'F9 clients gone in the middle',
  targetMs: 10_000,
  async inject({ stack, load }, random) {
    const { port, hostname } = new URL(stack.adaptersUrl);
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const { client, teller } = random.pick(load.agents);
        const request = await client.rawRequest(Array.from({ length: 20 }, () => teller.fresh()));
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined); // it may be cut by the other side first
        await once(socket, 'connect');
        socket.write(request.subarray(0, random.whole(1, request.length)));
        socket.destroy();
      }),
    );
  },
};
