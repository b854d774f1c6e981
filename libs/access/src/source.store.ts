import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { randomBytes } from 'node:crypto';
import { type Sector } from '@simpul/contracts';
import { type AccessEntities } from './access-data.store.js';
import { ClientRow, type PublicJwk } from './client.entity.js';
import { SourceRow } from './source.entity.js';

/** A source to be registered, with one client of the same name. */
export interface NewSource {
  name: string;
  sectors: Sector[];
  scopes: string[];
  purposes: string[];
}

/** What the agency gets, once: the private key is not kept. */
export interface ClientKey {
  clientId: string;
  privateJwk: JWK;
}

export interface SourceListing {
  name: string;
  sectors: string[];
  active: boolean;
  clients: { id: string; scopes: string[]; purposes: string[]; active: boolean; keys: string[] }[];
}

/** Old keys of a client that stay valid after a rotation, so that running systems go on until they have the new one. */
const KEYS_KEPT = 2;

/** The registered sources and their clients. */
export class SourceStore {
  constructor(private readonly data: AccessEntities) {}

  /** Registers the source and makes its client a key. Throws when the name is taken. */
  async add(source: NewSource): Promise<ClientKey> {
    const { privateJwk, publicJwk } = await newClientKey();
    const manager = await this.data.manager();
    await manager.transaction(async (inside) => {
      await inside.insert(SourceRow, { name: source.name, sectors: source.sectors });
      await inside.insert(ClientRow, {
        id: source.name,
        source: source.name,
        jwks: { keys: [publicJwk] },
        scopes: source.scopes,
        purposes: source.purposes,
      });
    });
    return { clientId: source.name, privateJwk };
  }

  /** Gives the client a new key; the one before stays valid until the next rotation. */
  async rotate(clientId: string): Promise<ClientKey> {
    const { privateJwk, publicJwk } = await newClientKey();
    const manager = await this.data.manager();
    await manager.transaction(async (inside) => {
      const client = await inside.findOneOrFail(ClientRow, {
        where: { id: clientId },
        lock: { mode: 'pessimistic_write' },
      });
      const keys = [publicJwk, ...client.jwks.keys].slice(0, KEYS_KEPT);
      await inside.save(ClientRow, { ...client, jwks: { keys } });
    });
    return { clientId, privateJwk };
  }

  /** Suspends the source, or lets it go on: no token is issued to a suspended one, and those that it has end within five minutes. */
  async setActive(name: string, active: boolean): Promise<void> {
    await (await this.data.manager()).update(SourceRow, { name }, { active });
  }

  /** Corrects the sectors that it may send events of, and with them what its clients may push. Both count at the next batch and token. */
  async setSectors(name: string, sectors: readonly Sector[]): Promise<void> {
    const manager = await this.data.manager();
    await manager.transaction(async (inside) => {
      await inside.update(SourceRow, { name }, { sectors: [...sectors] });
      const clients = await inside.find(ClientRow, { where: { source: name }, lock: { mode: 'pessimistic_write' } });
      for (const { id, scopes } of clients) {
        const others = scopes.filter((scope) => !scope.startsWith('push:'));
        // A client that may push nothing stays one.
        const pushes = others.length === scopes.length ? [] : sectors.map((sector) => `push:${sector}`);
        await inside.update(ClientRow, { id }, { scopes: [...pushes, ...others] });
      }
    });
  }

  async findSource(name: string): Promise<SourceRow | undefined> {
    return (await (await this.data.manager()).findOneBy(SourceRow, { name })) ?? undefined;
  }

  /** The client, if it and its source are active. */
  async findClient(id: string): Promise<ClientRow | undefined> {
    const manager = await this.data.manager();
    const client = await manager.findOneBy(ClientRow, { id, active: true });
    if (!client) return undefined;
    return (await manager.existsBy(SourceRow, { name: client.source, active: true })) ? client : undefined;
  }

  async list(): Promise<SourceListing[]> {
    const manager = await this.data.manager();
    const sources = await manager.find(SourceRow, { order: { name: 'ASC' } });
    const clients = await manager.find(ClientRow, { order: { id: 'ASC' } });
    return sources.map(({ name, sectors, active }) => ({
      name,
      sectors,
      active,
      clients: clients.filter((client) => client.source === name).map(toListing),
    }));
  }
}

const toListing = ({ id, scopes, purposes, active, jwks }: ClientRow): SourceListing['clients'][number] => ({
  id,
  scopes,
  purposes,
  active,
  keys: jwks.keys.map((key) => key.kid),
});

/** An ES256 key pair with a key id of its own. */
async function newClientKey(): Promise<{ privateJwk: JWK; publicJwk: PublicJwk }> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomBytes(9).toString('base64url');
  const { x = '', y = '', d } = await exportJWK(privateKey);
  const publicJwk = { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' };
  return { publicJwk, privateJwk: { ...publicJwk, d } };
}
