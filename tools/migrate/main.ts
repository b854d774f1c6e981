import 'reflect-metadata';
import { ACCESS_ENTITIES } from '@simpul/access';
import { checkEntities, checkSchema, EntityConnection, migrate } from '@simpul/database';
import { REGISTRY_ENTITIES } from '../../apps/registry/src/entities.js';
import { tellFailure } from '../tell-failure.js';
import { withDatabase } from '../with-database.js';

const [command = 'apply'] = process.argv.slice(2);

/** `apply` as the owner (DATABASE_OWNER_URL), `check` as anybody (DATABASE_URL). */
async function main(): Promise<void> {
  if (command === 'apply') return apply();
  if (command === 'check') return check();
  throw new Error('Usage: npm run db:migrate (DATABASE_OWNER_URL) | npm run db:check (DATABASE_URL)');
}

async function apply(): Promise<void> {
  const ran = await migrate(urlOf('DATABASE_OWNER_URL'), {
    appRole: process.env['DATABASE_APP_ROLE'],
    appPassword: process.env['DATABASE_APP_PASSWORD'],
  });
  console.log(ran.length > 0 ? `Migrated: ${ran.join(', ')}` : 'Nothing to migrate');
}

async function check(): Promise<void> {
  const url = urlOf('DATABASE_URL');
  const entities = new EntityConnection({ url, entities: [...ACCESS_ENTITIES, ...REGISTRY_ENTITIES], poolSize: 1 });
  try {
    const findings = await withDatabase({ url, poolSize: 1 }, async (database) => [
      ...(await checkSchema(database)),
      ...(await checkEntities(entities)),
    ]);
    for (const finding of findings) console.error(finding);
    if (findings.length > 0) process.exitCode = 1;
    else console.log('The database is as this build needs it');
  } finally {
    await entities.close();
  }
}

function urlOf(name: string): string {
  const url = process.env[name] ?? process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
  if (!url) throw new Error(`${name} is not set, and no "npm run local -- up" runs`);
  return url;
}

try {
  await main();
} catch (error) {
  tellFailure(error);
}
