import { PassThrough, type Readable } from 'node:stream';
import { ProblemError } from '@simpul/contracts';
import type { Limits } from './limits.js';
import { type Line, LineSplitter } from './line-splitter.js';

/**
 * The lines of a request body, some at a time. Throws the problem of whatever ends it too early: too many bytes, lines
 * or minutes, silence, our own stop. The request itself is left open, so that what was read can still be answered.
 */
export async function* readLines(source: Readable, limits: Limits, stop: AbortSignal): AsyncGenerator<Line[]> {
  const body = new PassThrough();
  source.once('error', (error) => body.destroy(error)).pipe(body);
  const end = (code: 'request.timeout' | 'shutting-down') => () => body.destroy(new ProblemError(code));
  const total = setTimeout(end('request.timeout'), limits.totalMs);
  const stopped = end('shutting-down');
  stop.addEventListener('abort', stopped, { once: true });
  if (stop.aborted) stopped();
  const splitter = new LineSplitter(limits.lineBytes);
  const counted = countOff(limits);
  try {
    for await (const chunk of whileNotIdle(body, limits.idleMs)) yield counted(chunk.length, splitter.push(chunk));
    yield counted(0, splitter.flush());
  } finally {
    clearTimeout(total);
    stop.removeEventListener('abort', stopped);
    source.unpipe(body);
    body.destroy();
  }
}

/** Silence counts only while we wait for bytes, not while the other side is slow to take its answers. */
async function* whileNotIdle(body: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  for (;;) {
    const timer = setTimeout(() => body.destroy(new ProblemError('request.timeout')), idleMs);
    const step = await chunks.next().finally(() => clearTimeout(timer));
    if (step.done) return;
    yield step.value;
  }
}

function countOff(limits: Limits): (bytes: number, lines: Line[]) => Line[] {
  let bytes = 0;
  let count = 0;
  return (more, lines) => {
    bytes += more;
    count += lines.length;
    if (bytes > limits.streamBytes) throw new ProblemError('body.too-large');
    if (count > limits.lines) throw new ProblemError('body.too-many-items');
    return lines;
  };
}
