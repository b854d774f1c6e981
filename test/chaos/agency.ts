import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import type pg from 'pg';
import { type Sector, SECTORS } from './forms.js';

/** A registered source with one client of the same name. */
export interface Agency {
  source: string;
  sector: Sector;
  privateKey: KeyObject;
  kid: string;
}

/** Registers one agency per sector, as an operator would. */
export async function registerAgencies(client: pg.Client): Promise<Agency[]> {
  const agencies: Agency[] = [];
  for (const sector of SECTORS) agencies.push(await registerAgency(client, `chaos-${sector}`, sector));
  return agencies;
}

export async function registerAgency(client: pg.Client, source: string, sector: Sector): Promise<Agency> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...(await exportJWK(publicKey)), kid: source, alg: 'ES256', use: 'sig' };
  await client.query('INSERT INTO access.source (name, sectors) VALUES ($1, $2)', [source, [sector]]);
  await client.query('INSERT INTO access.client (id, source, jwks, scopes) VALUES ($1, $1, $2, $3)', [
    source,
    JSON.stringify({ keys: [jwk] }),
    [`push:${sector}`, 'events:own'],
  ]);
  return { source, sector, privateKey, kid: source };
}

const RENEW_BEFORE_MS = 60_000;

/** Asks the issuer for tokens with a signed assertion (RFC 7523), and keeps one while it is good. */
export class TokenPurse {
  private token = '';
  private validUntil = 0;

  constructor(
    private readonly issuer: string,
    private readonly agency: Agency,
  ) {}

  forget(): void {
    this.validUntil = 0;
  }

  async bearer(): Promise<string> {
    if (Date.now() < this.validUntil) return this.token;
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      signal: AbortSignal.timeout(5_000),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await this.assertion(),
        scope: `push:${this.agency.sector} events:own`,
      }),
    });
    const body = (await response.json()) as { access_token?: string; expires_in?: number };
    if (!response.ok || body.access_token === undefined) throw new TypeError(`the issuer answered ${response.status}`);
    this.token = body.access_token;
    this.validUntil = Date.now() + (body.expires_in ?? 0) * 1_000 - RENEW_BEFORE_MS;
    return this.token;
  }

  private assertion(): Promise<string> {
    const { source, kid, privateKey } = this.agency;
    return new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(source)
      .setSubject(source)
      .setAudience(this.issuer)
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(privateKey);
  }
}
