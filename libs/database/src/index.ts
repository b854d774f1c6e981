export { Database } from './database.js';
export type { DatabaseOptions } from './database.js';
export { EntityConnection } from './entity-connection.js';
export { migrate, assertSchemaVersion, SCHEMA_VERSION } from './migrate.js';
export type { AppRole } from './roles.js';
export { checkEntities } from './check-entities.js';
export { checkSchema } from './check-schema.js';
