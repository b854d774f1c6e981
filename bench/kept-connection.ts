import { connect, type Socket } from 'node:net';
import type { Answer } from './answer.js';

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * One connection that asks, waits for the whole answer and asks again. It writes and reads HTTP/1.1 itself: for one request
 * node:http's client takes as much processor time as a server that does something for it, and both share one computer.
 */
export class KeptConnection {
  private chunks: Buffer[] = [];
  private missing = 0;
  private waiting: Waiting | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly head: string,
  ) {
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<KeptConnection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new KeptConnection(socket, lines.join(''));
  }

  post(route: string, body: string): Promise<Answer> {
    if (this.waiting) throw new Error('a connection asks one thing at a time');
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      const length = Buffer.byteLength(body);
      this.socket.write(
        `POST ${route} HTTP/1.1\r\n${this.head}content-type: application/json\r\ncontent-length: ${length}${END_OF_HEAD}${body}`,
      );
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.missing -= chunk.length;
    if (this.missing > 0) return;
    const all = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
    const end = all.indexOf(END_OF_HEAD);
    if (end >= 0) this.read(all, end);
  }

  /** Answers when all has come that the head announces. */
  private read(all: Buffer, end: number): void {
    const head = all.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/iu.exec(head)?.[1];
    if (length === undefined) return this.fail(new Error('an answer without its length'));
    const from = end + END_OF_HEAD.length;
    this.missing = from + Number(length) - all.length;
    this.chunks = this.missing > 0 ? [all] : [];
    if (this.missing > 0) return;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body: all.toString('utf8', from) });
  }

  private fail(error: Error): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(error);
  }
}
