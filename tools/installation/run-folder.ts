import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECTORS } from '@simpul/contracts';
import { isAlive } from '../local/guarded.mjs';
import { workFolder } from '../local/places.mjs';

/** Does a folder belong to a run that ended without removing it? Its name says whose it is: `<prefix><process>-<random>`. */
function isLeft(folder: string, prefix: string): boolean {
  const owner = Number(folder.slice(prefix.length).split('-')[0]);
  return folder.startsWith(prefix) && !(owner > 0 && isAlive(owner));
}

/** A folder of this run alone, for its keys and its log. Removes those that killed runs of the same name have left. */
export function makeRunFolder(name: string): string {
  const prefix = `${name}-`;
  mkdirSync(workFolder, { recursive: true });
  for (const folder of readdirSync(workFolder).filter((each) => isLeft(each, prefix)))
    rmSync(join(workFolder, folder), { recursive: true, force: true });
  return mkdtempSync(join(workFolder, `${prefix}${process.pid}-`));
}

/**
 * Settings of all apps that name key files, all in one folder. The key that makes record ids comes from the start number,
 * so that two runs have the same state hash; the others are made by the apps.
 */
export function keyFiles(folder: string, seed: number): Record<string, string> {
  const recordIdKey = join(folder, 'record-id.key');
  const bytes = createHash('sha256').update(`simpul demo ${seed}`).digest('base64url');
  writeFileSync(recordIdKey, `${bytes}\n`, { mode: 0o600 });
  const pseudonymKeys = SECTORS.map((sector) => [
    `PSEUDONYM_KEY_FILE_${sector.toUpperCase()}`,
    join(folder, `pseudonym-${sector}.key`),
  ]);
  return {
    ...(Object.fromEntries(pseudonymKeys) as Record<string, string>),
    RECORD_ID_KEY_FILE: recordIdKey,
    REGISTRY_KEYS_FILE: join(folder, 'registry.private.jwks.json'),
    INDEX_KEY_FILE: join(folder, 'index.key'),
    KEK_FILE: join(folder, 'kek.key'),
    PAIRWISE_KEY_FILE: join(folder, 'pairwise.key'),
    ISSUER_KEYS_FILE: join(folder, 'issuer.jwks'),
  };
}
