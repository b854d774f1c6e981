import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TokenClaims {
  source: string;
  scope: string;
  audience: string;
}

/** Signs access tokens under a key of its own and publishes that key, as far as verifying them needs it. */
export class TestIssuer {
  private constructor(
    private readonly server: Server,
    /** What it signs with, for tokens that are not as they should be. */
    readonly key: CryptoKey,
    readonly publicKey: CryptoKey,
  ) {}

  static async start(): Promise<TestIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] });
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestIssuer(server, privateKey, publicKey);
  }

  /** Its keys are at `<url>/jwks`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/issuer`;
  }

  token({ source, scope, audience }: TokenClaims): Promise<string> {
    return new SignJWT({ client_id: source, source, scope })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'test' })
      .setIssuer(this.url)
      .setAudience(audience)
      .setSubject(source)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.key);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
