// Each rule of .dependency-cruiser.mjs catches what it is for: a breach of it is planted in a small tree of its own.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import rules from '../../.dependency-cruiser.mjs';

const root = resolve(import.meta.dirname, '../..');
const ruleNames = (rules as { forbidden: { name: string }[] }).forbidden.map((rule) => rule.name);

type Tree = Record<string, string>;
interface Violation {
  from: string;
  rule: { name: string };
}

const packages = ['kafkajs', 'typeorm', 'pg', '@nestjs/microservices', '@nestjs/typeorm', 'jest'];

// A small system that keeps every rule; main.ts files are entries, everything else is used by one.
const sound: Tree = {
  'apps/hub/src/main.ts': "import '../../health/src/health.module.js';",
  'apps/health/src/main.ts':
    "import './health.module.js';\nimport './ingest.consumer.js';\nimport '@simpul/messaging';",
  'apps/health/src/health.module.ts': "import '@nestjs/typeorm';\nimport './growth.store.js';",
  'apps/health/src/growth.store.ts': "import 'pg';\nimport '@simpul/contracts';",
  'apps/health/src/ingest.consumer.ts': "import '@nestjs/microservices';",
  'apps/health/src/growth.store.spec.ts': "import 'jest';\nimport '@simpul/testing';\nimport './growth.store.js';",
  'apps/civil/src/main.ts': "import './civil.module.js';",
  'apps/civil/src/civil.module.ts': 'export const civil = 1;',
  'libs/contracts/src/index.ts': "export * from './field.js';",
  'libs/contracts/src/field.ts': 'export const field = 1;',
  'libs/messaging/src/index.ts': "import 'kafkajs';\nimport '@nestjs/microservices';\nimport '@simpul/contracts';",
  'libs/testing/src/index.ts': "import 'pg';\nimport 'jest';\nimport '@simpul/messaging';",
  'test/chaos/oracle/ledger.ts': "import 'pg';",
  'test/chaos/main.ts': "import '../../tools/local/servers.mjs';\nimport './oracle/ledger.js';",
  'tools/local/servers.mjs': 'export const servers = 1;',
};

// rule → where it is broken, and how.
const breaches: Record<string, [file: string, text: string][]> = {
  'app-not-to-app': [['apps/civil/src/main.ts', "import '../../health/src/health.module.js';"]],
  'hub-to-modules-only': [['apps/hub/src/main.ts', "import '../../health/src/growth.store.js';"]],
  'lib-not-to-app': [['libs/messaging/src/index.ts', "import '../../../apps/civil/src/civil.module.js';"]],
  'lib-by-its-door': [
    ['apps/civil/src/main.ts', "import '../../../libs/contracts/src/field.js';"],
    [
      'libs/messaging/src/index.ts',
      "import type { field } from '../../contracts/src/field.js';\nexport type F = typeof field;",
    ],
    ['test/e2e/chain.ts', "import '../../libs/contracts/src/field.js';"],
  ],
  'contracts-stand-alone': [['libs/contracts/src/field.ts', "import '@simpul/messaging';"]],
  'testing-not-from-src': [['apps/civil/src/civil.module.ts', "import '@simpul/testing';"]],
  'kafka-only-in-messaging': [
    ['apps/health/src/ingest.consumer.ts', "import 'kafkajs';"],
    ['libs/testing/src/index.ts', "import type { Kafka } from 'kafkajs';\nexport type K = Kafka;"],
  ],
  'rows-only-in-stores': [
    ['apps/health/src/ingest.consumer.ts', "import 'typeorm';"],
    ['libs/messaging/src/index.ts', "import 'pg';"],
    ['apps/civil/src/main.ts', "import '@nestjs/typeorm';"],
  ],
  'transport-only-in-consumers': [['apps/health/src/growth.store.ts', "import '@nestjs/microservices';"]],
  'no-dev-dependency-in-src': [['apps/civil/src/main.ts', "import 'jest';"]],
  'chaos-judges-from-outside': [
    ['test/chaos/oracle/ledger.ts', "import '@simpul/contracts';"],
    ['test/chaos/oracle/ledger.ts', "import '../../../tools/local/servers.mjs';"],
  ],
  'chaos-drives-from-outside': [['test/chaos/main.ts', "import '@simpul/contracts';"]],
  'no-cycles': [['libs/contracts/src/field.ts', "import './index.js';"]],
  'no-orphans': [['libs/contracts/src/forgotten.ts', 'export const forgotten = 1;']],
  resolvable: [['apps/civil/src/main.ts', "import './gone.js';"]],
};

const folders: string[] = [];
let used = '';

function plant(tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), 'simpul-boundaries-'));
  folders.push(folder);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  };
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    copyFileSync(join(root, name), join(folder, name));
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'module.exports = {};');
  }
  for (const [path, text] of Object.entries(tree)) write(path, text);
  return folder;
}

function judge(folder: string): Promise<Violation[]> {
  const cruiser = join(root, 'node_modules/.bin/depcruise');
  const args = [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.'];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64e6 }, (error, stdout) => {
      if (stdout === '') fail(error ?? new Error('dependency-cruiser said nothing'));
      else done((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
    });
  });
}

// The breach is added to what the file holds already, so that nothing else becomes an orphan.
const broken = ([file, text]: [string, string]): Tree => ({
  ...sound,
  [file]: [sound[file], text].filter(Boolean).join('\n'),
});

beforeAll(() => {
  used = plant(sound);
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('who may import whom', () => {
  it('finds nothing in a sound tree', async () => {
    expect(await judge(used)).toEqual([]);
  });

  it('has a breach to show for every rule', () => {
    expect(Object.keys(breaches).toSorted()).toEqual(ruleNames.toSorted());
  });

  const all = Object.entries(breaches).flatMap(([name, list]) => list.map((breach) => [name, ...breach] as const));
  it.each(all)('%s is caught in %s', async (name, file, text) => {
    const violations = await judge(plant(broken([file, text])));
    expect(violations.map(({ from, rule }) => [rule.name, from])).toContainEqual([name, file]);
  });
});
