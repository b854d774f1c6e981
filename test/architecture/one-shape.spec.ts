// Who has read one adapter knows them all: the same files in each, the same files per message.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const apps = resolve(import.meta.dirname, '../../apps');
const adapters = readdirSync(apps).filter((name) => name.startsWith('adapter-'));
const sectors = ['civil', 'health', 'education', 'social', 'community'];

const filesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const messagesOf = (adapter: string) =>
  readdirSync(join(apps, adapter, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

describe('every adapter', () => {
  it('belongs to a sector, and every sector has one', () => {
    expect(adapters.toSorted()).toEqual(sectors.map((sector) => `adapter-${sector}`).toSorted());
  });

  it.each(sectors)('for %s has the files of an adapter', (sector) => {
    const adapter = `adapter-${sector}`;
    expect(filesOf(join(apps, adapter, 'src')).toSorted()).toEqual(
      ['config.ts', `${sector}.module.ts`, 'main.ts'].toSorted(),
    );
    const beside = ['README.md', 'openapi.json', `test/${sector}.int-spec.ts`];
    expect(beside.filter((path) => !existsSync(join(apps, adapter, path)))).toEqual([]);
    expect(messagesOf(adapter)).not.toEqual([]);
  });

  it.each(sectors)('for %s tells of each message in the same files', (sector) => {
    const adapter = `adapter-${sector}`;
    for (const name of messagesOf(adapter)) {
      // A message in an agency's own format has a reader as well.
      const found = filesOf(join(apps, adapter, 'src', name)).filter((file) => !/\.reader(?:\.spec)?\.ts$/u.test(file));
      const wanted = ['kind.ts', 'to-event.spec.ts', 'to-event.ts', 'ts'].map((role) => `${name}.${role}`);
      expect(found.toSorted()).toEqual(wanted.toSorted());
    }
  });
});
