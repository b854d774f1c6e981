import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post, Req } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Public, Requires } from '@simpul/access';
import { Contract, ProblemError, Text, Whole } from '@simpul/contracts';
import { type FastifyRequest } from 'fastify';
import { Limits } from './body-rules.js';
import { describeApi } from './describe-api.js';
import { Log } from './log.js';
import { currentRequest } from './request-context.js';
import { type RunningProcess, runProcess } from './run-process.js';

@Contract('Cup', { en: 'A cup', id: 'Cangkir' })
class Cup {
  @Text({ en: 'Name', id: 'Nama', group: 'community', max: 20 })
  name: string;

  @Whole({ en: 'Size', id: 'Ukuran', group: 'community', min: 1, max: 9 })
  size: number;
}

const held = Promise.withResolvers<void>();
const entered = Promise.withResolvers<void>();

@Controller('cups')
class CupController {
  @Post()
  @Requires('push:community')
  add(@Body() cup: Cup, @CurrentCaller() caller: Caller): object {
    return { cup, by: caller.source };
  }

  @Post('many')
  @Public()
  @Limits({ bodyLimit: 1024 * 1024 })
  many(@Req() request: FastifyRequest): object {
    return { bytes: Buffer.isBuffer(request.body) ? request.body.length : -1 };
  }

  @Post('lines')
  @Public()
  async lines(@Req() request: FastifyRequest): Promise<object> {
    const chunks: Buffer[] = [];
    for await (const chunk of request.body as AsyncIterable<Buffer>) chunks.push(chunk);
    return { lines: Buffer.concat(chunks).toString().split('\n').length, ids: currentRequest().requestId };
  }

  @Get('ids')
  @Public()
  ids(): object {
    return currentRequest();
  }

  @Get('held')
  @Public()
  async wait(): Promise<object> {
    entered.resolve();
    await held.promise;
    return { done: true };
  }

  @Post('never')
  @Public()
  @Limits({ handlerTimeout: 50 })
  async never(): Promise<void> {
    await new Promise(() => undefined);
  }

  @Get('broken')
  @Public()
  broken(): never {
    throw new Error('3174095501019001 must not be seen', { cause: new Error('nor this 3174095501019001') });
  }

  @Get('away')
  @Public()
  away(): never {
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  }

  @Get('forgotten')
  forgotten(): string {
    return 'never';
  }
}

@Module({ controllers: [CupController] })
class CupModule {}

const lines: string[] = [];
const verify = async (token: string): Promise<Caller> => {
  if (token === 'bad') throw new ProblemError('token.invalid', { headers: { 'www-authenticate': 'Bearer' } });
  return { clientId: 'desa', source: 'desa', scopes: [Buffer.from(token, 'base64url').toString()] };
};
const config = {
  host: '127.0.0.1',
  publicPort: 0,
  operatorsPort: 0,
  issuerUrl: 'http://127.0.0.1:9/issuer',
  audience: 'urn:simpul:hub',
};

let running: RunningProcess;
let app: NestFastifyApplication;

beforeAll(async () => {
  const log = new Log({ name: 'cups', level: 'debug', destination: { write: (line: string) => lines.push(line) } });
  const documents = [{ name: 'cups', document: await describeApi(CupModule, { title: 'Cups', version: '1' }) }];
  running = await runProcess({ name: 'cups', module: CupModule, config, verify, log, documents, signals: false });
  app = running.app;
});
afterAll(() => running.close());

const bearer = (scope: string): string => `Bearer ${Buffer.from(scope).toString('base64url')}`;
const json = { 'content-type': 'application/json', authorization: bearer('push:community') };
const post = (payload: string | Buffer, headers: Record<string, string> = json, url = '/cups') =>
  app.inject({ method: 'POST', url, payload, headers });
const good = '{"name":"Gelas","size":3}';

/** Sends bytes as they are and reads until the server closes. */
const raw = (bytes: string): Promise<string> => {
  const { hostname, port } = new URL(running.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(Number(port), hostname)
      .on('data', (chunk) => (answer += chunk.toString()))
      .on('close', () => resolve(answer))
      .on('error', reject)
      .write(bytes);
  });
};

