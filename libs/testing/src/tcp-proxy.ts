import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** `pass` lets bytes through, `stall` keeps connections and moves no byte, `refuse` ends all and takes none. */
export type ProxyMode = 'pass' | 'stall' | 'refuse';

interface Pair {
  client: Socket;
  server: Socket;
}

/**
 * Stands before a server on 127.0.0.1 to make its network fail. A Kafka broker names itself in its answers, so
 * `speaksKafka` writes the proxy's port over the broker's own (both take four bytes): clients then stay here.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private readonly listener: Server;
  private mode: ProxyMode = 'pass';

  private constructor(
    private readonly target: { host: string; port: number },
    private readonly speaksKafka: boolean,
  ) {
    this.listener = createServer((client) => this.take(client));
  }

  static async before(address: string, options: { speaksKafka?: boolean } = {}): Promise<TcpProxy> {
    const { hostname, port } = new URL(`tcp://${address}`);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) }, options.speaksKafka ?? false);
    proxy.listener.listen(0, '127.0.0.1');
    await once(proxy.listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  set(mode: ProxyMode): void {
    this.mode = mode;
    for (const pair of this.pairs) this.apply(pair);
  }

  async close(): Promise<void> {
    this.set('refuse');
    this.listener.close();
    await once(this.listener, 'close');
  }

  private take(client: Socket): void {
    const server = connect(this.target);
    const pair = { client, server };
    this.pairs.add(pair);
    client.on('data', (bytes: Buffer) => forward(bytes, client, server));
    server.on('data', (bytes: Buffer) => forward(this.speaksKafka ? this.renamed(bytes) : bytes, server, client));
    for (const socket of [client, server]) {
      // A connection that breaks here is what this proxy is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.end(pair));
    }
    this.apply(pair);
  }

  private apply(pair: Pair): void {
    if (this.mode === 'refuse') this.end(pair);
    for (const socket of [pair.client, pair.server]) {
      if (this.mode === 'stall') socket.pause();
      else socket.resume();
    }
  }

  private end(pair: Pair): void {
    this.pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }

  private renamed(bytes: Buffer): Buffer {
    const own = named(this.target.host, this.target.port);
    for (let at = bytes.indexOf(own); at >= 0; at = bytes.indexOf(own, at + own.length)) {
      bytes.writeUInt32BE(this.port, at + own.length - 4);
    }
    return bytes;
  }
}

/** Host and port as Kafka writes them next to each other. */
function named(host: string, port: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(port);
  return Buffer.concat([Buffer.from(host), number]);
}

function forward(bytes: Buffer, from: Socket, to: Socket): void {
  if (to.destroyed || to.write(bytes)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
