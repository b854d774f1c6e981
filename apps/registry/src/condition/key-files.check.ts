import { existsSync, readFileSync, statSync } from 'node:fs';
import { readPrivateJwks } from '@simpul/identifiers';
import { keyBytes } from '@simpul/process';
import { type KeyFiles, readWrappingKeys } from '../record/load-registry-keys.js';
import { check, type Check } from './check.js';

const SHAPES: Record<keyof KeyFiles, { env: string; read: (text: string) => unknown }> = {
  registryKeysFile: { env: 'REGISTRY_KEYS_FILE', read: (text) => readPrivateJwks(JSON.parse(text)) },
  recordIdKeyFile: { env: 'RECORD_ID_KEY_FILE', read: keyBytes },
  indexKeyFile: { env: 'INDEX_KEY_FILE', read: keyBytes },
  kekFile: { env: 'KEK_FILE', read: readWrappingKeys },
  pairwiseKeyFile: { env: 'PAIRWISE_KEY_FILE', read: keyBytes },
};

/** Is each key file there, of its shape, and closed to others? Makes none, and says nothing of what is in them. */
export const keyFileChecks = (files: KeyFiles): Check[] =>
  (Object.keys(SHAPES) as (keyof KeyFiles)[]).flatMap((name) => {
    const { env, read } = SHAPES[name];
    const shape = shapeOf(files[name], read);
    const there = check(
      `key ${env}`,
      shape === 'as it should be',
      shape,
      `Put the key file back that ${env} names; nothing replaces it`,
    );
    return shape === 'missing' ? [there] : [there, closedCheck(env, files[name])];
  });

function shapeOf(path: string, read: (text: string) => unknown): string {
  if (!existsSync(path)) return 'missing';
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch {
    return 'cannot be read';
  }
  try {
    read(text);
    return 'as it should be';
  } catch {
    return 'not a key of this kind'; // the error may quote the key
  }
}

function closedCheck(env: string, path: string): Check {
  const others = statSync(path).mode & 0o077;
  return check(
    `key ${env} closed`,
    others === 0,
    others === 0 ? 'owner only' : 'others may read or write it',
    `chmod 600 the file that ${env} names`,
  );
}
