import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Environment, isProduction, loadConfig } from '@simpul/process';
import { CLEAR_CONSENT, KafkaSecurityConfig } from './kafka-security-config.js';

/** TLS and login towards the brokers; empty in development. */
export interface KafkaSecurity {
  ssl?: { ca?: string; cert?: string; key?: string };
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

/** From the environment. Throws ConfigError with the whole list of what is wrong. */
export function loadKafkaSecurity(env?: Environment): KafkaSecurity {
  const config = loadConfig(KafkaSecurityConfig, env, (read) => [...troublesOf(read, isProduction(env))]);
  const { tls, caFile, certFile, keyFile } = config;
  const { saslMechanism: mechanism, saslUsername: username, saslPassword: password } = config;
  return {
    ...(tls && { ssl: { ...text('ca', caFile), ...text('cert', certFile), ...text('key', keyFile) } }),
    ...(mechanism && username && password && { sasl: { mechanism, username, password } }),
  };
}

const text = (name: 'ca' | 'cert' | 'key', file: string | undefined): KafkaSecurity['ssl'] =>
  file === undefined ? {} : { [name]: readFileSync(file, 'utf8') };

function* troublesOf(config: KafkaSecurityConfig, production: boolean): Generator<string> {
  if (production && !config.tls && config.consent !== CLEAR_CONSENT)
    yield `KAFKA_TLS must be true in production, or KAFKA_IN_CLEAR must say "${CLEAR_CONSENT}"`;
  yield* tlsTroubles(config);
  yield* fileTroubles(config);
  yield* loginTroubles(config);
}

function* tlsTroubles({ tls, caFile, certFile, keyFile }: KafkaSecurityConfig): Generator<string> {
  if (!tls && (caFile ?? certFile ?? keyFile) !== undefined)
    yield 'KAFKA_TLS is false, so KAFKA_TLS_CA_FILE, KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE mean nothing';
  if ((certFile === undefined) !== (keyFile === undefined))
    yield 'KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE belong together';
}

function* fileTroubles({ caFile, certFile, keyFile }: KafkaSecurityConfig): Generator<string> {
  const toCertificate = (pem: string): unknown => new X509Certificate(pem);
  if (!holds(caFile, toCertificate)) yield 'KAFKA_TLS_CA_FILE names a file without a certificate (PEM)';
  if (!holds(certFile, toCertificate)) yield 'KAFKA_TLS_CERT_FILE names a file without a certificate (PEM)';
  if (!holds(keyFile, createPrivateKey)) yield 'KAFKA_TLS_KEY_FILE names a file without a private key (PEM)';
}

/** Whether what a named file holds can be read so. The error may quote the file: it is not told. */
function holds(file: string | undefined, read: (pem: string) => unknown): boolean {
  if (file === undefined) return true;
  try {
    read(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function* loginTroubles(config: KafkaSecurityConfig): Generator<string> {
  const { saslMechanism, saslUsername, saslPassword, tls } = config;
  const given = [saslMechanism, saslUsername, saslPassword].filter((value) => value !== undefined);
  if (given.length % 3 !== 0)
    yield 'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or KAFKA_SASL_PASSWORD_FILE) belong together';
  if (saslMechanism === 'plain' && !tls)
    yield 'KAFKA_SASL_MECHANISM plain sends the password as it is: it needs KAFKA_TLS';
}
