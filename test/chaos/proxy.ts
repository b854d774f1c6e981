import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** `pass` lets bytes through, `slow` later, `mute` loses what the server says, `stall` keeps connections and moves nothing, `refuse` ends all and takes none. */
export type Network = 'pass' | 'slow' | 'mute' | 'stall' | 'refuse';

const SLOW_MS = 400;

/** Stands before a server on 127.0.0.1 and makes its network fail. */
export class Proxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly listener: Server;
  private network: Network = 'pass';
  private target = 0;

  private constructor() {
    this.listener = createServer((client) => this.take(client));
  }

  static async open(): Promise<Proxy> {
    const proxy = new Proxy();
    proxy.listener.listen(0, '127.0.0.1');
    await once(proxy.listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Port of the server behind. */
  leadTo(port: number): void {
    this.target = port;
  }

  set(network: Network): void {
    this.network = network;
    for (const pair of this.pairs) this.apply(pair);
  }

  close(): void {
    this.set('refuse');
    this.listener.close();
  }

  private take(client: Socket): void {
    if (this.network === 'refuse' || this.target === 0) {
      client.destroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    const pair = [client, server] as const;
    this.pairs.add(pair);
    for (const socket of pair) {
      // A connection that breaks here is what this proxy is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.end(pair));
    }
    client.on('data', (bytes: Buffer) => this.carry(bytes, client, server));
    server.on('data', (bytes: Buffer) => {
      if (this.network !== 'mute') this.carry(bytes, server, client);
    });
    this.apply(pair);
  }

  /** Timers of one length end in the order in which they began, so the bytes keep theirs. */
  private carry(bytes: Buffer, from: Socket, to: Socket): void {
    if (this.network === 'slow') setTimeout(() => forward(bytes, from, to), SLOW_MS);
    else forward(bytes, from, to);
  }

  private apply(pair: readonly [Socket, Socket]): void {
    if (this.network === 'refuse') return this.end(pair);
    for (const socket of pair) {
      if (this.network === 'stall') socket.pause();
      else socket.resume();
    }
  }

  private end(pair: readonly [Socket, Socket]): void {
    if (!this.pairs.delete(pair)) return;
    for (const socket of pair) socket.destroy();
  }
}

function forward(bytes: Buffer, from: Socket, to: Socket): void {
  if (to.destroyed || to.write(bytes)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
