import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { ProblemError } from '@simpul/contracts';
import { TokenVerifier } from './token-verifier.js';

const AUDIENCE = 'urn:simpul:hub';
const CLAIMS = { client_id: 'sdn-09', source: 'sdn-09', scope: 'events:own push:education' };

interface Issuer {
  url: string;
  keys: JWK[];
  asked: number;
  up: boolean;
  server: Server;
}
let issuer: Issuer;
let signing: CryptoKey;

const addKey = async (kid: string): Promise<CryptoKey> => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  issuer.keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256' });
  return pair.privateKey;
};

beforeAll(async () => {
  const server = createServer((_request, response) => {
    issuer.asked++;
    response.writeHead(issuer.up ? 200 : 500).end(JSON.stringify({ keys: issuer.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys: [], asked: 0, up: true, server };
  signing = await addKey('one');
});
afterAll(() => {
  issuer.server.close();
});

interface Token {
  claims?: Record<string, unknown>;
  typ?: string;
  kid?: string;
  key?: CryptoKey;
  age?: number;
  life?: number;
  issuer?: string;
  audience?: string;
}
const sign = async (change: Token = {}): Promise<string> => {
  const plain = { claims: CLAIMS, typ: 'at+jwt', kid: 'one', key: signing, age: 0, life: 300 };
  const token = { ...plain, issuer: issuer.url, audience: AUDIENCE, ...change };
  const now = Math.floor(Date.now() / 1000) - token.age;
  return new SignJWT(token.claims)
    .setProtectedHeader({ alg: 'ES256', typ: token.typ, kid: token.kid })
    .setIssuer(token.issuer)
    .setAudience(token.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + token.life)
    .sign(token.key);
};
const verifier = (): TokenVerifier => new TokenVerifier({ issuer: issuer.url, audience: AUDIENCE });
const codeOf = async (token: string, by = verifier()): Promise<string> => {
  try {
    return (await by.verify(token)).clientId;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};

describe('a token', () => {
  it('names its caller', async () => {
    expect(await verifier().verify(await sign())).toEqual({
      clientId: 'sdn-09',
      source: 'sdn-09',
      scopes: ['events:own', 'push:education'],
    });
  });

  it.each<[string, Token]>([
    ['of another type', { typ: 'JWT' }],
    ['of another issuer', { issuer: 'http://other' }],
    ['for another audience', { audience: 'urn:other' }],
    ['without source', { claims: { client_id: 'a', scope: 'x' } }],
    ['without client', { claims: { source: 'a', scope: 'x' } }],
    ['without scope', { claims: { source: 'a', client_id: 'a' } }],
    ['with a source that is no text', { claims: { source: 1, client_id: 'a', scope: 'x' } }],
    ['with an empty source', { claims: { source: '', client_id: 'a', scope: 'x' } }],
    ['of an unknown key', { kid: 'two' }],
    ['issued in the future', { age: -60 }],
  ])('%s is refused', async (_, token) => {
    expect(await codeOf(await sign(token))).toBe('token.invalid');
  });

  it('that is over, or lives longer than 300 seconds, is refused', async () => {
    expect(await codeOf(await sign({ age: 310 }))).toBe('token.expired');
    expect(await codeOf(await sign({ age: 310, life: 3600 }))).toBe('token.expired');
  });

  it('signed by another key or with another algorithm is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await codeOf(await sign({ key: privateKey }))).toBe('token.invalid');
    const body = Buffer.from(JSON.stringify({ ...CLAIMS, iss: issuer.url, aud: AUDIENCE, exp: 9e9, iat: 1 })).toString(
      'base64url',
    );
    for (const alg of ['none', 'HS256']) {
      const head = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: 'one' })).toString('base64url');
      expect(await codeOf(`${head}.${body}.c2ln`)).toBe('token.invalid');
    }
  });

  it('is remembered, and no other with it', async () => {
    const by = verifier();
    const token = await sign();
    await by.verify(token);
    const { asked } = issuer;
    expect(await codeOf(token, by)).toBe('sdn-09');
    expect(await codeOf(`A${token.slice(1)}`, by)).toBe('token.invalid');
    expect(issuer.asked).toBe(asked);
  });
});

describe("the issuer's keys", () => {
  it('outlast an issuer that is away, and are asked for once by many', async () => {
    const by = verifier();
    const before = issuer.asked;
    const tokens = await Promise.all(Array.from({ length: 5 }, (_, at) => sign({ life: 200 + at })));
    await Promise.all(tokens.map((token) => by.verify(token)));
    expect(issuer.asked).toBe(before + 1);
    issuer.up = false;
    expect(await codeOf(await sign({ life: 100 }), by)).toBe('sdn-09');
    expect(await codeOf(await sign())).toBe('issuer.unavailable');
    issuer.up = true;
  });
});
