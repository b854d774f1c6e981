// What developers see of an API is what its generated document says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface ApiDocument {
  paths: Record<string, Record<string, { tags?: string[] }>>;
}

const apps = resolve(import.meta.dirname, '../../apps');
const documents = readdirSync(apps)
  .map((app) => join(apps, app, 'openapi.json'))
  .filter((file) => existsSync(file));

describe('every API', () => {
  it.each(documents)('lists each route once: %s', (file) => {
    const { paths } = JSON.parse(readFileSync(file, 'utf8')) as ApiDocument;
    const routes = Object.entries(paths).flatMap(([path, ways]) =>
      Object.entries(ways).map(([way, { tags = [] }]) => `${way} ${path}: ${tags.length}`),
    );
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter((route) => !route.endsWith(': 1'))).toEqual([]);
  });
});
