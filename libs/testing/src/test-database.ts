import { randomBytes } from 'node:crypto';
import { Database, migrate, SCHEMA_VERSION, withConnection } from '@simpul/database';
import type pg from 'pg';

const TEMPLATE_LOCK = 5_310_742;

/** A migrated database of one spec file. */
export interface TestDatabase {
  /** As the role of the processes, so that a missing grant fails the spec. */
  url: string;
  database: Database;
  /** As the owner of the tables: to change what processes may not. */
  owner: Database;
  /** Closes the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** A fresh database in the server of DATABASE_URL, copied from a template that the first spec migrates. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL'];
  if (!server) throw new Error('DATABASE_URL is not set: run integration specs with npm run test:int');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await withConnection(server, async (client) => {
    const template = `template_simpul_${SCHEMA_VERSION}`;
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await makeTemplate(client, server, template);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    // A login of this database alone, which has the grants of the processes' role and nothing else.
    await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' IN ROLE simpul_app`);
  });
  const owner = new Database({ url: withDatabase(server, name), poolSize: 2 });
  const url = withLogin(withDatabase(server, name), name, password);
  // The machine that runs tests is busier than one that serves: its pauses are no faults.
  const database = new Database({ url, poolSize: 6, statementTimeoutMs: 30_000 });
  return {
    url,
    database,
    owner,
    drop: async () => {
      await database.close();
      await owner.close();
      await withConnection(server, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await client.query(`DROP ROLE ${name}`);
      });
    },
  };
}

async function makeTemplate(client: pg.Client, server: string, template: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
  if (rowCount) return;
  // One that is no template yet is the rest of a run that broke off.
  await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${template}`);
  await migrate(withDatabase(server, template));
  await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function withLogin(database: string, user: string, password: string): string {
  const url = new URL(database);
  Object.assign(url, { username: user, password });
  return url.href;
}
