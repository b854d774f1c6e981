import { Setting } from '@simpul/process';

/** The words that let a process speak with Kafka in clear with NODE_ENV=production. */
export const CLEAR_CONSENT = 'I know that Kafka is spoken to in clear';

/** How this process speaks with the brokers: outside development by TLS and as a principal of its own. */
export class KafkaSecurityConfig {
  @Setting({
    env: 'KAFKA_TLS',
    kind: 'flag',
    default: 'false',
    en: 'Speak TLS with the brokers',
    id: 'Berbicara dengan broker melalui TLS',
  })
  tls: boolean;

  @Setting({
    env: 'KAFKA_TLS_CA_FILE',
    kind: 'file',
    optional: true,
    en: "Certificates (PEM) that sign the brokers'; without it those that the system trusts",
    id: 'Sertifikat (PEM) penanda tangan sertifikat broker; tanpa ini yang dipercaya sistem',
  })
  caFile?: string;

  @Setting({
    env: 'KAFKA_TLS_CERT_FILE',
    kind: 'file',
    optional: true,
    en: 'Certificate (PEM) by which the brokers know this process',
    id: 'Sertifikat (PEM) pengenal proses ini bagi broker',
  })
  certFile?: string;

  @Setting({
    env: 'KAFKA_TLS_KEY_FILE',
    kind: 'file',
    optional: true,
    secretFile: true,
    en: 'Private key (PEM) of that certificate',
    id: 'Kunci privat (PEM) sertifikat tersebut',
  })
  keyFile?: string;

  @Setting({
    env: 'KAFKA_SASL_MECHANISM',
    optional: true,
    pattern: /^(?:plain|scram-sha-256|scram-sha-512)$/u,
    en: 'How the name and password are told: plain, scram-sha-256 or scram-sha-512',
    id: 'Cara menyampaikan nama dan kata sandi: plain, scram-sha-256, atau scram-sha-512',
  })
  saslMechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';

  @Setting({
    env: 'KAFKA_SASL_USERNAME',
    optional: true,
    en: "Name of this process among the brokers' users",
    id: 'Nama proses ini di antara pengguna broker',
  })
  saslUsername?: string;

  @Setting({
    env: 'KAFKA_SASL_PASSWORD',
    optional: true,
    secret: true,
    en: 'Password of that user',
    id: 'Kata sandi pengguna tersebut',
  })
  saslPassword?: string;

  @Setting({
    env: 'KAFKA_IN_CLEAR',
    optional: true,
    en: `Says "${CLEAR_CONSENT}", or production without KAFKA_TLS is refused`,
    id: `Berisi "${CLEAR_CONSENT}", atau produksi tanpa KAFKA_TLS ditolak`,
  })
  consent?: string;
}
