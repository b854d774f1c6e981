import pg from 'pg';

const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** The data folder of a server on this computer; undefined of one elsewhere, or that does not say. */
export async function findDataFolder(url: string): Promise<string | undefined> {
  if (!HERE.test(new URL(url).hostname)) return undefined;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ folder: string | null }>(
      `SELECT CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END AS folder`,
    );
    return rows[0]?.folder ?? undefined;
  } finally {
    await client.end();
  }
}
