import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type JWK } from 'jose';
import { type ClientKey } from '@simpul/access';

/** A client's private key and, beside it, its scopes: so a token can be asked for with nothing else. */
export type ClientFile = JWK & { scope?: string };

const CLIENTS = join('.simpul', 'clients');

export const clientFileOf = (clientId: string, folder = CLIENTS): string => join(folder, `${clientId}.jwk`);

/** Writes it for its owner alone, and tells where. */
export function writeClientFile(
  { clientId, privateJwk }: ClientKey,
  scopes: readonly string[],
  folder = CLIENTS,
): string {
  const path = clientFileOf(clientId, folder);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify({ ...privateJwk, scope: scopes.join(' ') }, null, 2)}\n`, { mode: 0o600 });
  return path;
}

export function findClientFile(clientId: string, folder = CLIENTS): ClientFile | undefined {
  const path = clientFileOf(clientId, folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ClientFile) : undefined;
}
