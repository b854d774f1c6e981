import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApiDescription } from '@simpul/process';

/** The folder with package.json, seen from the sources or from dist. */
function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const appOf = (part: string): string => (part === 'registry' ? part : `adapter-${part}`);

/** The committed OpenAPI documents of these parts; a part without one (the issuer) has no API of its own. */
export const readDocuments = (parts: readonly string[]): ApiDescription[] =>
  parts.flatMap((part) => {
    const path = join(projectFolder(), 'apps', appOf(part), 'openapi.json');
    if (!existsSync(path)) return [];
    return [{ name: part, document: JSON.parse(readFileSync(path, 'utf8')) as ApiDescription['document'] }];
  });
