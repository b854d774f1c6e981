// The database of this computer's own servers, with the two roles of operation: the owner, and the processes' role, which has no DDL.
import pg from 'pg';

/**
 * Makes database `simpul` and role `simpul_app` where they are missing. The role gets its grants from `npm run db:migrate`.
 * @param {string} superuserUrl
 * @returns {Promise<{ databaseUrl: string, databaseOwnerUrl: string }>}
 */
export async function ownDatabase(superuserUrl) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount: database } = await client.query("SELECT FROM pg_database WHERE datname = 'simpul'");
    if (!database) await client.query('CREATE DATABASE simpul');
    const { rowCount: role } = await client.query("SELECT FROM pg_roles WHERE rolname = 'simpul_app'");
    if (!role) await client.query('CREATE ROLE simpul_app LOGIN');
  } finally {
    await client.end();
  }
  const owner = new URL(superuserUrl);
  owner.pathname = '/simpul';
  const app = new URL(owner);
  app.username = 'simpul_app';
  return { databaseUrl: app.href, databaseOwnerUrl: owner.href };
}
