import type { Database } from '@simpul/database';

/** What PostgreSQL says of itself to this login, with the settings that hold in its own sessions. */
export interface ServerFacts {
  version: number;
  fsync: string;
  fullPageWrites: string;
  synchronousCommit: string;
  dataChecksums: string;
  statementTimeout: string;
  lockTimeout: string;
  idleInTransactionTimeout: string;
  archiveMode: string;
  archived: Date | null;
  archiveFailed: Date | null;
  /** The login rules the whole server, or may make roles or databases. */
  powerful: boolean;
  /** Schemas in which the login may make or drop tables. */
  ddl: string[];
  now: Date;
}

const FACTS = `
SELECT current_setting('server_version_num')::int AS version,
  current_setting('fsync') AS fsync, current_setting('full_page_writes') AS "fullPageWrites",
  current_setting('synchronous_commit') AS "synchronousCommit", current_setting('data_checksums') AS "dataChecksums",
  current_setting('statement_timeout') AS "statementTimeout", current_setting('lock_timeout') AS "lockTimeout",
  current_setting('idle_in_transaction_session_timeout') AS "idleInTransactionTimeout",
  current_setting('archive_mode') AS "archiveMode", a.last_archived_time AS archived, a.last_failed_time AS "archiveFailed",
  (SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS powerful,
  ARRAY(SELECT nspname::text FROM pg_namespace n WHERE nspname IN ('registry', 'access', 'operations')
    AND (has_schema_privilege(n.oid, 'CREATE')
      OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND pg_has_role(c.relowner, 'USAGE'))) ORDER BY 1) AS ddl,
  clock_timestamp() AS now
FROM pg_stat_archiver a`;

export async function readServerFacts(database: Database): Promise<ServerFacts> {
  const { rows } = await database.pool.query<ServerFacts>(FACTS);
  if (!rows[0]) throw new Error('PostgreSQL says nothing of itself');
  return rows[0];
}