describe('a route of the public listener', () => {
  it('gets the checked body and the caller', async () => {
    const answer = await post(good);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ cup: { name: 'Gelas', size: 3 }, by: 'desa' });
  });

  it('answers for a handler that does not, also after its whole body was read', async () => {
    const answer = await fetch(`${running.url}/cups/never`, { method: 'POST', headers: json, body: good });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  });

  it('refuses a wrong body with every field at once, in the language asked for', async () => {
    const answer = await post('{"name":7,"size":10,"x":1}', { ...json, 'accept-language': 'en;q=0.9, id;q=0.5' });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['content-language']).toBe('en');
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/name', '/size', '/x']);
    expect((await post('{}')).headers['content-language']).toBe('id');
  });

  it.each([
    ['{"name":"a","name":"b","size":1}', 400, 'json.duplicate-key'],
    ['{"__proto__":{},"name":"a","size":1}', 400, 'json.forbidden-key'],
    ['{"name":"a"', 400, 'json.syntax'],
    ['', 400, 'body.empty'],
    ['[]', 422, 'validation'],
    ['null', 422, 'validation'],
  ])('answers %s with %i %s', async (body, status, code) => {
    const answer = await post(body);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it.each([
    'text/plain',
    'application/json;charset=latin1',
    'application/json\t; charset=utf-8',
    'application/jsonx',
    'application/json; a=b',
    '',
  ])('refuses the type %j', async (type) => {
    const answer = await post(good, { ...json, 'content-type': type });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'media-type']);
  });

  it('takes the types that say UTF-8, and no compressed body', async () => {
    expect((await post(good, { ...json, 'content-type': 'application/json; charset=UTF-8' })).statusCode).toBe(201);
    expect((await post(good, { ...json, 'content-encoding': 'gzip' })).statusCode).toBe(415);
  });

  it('limits bodies, by route', async () => {
    const large = `"${'x'.repeat(300_000)}"`;
    expect((await post(large)).json()).toMatchObject({ status: 413, code: 'body.too-large' });
    expect((await post(large, json, '/cups/many')).json()).toEqual({ bytes: large.length });
    expect((await post(`"${'x'.repeat(1_100_000)}"`, json, '/cups/many')).statusCode).toBe(413);
  });

  it('is closed to callers without a token, with a bad one or with another scope, and to all if it has no rule', async () => {
    const ask = async (authorization?: string, url = '/cups') =>
      app.inject({
        method: url === '/cups' ? 'POST' : 'GET',
        url,
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        ...(url === '/cups' && { payload: good }),
      });
    const none = await ask();
    expect([none.statusCode, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="simpul"']);
    expect((await ask('Basic eDp5')).statusCode).toBe(401);
    expect((await ask('Bearer bad')).json()).toMatchObject({ status: 401, code: 'token.invalid' });
    const other = await ask(bearer('push:health'));
    expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([403, 'token.scope']);
    const forgotten = await ask(bearer('push:community'), '/cups/forgotten');
    expect([forgotten.statusCode, forgotten.json<{ code: string }>().code]).toEqual([500, 'access.no-rule']);
  });

  it('looks at the token before it reads a byte of the body', async () => {
    const head = 'POST /cups HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    // The body never comes, so only an answer that does not wait for it ends the connection.
    const bodies = ['transfer-encoding: chunked', 'content-length: 9000000'];
    const answers = await Promise.all(bodies.map((body) => raw(`${head}${body}\r\n\r\n`)));
    expect(answers.map((answer) => answer.slice(0, 13))).toEqual(['HTTP/1.1 401 ', 'HTTP/1.1 401 ']);
  });

  it('does not guess which of two tokens or hosts counts', async () => {
    const twice = 'GET /cups/ids HTTP/1.1\r\nhost: x\r\nconnection: close\r\n';
    expect(await raw(`${twice}host: y\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`${twice}authorization: a\r\nauthorization: b\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('gets NDJSON as a stream without a limit of its own', async () => {
    const answer = await post('{}\n'.repeat(300_000), { 'content-type': 'application/x-ndjson' }, '/cups/lines');
    expect(answer.json()).toEqual({ lines: 300_001, ids: answer.headers['request-id'] });
  });

  it('tells an unknown path from a method that is not there', async () => {
    const wrong = await app.inject({ method: 'DELETE', url: '/cups' });
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    // A folder of files, such as /docs, knows no other paths.
    const elsewhere = await app.inject({ method: 'POST', url: '/elsewhere/it/is', payload: '{}', headers: json });
    expect(elsewhere.statusCode).toBe(404);
    expect((await app.inject({ method: 'GET', url: '/nothing' })).json()).toMatchObject({
      status: 404,
      code: 'not-found',
      instance: '/nothing',
    });
    const options = await app.inject({ method: 'OPTIONS', url: '/cups/ids' });
    expect([options.statusCode, options.headers.allow, options.body]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
    const head = await app.inject({ method: 'HEAD', url: '/cups/ids' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect((await app.inject({ method: 'GET', url: '/%zz' })).json()).toMatchObject({
      status: 400,
      code: 'request.malformed',
    });
  });

  it('continues a trace and a request id that cannot hold anything else', async () => {
    const requestId = 'f3b7c7a0-1111-4222-8333-444455556666';
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const answer = await app.inject({
      url: '/cups/ids',
      headers: { 'request-id': requestId, traceparent: `00-${trace}-b7ad6b7169203331-01` },
    });
    expect(answer.headers['request-id']).toBe(requestId);
    const ids = answer.json<{ traceparent: string }>();
    expect(ids).toMatchObject({ requestId, traceId: trace });
    expect(ids.traceparent).toMatch(new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    const other = await app.inject({
      url: '/cups/ids',
      headers: { 'request-id': '3174095501019001', traceparent: '00-0-0-0' },
    });
    expect(other.json()).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown });
  });

  it('says nothing of an unforeseen error, neither to the caller nor in the log', async () => {
    const answer = await app.inject({ url: '/cups/broken' });
    expect(answer.json()).toMatchObject({ status: 500, code: 'internal' });
    expect(answer.body).not.toContain('3174095501019001');
    expect(lines.some((line) => line.includes('request.failed') && line.includes('create-app.spec'))).toBe(true);
    expect(lines.join('')).not.toContain('3174095501019001');
  });

  it('asks to come again when the database is away', async () => {
    const answer = await app.inject({ url: '/cups/away' });
    expect([answer.statusCode, answer.headers['retry-after'], answer.json<{ code: string }>().code]).toEqual([
      503,
      '5',
      'database.unavailable',
    ]);
  });

  it('carries the security headers on every answer', async () => {
    for (const url of ['/cups/ids', '/nothing', '/%zz', '/cups/broken']) {
      expect((await app.inject({ url })).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
    }
  });

  it('answers what is no HTTP with a problem too', async () => {
    const malformed = await raw('GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n');
    expect(malformed).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
    const large = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 431 /);
    expect(large).toContain('"code":"headers.too-large"');
    const both = await raw(
      'POST /cups HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(both).toMatch(/^HTTP\/1\.1 400 /);
    const twice = await raw(
      `POST /cups/many HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n{}`,
    );
    expect(twice).toMatch(/^HTTP\/1\.1 415 /);
  });

  it('explains every problem on a page', async () => {
    const page = await app.inject({ url: '/docs/problems/json.depth' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await app.inject({ url: '/docs/problems/nothing' })).statusCode).toBe(404);
    const index = await app.inject({ url: '/docs/problems' });
    expect(index.body).toContain('href="/docs/problems/json.depth#id"');
  });

  it('allows its pages their one style sheet and nothing else', async () => {
    const { headers, body } = await app.inject({ url: '/docs/problems' });
    const [, sheet = ''] = /<style>([^<]+)<\/style>/.exec(body) ?? [];
    const hash = createHash('sha256').update(sheet).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-${hash}'`,
    );
  });
});

describe('the reader of documents', () => {
  it('shows the documents with scripts and styles of its own only', async () => {
    const page = await app.inject({ url: '/docs/apis/cups' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'; style-src 'self'; ");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.body).not.toMatch(/<script>|<style|style=/);
    const scripts = [...page.body.matchAll(/<script src="([^"]+)"/g)].map(
      ([, src]) => new URL(src ?? '', 'http://x/docs/apis/cups').pathname,
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const url of scripts) expect((await app.inject({ url })).statusCode).toBe(200);
    expect((await app.inject({ url: '/docs/apis/files/no-such.js' })).statusCode).toBe(404);
    const document = await app.inject({ url: '/docs/openapi/cups.json' });
    expect(document.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Cups' } });
    const tried = await app.inject({ url: '/docs/apis/cups/openapi.json' });
    expect(tried.json()).toMatchObject({
      paths: document.json<OpenAPIObject>().paths,
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    });
  });
});

describe('the document of an app', () => {
  it('names scopes and problems, and needs no start', async () => {
    const document = await describeApi(CupModule, { title: 'Cups', version: '1' });
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/cups']?.post).toMatchObject({
      security: [{ token: ['push:community'] }],
      responses: { default: { content: { 'application/problem+json': {} } } },
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Cup' } } } },
    });
    expect(document.components?.securitySchemes?.['token']).toMatchObject({
      flows: { clientCredentials: { scopes: { 'push:community': '' } } },
    });
  });
});

describe('a process', () => {
  it('shows operators whether it lives, is ready, and its metrics by route', async () => {
    expect((await fetch(`${running.operatorsUrl}/livez`)).status).toBe(200);
    expect(await (await fetch(`${running.operatorsUrl}/readyz`)).json()).toEqual({
      ok: true,
      checks: { start: { ok: true } },
    });
    expect(await (await fetch(`${running.operatorsUrl}/metrics`)).text()).toContain('route="/cups/ids"');
    expect((await fetch(`${running.operatorsUrl}/cups`)).status).toBe(404);
    expect((await fetch(`${running.operatorsUrl}/livez`, { method: 'POST' })).status).toBe(405);
  });

  it('stops red first, finishes what is in work, refuses the rest, and does not wait for idle connections', async () => {
    const working = fetch(`${running.url}/cups/held`);
    await entered.promise;
    const start = performance.now();
    const closed = running.close();
    expect((await fetch(`${running.operatorsUrl}/readyz`)).status).toBe(503);
    held.resolve();
    const answer = await working;
    expect([answer.status, await answer.json()]).toEqual([200, { done: true }]);
    await closed;
    expect(performance.now() - start).toBeLessThan(3_000);
    await expect(fetch(`${running.url}/cups/ids`)).rejects.toThrow('fetch failed');
  });
});
