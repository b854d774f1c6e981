import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventPublisher, type KafkaSecurity, loadKafkaSecurity } from '@simpul/messaging';
import { startKafka } from '../../../tools/local/servers.mjs';
import { KafkaCase, publishAll, texts, TOPIC, until } from './kafka-case.js';

const PASSWORD = 'kata-sandi-contoh';
let broker: Awaited<ReturnType<typeof startKafka>>;
let folder: string;
let own: KafkaCase;

const file = (name: string): string => join(folder, name);
const keytool = (...args: string[]): string => {
  const store = ['-keystore', file('broker.p12'), '-storepass', PASSWORD, '-alias', 'broker'];
  return execFileSync('keytool', [...args, ...store], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpul-tls-'));
  const kind = ['-keyalg', 'EC', '-storetype', 'PKCS12', '-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1'];
  keytool('-genkeypair', ...kind);
  writeFileSync(file('ca.pem'), keytool('-exportcert', '-rfc'));
  writeFileSync(file('password'), `${PASSWORD}\n`);
  const secureKafka = { keystore: file('broker.p12'), keystorePassword: PASSWORD, users: { adaptor: PASSWORD } };
  broker = await startKafka({ durable: false, secureKafka });
  own = new KafkaCase([broker.secureBrokers], securityOf({}));
  await own.create();
});
afterAll(async () => {
  await own?.close();
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const securityOf = (change: Record<string, string | undefined>): KafkaSecurity =>
  loadKafkaSecurity({
    NODE_ENV: 'production',
    KAFKA_TLS: 'true',
    KAFKA_TLS_CA_FILE: file('ca.pem'),
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: 'adaptor',
    KAFKA_SASL_PASSWORD_FILE: file('password'),
    ...change,
  });

describe('a broker behind TLS and a password', () => {
  it('takes events and gives them to the consumer', async () => {
    const publisher = await own.publisher();
    expect(await publisher.reach(TOPIC)).toEqual({ ok: true });
    own.server();
    const published = await publishAll(publisher, texts(20));
    expect(new Set(published.map(({ status }) => status))).toEqual(new Set(['accepted']));
    await until(() => own.seen.length === 20, 'all seen');
  });

  it.each([
    ['a wrong password', { KAFKA_SASL_PASSWORD: 'salah' }, 'KafkaJSSASLAuthenticationError'],
    [
      'no password',
      { KAFKA_SASL_MECHANISM: '', KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD_FILE: '' },
      'KafkaJSConnectionClosedError',
    ],
    ['a certificate that nobody vouches for', { KAFKA_TLS_CA_FILE: '' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('is out of reach with %s, which is said without the password', async (_what, change, code) => {
    const lines: string[] = [];
    const log = (...line: unknown[]): unknown => lines.push(JSON.stringify(line));
    const security = securityOf(change);
    const { brokers, prefix: topicPrefix } = own;
    const publisher = new EventPublisher({ brokers, topicPrefix, clientId: 'spec', security, log });
    own.server(own.keep, { security, log, groupId: `${topicPrefix}refused` });
    await publisher.connect();
    expect(await publisher.reach(TOPIC)).toEqual({ ok: false, code });
    const published = await publishAll(publisher, ['one'], 1_000);
    await publisher.close();
    expect(published).toEqual([{ status: 'retry', reason: 'unsure' }]);
    for (const part of ['publisher', 'consumer']) {
      const says = (line: string): boolean => line.startsWith(`["warn","${part}.`) && line.includes(`"code":"${code}"`);
      await until(() => lines.some(says), `the ${part} says ${code}`);
    }
    expect(lines.join('\n')).not.toMatch(/salah|kata-sandi/u);
  });
});
