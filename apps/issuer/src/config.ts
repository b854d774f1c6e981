import { Setting } from '@simpul/process';

/** The words that let the issuer start with NODE_ENV=production. */
export const CONSENT = 'I know this issuer is for development';

export class IssuerConfig {
  @Setting({
    env: 'DATABASE_URL',
    secret: true,
    default: 'postgres://simpul_app@127.0.0.1:5432/simpul',
    en: 'Database with the registered clients',
    id: 'Basis data dengan klien terdaftar',
  })
  databaseUrl: string;

  @Setting({
    env: 'ISSUER_URL',
    default: 'http://127.0.0.1:3000/issuer',
    pattern: /^https?:\/\/[^/]+\/[a-z-]+$/,
    en: 'Issuer identifier; its path is where the issuer answers',
    id: 'Pengenal penerbit; jalurnya adalah tempat penerbit menjawab',
  })
  issuerUrl: string;

  @Setting({
    env: 'AUDIENCE',
    default: 'urn:simpul:hub',
    en: 'Audience of the tokens',
    id: 'Audiens token',
  })
  audience: string;

  @Setting({
    env: 'ISSUER_KEYS_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/issuer.jwks',
    en: 'Private keys (JWKS) that sign the tokens',
    id: 'Kunci privat (JWKS) penanda tangan token',
  })
  keysFile: string;

  @Setting({
    env: 'ISSUER_FAILURES_PER_MINUTE',
    kind: 'whole',
    min: 1,
    default: '20',
    en: 'Failed authentications of a client from one address in a minute, before it is answered with 429',
    id: 'Jumlah autentikasi gagal satu klien dari satu alamat per menit sebelum dijawab 429',
  })
  failuresPerMinute: number;

  @Setting({
    env: 'ISSUER_IN_PRODUCTION',
    optional: true,
    en: `Says "${CONSENT}", or the issuer refuses production`,
    id: `Berisi "${CONSENT}", atau penerbit menolak mode produksi`,
  })
  consent?: string;
}
