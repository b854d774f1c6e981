import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. Status 0: the connection ended, or the time ran out, without one. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What came behind the answer: nothing should. */
  rest: number;
  ms: number;
}

export interface Sending {
  port: number;
  pieces: readonly (string | Buffer)[];
  /** The sender closes its half after the last piece. */
  ends?: boolean;
  drip?: { text: string; everyMs: number };
  /** Answers to HEAD carry a length and no body. */
  bodiless?: boolean;
  withinMs: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends bytes as they are and reads one answer. Stops to send where the answer comes first. Never rejects. */
export async function exchange(sending: Sending): Promise<Answer> {
  const begun = performance.now();
  const socket = connect({ port: sending.port, host: '127.0.0.1', allowHalfOpen: true });
  const received: Buffer[] = [];
  const state = { answered: false, closed: false, bytes: 0 };
  const ended = new Promise<void>((done) => {
    const timer = setTimeout(done, sending.withinMs);
    socket.on('data', (bytes) => {
      received.push(bytes);
      state.bytes += bytes.length;
      state.answered ||= !isInterim(received);
      if (mayEnd(bytes, state.bytes) && isWhole(received, sending.bodiless)) done();
    });
    // A reset behind the answer is how a server refuses to read on: what counts is what came before.
    socket.on('error', () => undefined);
    socket.on('end', done);
    socket.on('close', () => {
      state.closed = true;
      clearTimeout(timer);
      done();
    });
  });
  const sent = send(socket, sending, () => state.answered || state.closed);
  await ended;
  socket.destroy();
  await sent;
  return { ...toAnswer(Buffer.concat(received), sending.bodiless), ms: performance.now() - begun };
}

async function send(socket: Socket, { pieces, drip, ends }: Sending, isOver: () => boolean): Promise<void> {
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    for (let from = 0; from < bytes.length && !isOver(); from += 65_536)
      await write(socket, bytes.subarray(from, from + 65_536));
  }
  if (ends && !isOver()) socket.end();
  if (!drip) return;
  while (!isOver()) {
    await write(socket, Buffer.from(drip.text));
    await new Promise((next) => setTimeout(next, drip.everyMs));
  }
}

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((done) => {
    if (socket.destroyed) return done();
    socket.once('close', done);
    socket.write(bytes, () => {
      socket.off('close', done);
      done();
    });
  });

/** Bytes so far without `100 Continue`. */
function withoutInterim(bytes: Buffer): Buffer {
  const end = bytes.indexOf(HEAD_END);
  return end > 0 && /^HTTP\/1\.1 1\d\d /u.test(bytes.toString('latin1', 0, 16)) ? bytes.subarray(end + 4) : bytes;
}

const isInterim = (received: readonly Buffer[]): boolean => withoutInterim(Buffer.concat(received)).length === 0;

/** A long answer is looked at only where its last chunk may have come: it would be put together again and again. */
const mayEnd = (last: Buffer, bytes: number): boolean =>
  bytes < 1_000_000 || last.toString('latin1').endsWith('0\r\n\r\n');

/** What the server closes behind is whole when it has. */
function isWhole(received: readonly Buffer[], bodiless = false): boolean {
  const { headers, body, end } = take(withoutInterim(Buffer.concat(received)));
  if (end < 0 || headers['connection'] === 'close') return false;
  return bodiless || body !== undefined;
}

function toAnswer(bytes: Buffer, bodiless = false): Omit<Answer, 'ms'> {
  const { status, headers, body, end } = take(withoutInterim(bytes));
  if (end < 0) return { status: 0, headers: {}, body: '', rest: bytes.length };
  const { text, rest } = (bodiless ? undefined : body) ?? { text: '', rest: 0 };
  return { status, headers, body: text, rest };
}

interface Taken {
  status: number;
  headers: Record<string, string>;
  /** Missing while it is not whole. */
  body?: { text: string; rest: number };
  end: number;
}

function take(bytes: Buffer): Taken {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return { status: 0, headers: {}, end };
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = Number(first.split(' ')[1]);
  const body = takeBody(bytes.subarray(end + 4), { status, headers });
  return { status, headers, end, ...(body && { body }) };
}

function takeBody(bytes: Buffer, { status, headers }: Pick<Taken, 'status' | 'headers'>): Taken['body'] {
  if (headers['transfer-encoding'] === 'chunked') return takeChunks(bytes);
  if (status === 204) return { text: '', rest: bytes.length };
  const length = Number(headers['content-length'] ?? -1);
  if (length < 0 || bytes.length < length) return undefined;
  return { text: bytes.toString('utf8', 0, length), rest: bytes.length - length };
}

function takeChunks(bytes: Buffer): Taken['body'] {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const length = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (length === 0) return { text: Buffer.concat(chunks).toString(), rest: bytes.length - line - 4 };
    at = line + 2 + length + 2;
    if (at > bytes.length || Number.isNaN(length)) return undefined;
    chunks.push(bytes.subarray(line + 2, line + 2 + length));
  }
}
