import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadKafkaSecurity } from './kafka-security.js';
import { CLEAR_CONSENT } from './kafka-security-config.js';

let folder: string;
const file = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafka-security-'));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file('key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(file('password'), 'rahasia-1\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const login = {
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_SASL_USERNAME: 'adaptor',
  KAFKA_SASL_PASSWORD: 'rahasia-2',
};

const troublesOf = (env: Record<string, string>): string => {
  try {
    loadKafkaSecurity(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the way to the brokers', () => {
  it('is in clear in development, and in production only when told so in words', () => {
    expect(loadKafkaSecurity({})).toEqual({});
    expect(troublesOf({ NODE_ENV: 'production' })).toContain('KAFKA_TLS must be true in production');
    expect(troublesOf({ NODE_ENV: 'production', KAFKA_IN_CLEAR: 'yes' })).toContain(CLEAR_CONSENT);
    expect(loadKafkaSecurity({ NODE_ENV: 'production', KAFKA_IN_CLEAR: CLEAR_CONSENT })).toEqual({});
  });

  it('takes what the system trusts, and a password from a file', () => {
    const { KAFKA_SASL_PASSWORD: _password, ...named } = login;
    const env = { ...named, NODE_ENV: 'production', KAFKA_TLS: 'true', KAFKA_SASL_PASSWORD_FILE: file('password') };
    expect(loadKafkaSecurity(env)).toEqual({
      ssl: {},
      sasl: { mechanism: 'scram-sha-512', username: 'adaptor', password: 'rahasia-1' },
    });
  });

  it.each([
    [
      'a word that is no mechanism',
      { ...login, KAFKA_SASL_MECHANISM: 'gssapi' },
      'KAFKA_SASL_MECHANISM does not have the right form',
    ],
    ['a plain password in clear', { ...login, KAFKA_SASL_MECHANISM: 'plain' }, 'it needs KAFKA_TLS'],
    ['a name without a password', { KAFKA_SASL_USERNAME: 'adaptor' }, 'belong together'],
    ['a password without a name', { KAFKA_SASL_PASSWORD: 'rahasia-2' }, 'belong together'],
  ])('refuses %s', (_what, env, words) => {
    expect(troublesOf(env)).toContain(words);
    expect(troublesOf(env)).not.toMatch(/rahasia|gssapi/u);
  });

  it('tells all that is wrong at once, and nothing that stands in a file', () => {
    const env = {
      KAFKA_TLS_CA_FILE: file('none'),
      KAFKA_TLS_CERT_FILE: file('password'),
      KAFKA_SASL_USERNAME: 'adaptor',
    };
    const words = troublesOf({ ...env, NODE_ENV: 'production' });
    expect(words.match(/^ {2}- .*/gmu)?.map((line) => line.slice(4, 32))).toEqual([
      'KAFKA_TLS must be true in pr',
      'KAFKA_TLS is false, so KAFKA',
      'KAFKA_TLS_CERT_FILE and KAFK',
      'KAFKA_TLS_CA_FILE names a fi',
      'KAFKA_TLS_CERT_FILE names a ',
      'KAFKA_SASL_MECHANISM, KAFKA_',
    ]);
    expect(words).not.toMatch(/rahasia|adaptor/u);
  });

  it('knows a private key from something else', () => {
    const env = { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: file('key') };
    expect(troublesOf({ ...env, KAFKA_TLS_KEY_FILE: file('password') })).toContain('KAFKA_TLS_KEY_FILE names');
    expect(troublesOf({ ...env, KAFKA_TLS_KEY_FILE: file('key') })).not.toContain('KAFKA_TLS_KEY_FILE names');
  });
});
