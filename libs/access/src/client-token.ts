import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { type ClientKey } from './source.store.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface IssuedToken {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** Asks the issuer for a token as this client (RFC 7523). Throws with the issuer's error code. */
export async function requestToken(issuer: string, client: ClientKey, scope: string): Promise<IssuedToken> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertionOf(issuer, client),
      scope,
    }),
  });
  const body = (await response.json()) as { access_token?: string; expires_in?: number; error?: string };
  if (!response.ok || body.access_token === undefined) {
    throw new Error(`The issuer answered ${response.status} ${body.error ?? ''}`.trim());
  }
  return { accessToken: body.access_token, expiresIn: body.expires_in ?? 0 };
}

/** FAPI 2.0: the audience is the issuer itself, one minute long, used once. */
const assertionOf = async (issuer: string, { clientId, privateJwk }: ClientKey): Promise<string> =>
  new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: privateJwk.kid ?? '' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(await importJWK(privateJwk, 'ES256'));
