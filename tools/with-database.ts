import { assertSchemaVersion, Database, type DatabaseOptions } from '@simpul/database';

/** Opens a database of this build's version for one command, and closes it whatever happens. */
export async function withDatabase<T>(options: DatabaseOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database(options);
  try {
    await assertSchemaVersion(database);
    return await work(database);
  } finally {
    await database.close();
  }
}
