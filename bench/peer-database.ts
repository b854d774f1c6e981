import { withConnection } from '@simpul/database';

/** A new database for a peer, on the server of this one. */
export async function makePeerDatabase(ownerUrl: string, name: string): Promise<URL> {
  await withConnection(ownerUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  return url;
}
