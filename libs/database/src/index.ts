export { Database } from './database.js';
export type { DatabaseOptions } from './database.js';
export { migrate, assertSchemaVersion, SCHEMA_VERSION } from './migrate.js';
export type { MigrateOptions } from './migrate.js';
export { checkSchema } from './check-schema.js';
export { MIGRATIONS } from './migrations/index.js';
