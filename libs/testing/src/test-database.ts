import { randomBytes } from 'node:crypto';
import { Database, migrate, SCHEMA_VERSION } from '@simpul/database';
import pg from 'pg';

const TEMPLATE_LOCK = 5_310_742;

/** A migrated database of one spec file. */
export interface TestDatabase {
  url: string;
  database: Database;
  /** Closes the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** A fresh database in the server of DATABASE_URL, copied from a template that the first spec migrates. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL'];
  if (!server) throw new Error('DATABASE_URL is not set: run integration specs with npm run test:int');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (client) => {
    const template = `template_simpul_${SCHEMA_VERSION}`;
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await makeTemplate(client, server, template);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = withDatabase(server, name);
  // The machine that runs tests is busier than one that serves: its pauses are no faults.
  const database = new Database({ url, poolSize: 6, statementTimeoutMs: 30_000 });
  return {
    url,
    database,
    drop: async () => {
      await database.close();
      await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
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

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
