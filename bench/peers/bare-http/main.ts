// What is left of an intake without a framework: node:http, our validator, our answers. main.js bare, with PORT and ISSUER_URL.
import 'reflect-metadata';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { admit, TokenVerifier } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import { readStrictJson } from '@simpul/process';
import { type Answered, answerItem, type Firsts } from './verdict.js';

const LINES_TYPE = 'application/x-ndjson';
const { verify } = new TokenVerifier({
  issuer: process.env['ISSUER_URL'] ?? '',
  audience: process.env['AUDIENCE'] ?? 'urn:simpul:hub',
});

function countersOf(items: readonly Answered[]): object {
  const counted = (status: Answered['status']): number => items.filter((item) => item.status === status).length;
  const [wouldBeAccepted, duplicate] = [counted('would-be-accepted'), counted('duplicate')];
  return { wouldBeAccepted, duplicate, rejected: counted('rejected'), retry: 0 };
}

function answerLines(body: Buffer): string {
  const items: Answered[] = [];
  const firsts: Firsts = new Map();
  for (let from = 0, to = 0; from < body.length; from = to + 1) {
    to = body.indexOf(10, from);
    if (to < 0) to = body.length;
    if (to > from) items.push(answerItem(readStrictJson(body.subarray(from, to)), items.length, firsts));
  }
  return [...items, { summary: countersOf(items) }].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function answerJson(body: Buffer): string {
  const value = readStrictJson(body);
  const firsts: Firsts = new Map();
  if (!Array.isArray(value)) return JSON.stringify(answerItem(value, 0, firsts));
  const items = value.map((item: unknown, index) => answerItem(item, index, firsts));
  return JSON.stringify({ ...countersOf(items), items });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await admit({ scope: 'push:health' }, request, verify);
    const body = await buffer(request);
    const type = request.headers['content-type'] ?? 'application/json';
    const text = type === LINES_TYPE ? answerLines(body) : answerJson(body);
    response.setHeader('content-type', type).end(text);
  } catch (error) {
    response.writeHead(error instanceof ProblemError ? error.status : 500).end();
  }
}

createServer((request, response) => void answer(request, response)).listen(Number(process.env['PORT']), '127.0.0.1');
