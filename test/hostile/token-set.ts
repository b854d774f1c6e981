import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { TestIssuer } from '@simpul/testing';
import { CANARY } from './canary.js';

export const AUDIENCE = 'urn:simpul:hub';
export const SOURCE = 'uji-kesehatan';
/** Another client, registered for every sector. */
export const EVERYWHERE = 'uji-semua';

type Header = Record<string, unknown> & { alg?: string };
type Sign = (claims?: JWTPayload, header?: Header, key?: Parameters<SignJWT['sign']>[0]) => Promise<string>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

/** Every token of the corpus by name: the good ones, and all that is like one. */
export async function tokenSet(issuer: TestIssuer) {
  const sign = signer(issuer);
  const good = await sign();
  const [head = '', body = '', signature = ''] = good.split('.');
  const forged = await forgedTokens(issuer, sign, body);
  return {
    good,
    'good, of another client': await sign({ sub: EVERYWHERE, client_id: EVERYWHERE, source: EVERYWHERE }),
    'everything of its source': await sign({ scope: 'push:health events:own persons:read operations' }),
    none: '',
    empty: 'Bearer ',
    words: CANARY,
    ...forged,
    'a signature cut off': `${head}.${body}.`,
    'a signature changed': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'claims changed behind the signature': `${head}.${encode({ ...decode(body), scope: 'operations push:health' })}.${signature}`,
    'another issuer': await sign({ iss: `${issuer.url}/` }),
    'another audience': await sign({ aud: 'urn:simpul:other' }),
    'no audience': await sign({ aud: undefined }),
    'an id token': await sign({}, { typ: 'JWT' }),
    'no type': await sign({}, { typ: undefined }),
    expired: await sign({ iat: now() - 200, exp: now() - 60 }),
    'not yet valid': await sign({ nbf: now() + 120 }),
    'issued in the future': await sign({ iat: now() + 120, exp: now() + 200 }),
    'issued an hour ago for a day': await sign({ iat: now() - 3_600, exp: now() + 86_400 }),
    'no end': await sign({ exp: undefined }),
    'an end that is a text': await sign({ exp: 'never' as unknown as number }),
    'no source': await sign({ source: undefined }),
    'an empty source': await sign({ source: '' }),
    'a source that is a list': await sign({ source: [SOURCE] }),
    'a source that is no name': await sign({ source: `../${CANARY}` }),
    'scopes in a list': await sign({ scope: ['push:health'] }),
    'no scope': await sign({ scope: '' }),
    'the scope of another sector': await sign({ scope: 'push:social' }),
    'a scope that begins like the right one': await sign({ scope: 'push:healthy push' }),
    'a scope in capitals': await sign({ scope: 'PUSH:HEALTH' }),
    'only operations': await sign({ scope: 'operations' }),
    'fourteen thousand characters': 'x'.repeat(14_000),
  };
}

export type TokenSet = Awaited<ReturnType<typeof tokenSet>>;
export type TokenName = keyof TokenSet;

const decode = (part: string): JWTPayload => JSON.parse(Buffer.from(part, 'base64url').toString()) as JWTPayload;

function signer(issuer: TestIssuer): Sign {
  return (claims = {}, header = {}, key = issuer.key) => {
    const usual = {
      iss: issuer.url,
      aud: AUDIENCE,
      sub: SOURCE,
      client_id: SOURCE,
      source: SOURCE,
      scope: 'push:health',
      iat: now(),
      exp: now() + 300,
    };
    const payload = JSON.parse(JSON.stringify({ ...usual, ...claims })) as JWTPayload;
    return new SignJWT(payload)
      .setProtectedHeader(
        JSON.parse(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'test', ...header })) as { alg: string },
      )
      .sign(key, { crit: { x: true } });
  };
}

async function forgedTokens(issuer: TestIssuer, sign: Sign, body: string) {
  const other = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(other.publicKey);
  const pem = await exportSPKI(issuer.publicKey);
  const none = (alg: string): string => `${encode({ alg, typ: 'at+jwt', kid: 'test' })}.${body}.`;
  return {
    'alg none': none('none'),
    'alg none, signed by nothing, in capitals': none('NONE'),
    'signed with the public key as a secret': await sign(
      {},
      { alg: 'HS256' },
      createPublicKey(pem).export({ format: 'der', type: 'spki' }),
    ),
    'signed by another key under the same id': await sign({}, {}, other.privateKey),
    'signed by a key that it brings along': await sign(
      {},
      { jwk, kid: await calculateJwkThumbprint(jwk) },
      other.privateKey,
    ),
    'signed by a key at an address that it names': await sign(
      {},
      { jku: 'http://127.0.0.1:9/jwks', kid: 'x' },
      other.privateKey,
    ),
    'an unknown key id': await sign({}, { kid: CANARY }),
    'a key id that is a path': await sign({}, { kid: '../../../../dev/null' }),
    'a critical header': await sign({}, { crit: ['x'], x: 1 }),
  };
}
