import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { AccessData, type Caller, type ClientKey, CurrentCaller, Requires, SourceStore } from '@simpul/access';
import { type RunningProcess, runProcess } from '@simpul/process';
import { testDatabase, type TestDatabase } from '@simpul/testing';
import { IssuerModule } from '../src/issuer.module.js';

@Controller('who')
class WhoController {
  @Get()
  @Requires('persons:read')
  who(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }
}

@Module({ imports: [IssuerModule], controllers: [WhoController] })
class WhoModule {}

const before = { ...process.env };
const AUDIENCE = 'urn:simpul:hub';
const QUIET = { host: '127.0.0.1', operatorsPort: 0, audience: AUDIENCE, logLevel: 'silent' } as const;
let issuer: string;
let base: TestDatabase;
let folder: string;
let data: AccessData;
let sources: SourceStore;
let running: RunningProcess;
let client: ClientKey;

/** A port that was free a moment ago: the issuer's name holds its port, so it has to be known before. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

beforeAll(async () => {
  base = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'issuer-'));
  const port = await freePort();
  issuer = `http://127.0.0.1:${port}/issuer`;
  Object.assign(process.env, {
    DATABASE_URL: base.url,
    ISSUER_URL: issuer,
    ISSUER_KEYS_FILE: join(folder, 'issuer.jwks'),
  });
  data = new AccessData(base.url);
  sources = new SourceStore(data);
  client = await sources.add({
    name: 'sdn-09',
    sectors: ['education'],
    scopes: ['push:education', 'persons:read'],
    purposes: [],
  });
  const config = { ...QUIET, publicPort: port, issuerUrl: issuer };
  running = await runProcess({ name: 'who', module: WhoModule, config, signals: false });
});

afterAll(async () => {
  await running.close();
  await data.close();
  await base.drop();
  rmSync(folder, { recursive: true });
  Object.assign(process.env, before);
});

const assertionOf = async (key: ClientKey, audience = issuer): Promise<string> =>
  new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: String(key.privateJwk.kid) })
    .setIssuer(key.clientId)
    .setSubject(key.clientId)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(await importJWK(key.privateJwk, 'ES256'));

const ask = async (assertion: string, scope?: string) => {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...(scope !== undefined && { scope }),
    }),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as { access_token: string; error?: string },
  };
};

const who = (token: string): Promise<Response> =>
  fetch(`${running.url}/who`, { headers: { authorization: `Bearer ${token}` } });

describe('the issuer', () => {
  it('gives a token of RFC 9068 that names source and scope, and the guard lets it in', async () => {
    const { status, body } = await ask(await assertionOf(client), 'push:education persons:read');
    expect(status).toBe(200);
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({
      iss: issuer,
      aud: AUDIENCE,
      client_id: 'sdn-09',
      source: 'sdn-09',
      scope: 'push:education persons:read',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
    const answer = await who(body.access_token);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { clientId: 'sdn-09', source: 'sdn-09', scopes: ['push:education', 'persons:read'] },
    ]);
  });

  it('refuses a used assertion, one for another audience, and one of an unknown key', async () => {
    const assertion = await assertionOf(client);
    expect((await ask(assertion, 'persons:read')).status).toBe(200);
    expect((await ask(assertion, 'persons:read')).status).toBe(401);
    expect((await ask(await assertionOf(client, `${issuer}/token`), 'persons:read')).status).toBe(401);
    const other = await sources.add({ name: 'sdn-10', sectors: [], scopes: ['persons:read'], purposes: [] });
    expect((await ask(await assertionOf({ ...other, clientId: 'sdn-09' }), 'persons:read')).status).toBe(401);
  });

  it('gives no scope that the client does not have, and the guard none that the token does not name', async () => {
    expect((await ask(await assertionOf(client), 'operations')).status).toBe(400);
    const { body } = await ask(await assertionOf(client), 'push:education');
    expect((await who(body.access_token)).status).toBe(403);
    expect((await who(`${body.access_token}x`)).status).toBe(401);
  });

  it('takes the new and the old key after a rotation, and the oldest no more', async () => {
    const second = await sources.rotate('sdn-09');
    expect((await ask(await assertionOf(second), 'persons:read')).status).toBe(200);
    expect((await ask(await assertionOf(client), 'persons:read')).status).toBe(200);
    const third = await sources.rotate('sdn-09');
    expect((await ask(await assertionOf(third), 'persons:read')).status).toBe(200);
    expect((await ask(await assertionOf(client), 'persons:read')).status).toBe(401);
  });

  it('answers a client that failed too often from one address with 429, and others there as before', async () => {
    const failing = await sources.add({ name: 'sdn-11', sectors: [], scopes: ['persons:read'], purposes: [] });
    const stranger = await sources.rotate('sdn-10');
    const wrong = { ...stranger, clientId: 'sdn-11' };
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await ask(await assertionOf(wrong), 'persons:read')).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const { status, body, retryAfter } = await ask(await assertionOf(failing), 'persons:read');
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect((await ask(await assertionOf(stranger), 'persons:read')).status).toBe(200);
  });

  it('gives a suspended source no token, and one again when it goes on', async () => {
    const key = await sources.add({ name: 'sdn-12', sectors: ['education'], scopes: ['push:education'], purposes: [] });
    const statusNow = async (scope = 'push:education') => (await ask(await assertionOf(key), scope)).status;
    await sources.setActive('sdn-12', false);
    expect(await statusNow()).toBe(401);
    await sources.setActive('sdn-12', true);
    expect(await statusNow()).toBe(200);
    await sources.setSectors('sdn-12', ['health']);
    expect([await statusNow(), await statusNow('push:health')]).toEqual([400, 200]);
  });

  it('refuses production unless told so in words', async () => {
    process.env['NODE_ENV'] = 'production';
    const config = { ...QUIET, publicPort: 0, issuerUrl: issuer };
    await expect(runProcess({ name: 'issuer', module: IssuerModule, config, signals: false })).rejects.toThrow(
      'for development',
    );
    process.env['NODE_ENV'] = before['NODE_ENV'];
  });
});
