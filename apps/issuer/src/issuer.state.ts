import { type Adapter, type AdapterPayload } from 'oidc-provider';
import { type SourceStore } from '@simpul/access';
import { type LoginGate } from './login-gate.js';

/** Used assertions and the like are forgotten, oldest first, beyond this number. */
const MOST = 10_000;

/** What the issuer keeps: clients are read from the database, everything else lives in memory for its short time. */
export class IssuerState implements Adapter {
  private readonly kept = new Map<string, { payload: AdapterPayload; until: number }>();

  constructor(
    private readonly model: string,
    private readonly sources: SourceStore,
    private readonly logins: LoginGate,
  ) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.findClient(id);
    const found = this.kept.get(id);
    if (found && found.until > Date.now()) return found.payload;
    this.kept.delete(id);
    return undefined;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    this.kept.delete(id);
    const oldest = this.kept.size >= MOST ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(id, { payload, until: Date.now() + expiresIn * 1000 });
  }

  async consume(id: string): Promise<void> {
    const found = this.kept.get(id);
    if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.kept.delete(id);
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async revokeByGrantId(): Promise<void> {
    this.kept.clear();
  }

  private async findClient(id: string): Promise<AdapterPayload | undefined> {
    this.logins.enter(id);
    const client = await this.sources.findClient(id);
    if (!client) return undefined;
    return {
      client_id: client.id,
      source: client.source,
      scope: client.scopes.join(' '),
      jwks: client.jwks,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
    };
  }
}
