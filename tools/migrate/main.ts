import { assertSchemaVersion, checkSchema, Database, migrate } from '@simpul/database';

const [command = 'apply'] = process.argv.slice(2);

/** `apply` as the owner (DATABASE_OWNER_URL), `check` as anybody (DATABASE_URL). */
async function main(): Promise<void> {
  if (command === 'apply') {
    const ran = await migrate(urlOf('DATABASE_OWNER_URL'), {
      appRole: process.env['DATABASE_APP_ROLE'],
      appPassword: process.env['DATABASE_APP_PASSWORD'],
    });
    console.log(ran.length > 0 ? `Migrated: ${ran.join(', ')}` : 'Nothing to migrate');
    return;
  }
  if (command !== 'check') throw new Error('Usage: migrate apply | check');
  const database = new Database({ url: urlOf('DATABASE_URL'), poolSize: 1 });
  try {
    await assertSchemaVersion(database);
    const findings = await checkSchema(database);
    for (const finding of findings) console.error(finding);
    if (findings.length > 0) process.exitCode = 1;
    else console.log('The database is as this build needs it');
  } finally {
    await database.close();
  }
}

function urlOf(name: string): string {
  const url = process.env[name] ?? process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
  if (!url) throw new Error(`${name} is not set`);
  return url;
}

await main();
