import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { developmentKey, keyBytes } from './key-file.js';
import { ConfigError, loadConfig, printableConfig } from './load-config.js';
import { Setting, settingsOf } from './setting.js';

class Shop {
  @Setting({ env: 'SHOP_NAME', en: 'Name', id: 'Nama', default: 'warung' })
  name: string;

  @Setting({ env: 'SHOP_PORT', en: 'Port', id: 'Porta', kind: 'whole', min: 1, max: 9 })
  port: number;

  @Setting({ env: 'SHOP_OPEN', en: 'Open', id: 'Buka', kind: 'flag', default: 'false' })
  open: boolean;

  @Setting({ env: 'SHOP_GOODS', en: 'Goods', id: 'Barang', kind: 'list', optional: true })
  goods?: string[];

  @Setting({ env: 'SHOP_URL', en: 'Database', id: 'Basis data', secret: true, default: 'postgres://dev' })
  url: string;

  @Setting({
    env: 'SHOP_KEY_FILE',
    en: 'Key',
    id: 'Kunci',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/shop',
  })
  keyFile: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const findingsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(Shop, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
};

describe('a configuration', () => {
  it('is read into the types of its fields, with defaults', () => {
    expect({ ...loadConfig(Shop, { SHOP_PORT: '7', SHOP_GOODS: 'beras, gula,' }) }).toEqual({
      name: 'warung',
      port: 7,
      open: false,
      goods: ['beras', 'gula'],
      url: 'postgres://dev',
      keyFile: '.simpul/keys/shop',
    });
  });

  it('tells all that is wrong at once, by name, and never a value', () => {
    const findings = findingsOf({
      SHOP_PORT: 'rahasia1',
      SHOP_OPEN: 'rahasia2',
      NODE_ENV: 'production',
      SHOP_KEY_FILE: join(folder, 'none'),
    });
    expect(findings.map((finding) => finding.split(' ')[0])).toEqual([
      'SHOP_PORT',
      'SHOP_OPEN',
      'SHOP_URL',
      'SHOP_KEY_FILE',
    ]);
    expect(findings.join()).not.toContain('rahasia');
  });

  it.each(['0', '10', '1.5', '-1', '1e0', ' 1', '0x1'])('refuses %j as a whole number from 1 to 9', (port) => {
    expect(findingsOf({ SHOP_PORT: port })).toHaveLength(1);
  });

  it('takes a secret from its file and shows only that it is set', () => {
    const file = join(folder, 'url');
    writeFileSync(file, 'postgres://rahasia\n');
    const config = loadConfig(Shop, { SHOP_PORT: '1', SHOP_URL_FILE: file });
    expect(config.url).toBe('postgres://rahasia');
    expect(printableConfig(config)).toMatchObject({ SHOP_PORT: 1, SHOP_URL: 'set' });
  });

  it('is listed for its document', () => {
    expect(settingsOf(Shop).map(({ env, kind }) => `${env} ${kind}`)).toContain('SHOP_GOODS list');
  });
});

describe('a key of development', () => {
  it('is made once, for this user alone, whoever asks at the same time', async () => {
    const path = join(folder, 'keys', 'one');
    const keys = await Promise.all(Array.from({ length: 5 }, () => developmentKey(path)));
    expect(new Set(keys).size).toBe(1);
    expect(keyBytes(readFileSync(path, 'utf8').trim())).toHaveLength(32);
    expect(statSync(path).mode.toString(8)).toMatch(/600$/);
    expect(await developmentKey(path, () => 'another')).toBe(keys[0]);
  });

  it('is refused in production, and of another length anywhere', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    await expect(developmentKey(join(folder, 'two'))).rejects.toThrow('is missing');
    process.env['NODE_ENV'] = before;
    expect(() => keyBytes('c2hvcnQ')).toThrow('32 bytes');
  });
});
