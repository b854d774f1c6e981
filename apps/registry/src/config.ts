import { Setting } from '@simpul/process';
import { UNARCHIVED_CONSENT } from './condition/archive-consent.js';

/** Where the registry finds its database, its log and its keys. What every process has stands in ProcessConfig. */
export class RegistryConfig {
  @Setting({
    env: 'DATABASE_URL',
    secret: true,
    default: 'postgres://simpul_app@127.0.0.1:5432/simpul',
    en: 'The database, as the role without DDL',
    id: 'Basis data, dengan peran tanpa DDL',
  })
  databaseUrl: string;

  @Setting({
    env: 'DATABASE_POOL',
    kind: 'whole',
    min: 2,
    max: 100,
    default: '6',
    en: 'Connections to the database at most',
    id: 'Jumlah koneksi terbanyak ke basis data',
  })
  databasePool: number;

  @Setting({
    env: 'DATABASE_WITHOUT_ARCHIVE',
    optional: true,
    en: `Says "${UNARCHIVED_CONSENT}", or production on a database without a WAL archive is refused`,
    id: `Berisi "${UNARCHIVED_CONSENT}", atau produksi dengan basis data tanpa arsip WAL ditolak`,
  })
  unarchivedConsent?: string;

  @Setting({
    env: 'WATCHED_FOLDERS',
    kind: 'list',
    default: '.',
    en: 'Folders whose disks must keep more than a tenth free, with commas: where the process writes, and the data of a database on the same computer',
    id: 'Folder yang cakramnya harus bersisa lebih dari sepersepuluh, dipisah koma: tempat proses menulis, dan data basis data di komputer yang sama',
  })
  watchedFolders: string[];

  @Setting({
    env: 'KAFKA_BROKERS',
    kind: 'list',
    default: '127.0.0.1:9092',
    en: 'Kafka brokers, host:port, with commas',
    id: 'Broker Kafka, host:port, dipisah koma',
  })
  kafkaBrokers: string[];

  @Setting({
    env: 'TOPIC_PREFIX',
    optional: true,
    en: 'What stands before the names of topics; empty in production',
    id: 'Awalan nama topik; kosong di produksi',
  })
  topicPrefix?: string;

  @Setting({
    env: 'GROUP_ID',
    default: 'simpul-registry',
    en: 'Consumer group of the registry',
    id: 'Grup konsumen registri',
  })
  groupId: string;

  @Setting({
    env: 'INGEST_BATCH',
    kind: 'whole',
    min: 1,
    max: 10_000,
    default: '1000',
    en: 'Messages in one transaction at most',
    id: 'Jumlah pesan terbanyak dalam satu transaksi',
  })
  ingestBatch: number;

  @Setting({
    env: 'QUOTA_LOOKS_PER_MINUTE',
    kind: 'whole',
    min: 1,
    max: 1_000_000,
    default: '6000',
    en: 'Looks at personal data that one client may have in a minute, at each registry process',
    id: 'Jumlah akses data pribadi per menit untuk satu klien pada tiap proses registri',
  })
  looksPerMinute: number;

  @Setting({
    env: 'ALARM_DEAD_PER_HOUR',
    kind: 'whole',
    min: 1,
    max: 10_000_000,
    default: '1000',
    en: 'Dead letters of one source within an hour that raise the alarm to suspend it',
    id: 'Jumlah surat mati satu sumber dalam satu jam yang memicu alarm untuk menangguhkannya',
  })
  deadPerHour: number;

  @Setting({
    env: 'TIME_ZONE_OFFSET',
    pattern: /^[+-]\d{2}:\d{2}$/u,
    default: '+07:00',
    en: "Offset of the installation's time zone",
    id: 'Selisih zona waktu instalasi',
  })
  timeZoneOffset: string;

  @Setting({
    env: 'REGISTRY_KEYS_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/registry.private.jwks.json',
    en: 'Private key set (JWKS) that opens what adapters sealed, newest first',
    id: 'Himpunan kunci privat (JWKS) pembuka segel adaptor, yang terbaru lebih dulu',
  })
  registryKeysFile: string;

  @Setting({
    env: 'RECORD_ID_KEY_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/record-id.key',
    en: 'Key that makes record ids; never changes',
    id: 'Kunci pembuat id rekaman; tidak pernah berubah',
  })
  recordIdKeyFile: string;

  @Setting({
    env: 'INDEX_KEY_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/index.key',
    en: 'Key of the blind indexes',
    id: 'Kunci indeks buta',
  })
  indexKeyFile: string;

  @Setting({
    env: 'KEK_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/kek.key',
    en: 'Key-encryption keys, one a line: the first wraps, all unwrap',
    id: 'Kunci pembungkus, satu per baris: yang pertama membungkus, semua membuka',
  })
  kekFile: string;

  @Setting({
    env: 'PAIRWISE_KEY_FILE',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pairwise.key',
    en: 'Key that hides ids from each source; never changes',
    id: 'Kunci penyamar id bagi tiap sumber; tidak pernah berubah',
  })
  pairwiseKeyFile: string;
}
