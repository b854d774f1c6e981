import { type Socket } from 'node:net';
import { toProblem } from '@simpul/contracts';
import { toProblemError } from './to-problem-error.js';

/** Answers bytes that are no HTTP request. Nothing of them is known, not even the language, so it is said in the default one. */
export function answerClientError(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const found = toProblemError(Object.assign(error, { statusCode: 400 }));
  const body = JSON.stringify(toProblem(found, 'id', '/'));
  const head = [
    `HTTP/1.1 ${found.status} ${STATUS_WORDS[found.status] ?? 'Bad Request'}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};
