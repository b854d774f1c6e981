import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { type JWKS, Provider } from 'oidc-provider';
import { SCOPES, type SourceStore } from '@simpul/access';
import { type IssuerConfig } from './config.js';
import { IssuerState } from './issuer.state.js';
import { LoginGate } from './login-gate.js';

/** Seconds that a token lives. */
const TOKEN_TTL = 300;

/** An OAuth 2.0 server for client credentials alone: FAPI 2.0, private_key_jwt, ES256, tokens as in RFC 9068. */
export function createProvider(config: IssuerConfig, jwks: JWKS, sources: SourceStore): Provider {
  const scope = SCOPES.join(' ');
  const logins = new LoginGate(config.failuresPerMinute);
  const provider = new Provider(config.issuerUrl, {
    jwks,
    scopes: [...SCOPES],
    adapter: (model: string) => new IssuerState(model, sources, logins),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientAuthMethods: ['private_key_jwt'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    extraClientMetadata: { properties: ['source'] },
    extraTokenClaims: (ctx) => ({ source: ctx.oidc.client?.['source'] }),
    ttl: { ClientCredentials: TOKEN_TTL },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      fapi: { enabled: true, profile: '2.0' },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => config.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience: config.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_TTL,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
  logins.watch(provider);
  return provider;
}

/** A new signing key as a private JWKS. */
export async function newSigningKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomBytes(9).toString('base64url');
  return JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }] });
}
