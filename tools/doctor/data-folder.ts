import { withConnection } from '@simpul/database';

const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** The data folder of a server on this computer; undefined of one elsewhere, or that does not say. */
export async function findDataFolder(url: string): Promise<string | undefined> {
  if (!HERE.test(new URL(url).hostname)) return undefined;
  const { rows } = await withConnection(url, (client) =>
    client.query<{ folder: string | null }>(
      `SELECT CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END AS folder`,
    ),
  );
  return rows[0]?.folder ?? undefined;
}
