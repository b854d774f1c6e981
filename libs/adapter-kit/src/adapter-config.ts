import { Setting } from '@simpul/process';

/** What every adapter needs to know beside its listeners. */
export class AdapterConfig {
  @Setting({
    env: 'KAFKA_BROKERS',
    kind: 'list',
    default: '127.0.0.1:9092',
    en: 'Kafka brokers, host:port, separated by commas',
    id: 'Broker Kafka, host:porta, dipisahkan koma',
  })
  brokers: string[];

  @Setting({
    env: 'TOPIC_PREFIX',
    optional: true,
    pattern: /^[a-z0-9._-]{1,40}$/u,
    en: 'Put before every topic name; empty in production',
    id: 'Awalan setiap nama topik; kosong di produksi',
  })
  topicPrefix?: string;

  @Setting({
    env: 'REGISTRY_JWKS',
    default: 'http://127.0.0.1:3000/registry/v1/keys',
    en: "The registry's public keys: path of a file, or an address; read again hourly",
    id: 'Kunci publik registri: lokasi berkas atau alamat; dibaca ulang setiap jam',
  })
  registryJwks: string;

  @Setting({
    env: 'TIME_ZONE_OFFSET',
    default: '+07:00',
    pattern: /^[+-](?:0\d|1[0-4]):[0-5]\d$/u,
    en: 'Offset of the zone in which a day begins',
    id: 'Selisih zona waktu tempat hari dimulai',
  })
  timeZoneOffset: string;

  @Setting({
    env: 'GROUP_ID',
    default: 'simpul-registry',
    en: "The registry's consumer group, whose backlog is watched",
    id: 'Grup konsumen registri yang antreannya diawasi',
  })
  groupId: string;

  @Setting({
    env: 'RETENTION_DAYS',
    kind: 'whole',
    default: '14',
    min: 4,
    max: 400,
    en: 'How long the topics keep events, in days',
    id: 'Lama topik menyimpan peristiwa, dalam hari',
  })
  retentionDays: number;

  @Setting({
    env: 'PUBLISH_DEADLINE_MS',
    kind: 'whole',
    default: '12000',
    min: 500,
    max: 60_000,
    en: 'How long to wait for the broker before an item is answered with retry, ms',
    id: 'Lama menunggu broker sebelum butir dijawab retry, milidetik',
  })
  publishDeadlineMs: number;

  @Setting({
    env: 'QUOTA_ITEMS_PER_SECOND',
    kind: 'whole',
    default: '5000',
    min: 10,
    en: 'Items that one client may push in a second, lastingly, to each adapter process',
    id: 'Jumlah butir per detik yang boleh dikirim satu klien secara terus-menerus ke tiap proses adaptor',
  })
  itemsPerSecond: number;

  @Setting({
    env: 'QUOTA_ITEMS_BURST',
    kind: 'whole',
    default: '300000',
    min: 1_000,
    en: 'Items that a client may push at once after a rest; three of the largest streams',
    id: 'Jumlah butir yang boleh dikirim klien sekaligus setelah jeda; tiga aliran terbesar',
  })
  itemsBurst: number;

  @Setting({
    env: 'QUOTA_MIB_PER_SECOND',
    kind: 'whole',
    default: '16',
    min: 1,
    en: 'MiB that one client may push in a second, lastingly',
    id: 'Jumlah MiB per detik yang boleh dikirim satu klien secara terus-menerus',
  })
  mebibytesPerSecond: number;

  @Setting({
    env: 'QUOTA_MIB_BURST',
    kind: 'whole',
    default: '512',
    min: 10,
    en: 'MiB that a client may push at once after a rest',
    id: 'Jumlah MiB yang boleh dikirim klien sekaligus setelah jeda',
  })
  mebibytesBurst: number;

  @Setting({
    env: 'QUOTA_REQUESTS_AT_ONCE',
    kind: 'whole',
    default: '250',
    min: 1,
    en: 'Requests that one client may have open at the same time',
    id: 'Jumlah permintaan yang boleh dibuka satu klien secara bersamaan',
  })
  requestsAtOnce: number;

  @Setting({
    env: 'QUOTA_MIB_AT_ONCE',
    kind: 'whole',
    default: '3',
    min: 1,
    en: 'MiB of objects and arrays of one client that wait for their answer at the same time; more is refused instead of waiting too. About half a second of work on two processors',
    id: 'MiB objek dan larik satu klien yang menunggu jawaban pada saat yang sama; selebihnya ditolak, tidak ikut menunggu. Kira-kira setengah detik kerja pada dua prosesor',
  })
  mebibytesAtOnce: number;
}

/** What each sector names for itself. */
export interface SectorSettings {
  /** File of the 32 bytes under which this sector's subjects are pseudonymised. */
  pseudonymKeyFile: string;
}
