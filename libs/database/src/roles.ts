import type { Client } from 'pg';

const SCHEMAS = 'registry, access, operations';

export interface AppRole {
  /** Role of the processes: no DDL. Default simpul_app. */
  appRole?: string;
  /** Without one the role cannot log in by password. */
  appPassword?: string;
}

// What the role may do beside reading, adding and changing rows: nothing else is ever deleted by a process.
const DELETABLE = [
  'registry.statement', // a waiting claim that proved to be nobody's
  'registry.statement_revision',
  'registry.event_party', // of a body that a repair replaced
  'registry.record_identifier',
  'registry.record_rebuild', // with the next two: emptied when a rebuild ends
  'registry.record_identifier_rebuild',
  'registry.record_touched',
  'operations.dead_letter', // of a waiting message that came to a good end
  'operations.log_halt', // an operator has looked
  'operations.log_pause', // resumed
];
const ONLY_ADDED_TO = [
  'registry.source_number',
  'registry.kind_number',
  'registry.record_key',
  'registry.feed_batch',
  'access.access_entry',
];
const ONLY_READ = ['access.purpose', 'operations.schema_migration', 'operations.schema_compatibility'];

/** Gives the processes' role what it needs and no more: no DDL, and no change of what must stay as it was written. */
export async function grantAppRole(client: Client, options: AppRole): Promise<void> {
  const role = options.appRole ?? 'simpul_app';
  const name = client.escapeIdentifier(role);
  await createRole(client, role, name);
  if (options.appPassword)
    await client.query(`ALTER ROLE ${name} PASSWORD ${client.escapeLiteral(options.appPassword)}`);
  // One transaction: running processes never see the moment without grants.
  await client.query(`
    BEGIN;
    GRANT USAGE ON SCHEMA ${SCHEMAS} TO ${name};
    REVOKE ALL ON ALL TABLES IN SCHEMA ${SCHEMAS} FROM ${name};
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${SCHEMAS} TO ${name};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${SCHEMAS} TO ${name};
    GRANT DELETE ON ${DELETABLE.join(', ')} TO ${name};
    REVOKE UPDATE ON ${ONLY_ADDED_TO.join(', ')} FROM ${name};
    REVOKE INSERT, UPDATE ON ${ONLY_READ.join(', ')} FROM ${name};
    COMMIT`);
}

async function createRole(client: Client, role: string, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount) return;
  try {
    await client.query(`CREATE ROLE ${name} LOGIN`);
  } catch (error) {
    // Roles belong to the whole server: another database's migration may have made it just now.
    if (!(error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505'))) throw error;
  }
}
