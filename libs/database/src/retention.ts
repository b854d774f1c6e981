interface Words {
  en: string;
  id: string;
}

/** Rows, or their bytes, that go after some time. */
export interface Bounded {
  table: string;
  /** Days by default. */
  days: number;
  /** Environment variable of the days. */
  env: string;
  what: Words;
  because: Words;
}

/** Rows that stay for as long as there is an installation. */
export interface Kept {
  table: string;
  because: Words;
}

const DAYS_OF_FIVE_YEARS = 1_827;

/** What grows and is bounded. One table may stand here and below: when only a part of its rows, or of a row, goes. */
export const BOUNDED = {
  feed: {
    table: 'registry.feed_batch',
    days: 400,
    env: 'RETENTION_FEED_DAYS',
    what: {
      en: 'Numbers of the change feed; a reader that was away longer starts anew',
      id: 'Nomor umpan perubahan; pembaca yang absen lebih lama memulai dari awal',
    },
    because: {
      en: 'A year and a month: a yearly comparison can be late. The events themselves stay',
      id: 'Satu tahun satu bulan: pembandingan tahunan boleh terlambat. Peristiwanya sendiri tetap disimpan',
    },
  },
  accessEntries: {
    table: 'access.access_entry',
    days: DAYS_OF_FIVE_YEARS,
    env: 'RETENTION_ACCESS_DAYS',
    what: { en: 'Who looked at whose data, and why', id: 'Siapa melihat data siapa, dan untuk apa' },
    because: {
      en: 'UU 27/2022 art. 31 and 32: processing is recorded, and people may see the trail. The law names no period; five years is the choice of this installation',
      id: 'UU 27/2022 pasal 31 dan 32: pemrosesan direkam dan jejaknya dapat diminta. UU tidak menyebut jangka waktu; lima tahun adalah pilihan instalasi ini',
    },
  },
  letterBytes: {
    table: 'operations.dead_letter',
    days: 90,
    env: 'RETENTION_LETTER_DAYS',
    what: {
      en: 'Raw bytes of repaired and set-aside dead letters; the rows stay',
      id: 'Byte mentah surat mati yang sudah diperbaiki atau dikesampingkan; barisnya tetap',
    },
    because: {
      en: 'Nobody tries them again, and they are sealed personal data: UU 27/2022 art. 43',
      id: 'Tidak akan dicoba lagi, dan isinya data pribadi bersegel: UU 27/2022 pasal 43',
    },
  },
  jobs: {
    table: 'operations.replay',
    days: 365,
    env: 'RETENTION_JOB_DAYS',
    what: {
      en: 'Ended replays with the outcome of each letter',
      id: 'Pekerjaan ulang yang selesai beserta hasil tiap surat',
    },
    because: {
      en: 'Operators look back a year; what was applied stands in the ledger',
      id: 'Operator meninjau satu tahun ke belakang; yang diterapkan tercatat di buku besar',
    },
  },
} as const satisfies Record<string, Bounded>;

export type BoundedName = keyof typeof BOUNDED;

const LEDGER: Words = {
  en: 'The ledger: once, in any order, holds only while every id is known',
  id: 'Buku besar: sekali saja, urutan apa pun, hanya berlaku selama setiap id dikenal',
};
const STATE: Words = {
  en: 'Folded state, one row per subject and source; it grows with people, not with time',
  id: 'Keadaan terlipat, satu baris per subjek dan sumber; tumbuh dengan jumlah orang, bukan waktu',
};
const FEW: Words = {
  en: 'A few rows, by number of agencies or partitions',
  id: 'Sedikit baris, menurut jumlah instansi atau partisi',
};
const BODIES: Words = {
  en: 'Events are the history that records are folded and rebuilt from; old months move to a cheaper tablespace and stay readable',
  id: 'Peristiwa adalah riwayat asal pelipatan dan pembangunan ulang; bulan lama dipindah ke tablespace yang lebih murah dan tetap terbaca',
};

const WORKING: Words = {
  en: 'Working rows of a rebuild, emptied when it ends',
  id: 'Baris kerja pembangunan ulang, dikosongkan saat selesai',
};

/** What stays, and why. */
export const KEPT: readonly Kept[] = [
  { table: 'registry.statement', because: LEDGER },
  { table: 'registry.statement_revision', because: LEDGER },
  { table: 'registry.service_event', because: BODIES },
  { table: 'registry.event_party', because: BODIES },
  { table: 'registry.record', because: STATE },
  { table: 'registry.record_identifier', because: STATE },
  {
    table: 'registry.record_key',
    because: {
      en: 'Without its key a record cannot be read; deleting one is erasure',
      id: 'Tanpa kuncinya rekaman tidak terbaca; menghapusnya adalah penghapusan data',
    },
  },
  { table: 'registry.feed_head', because: FEW },
  { table: 'registry.source_number', because: FEW },
  { table: 'registry.kind_number', because: FEW },
  { table: 'operations.log_position', because: FEW },
  { table: 'operations.log_counter', because: FEW },
  { table: 'operations.log_halt', because: FEW },
  { table: 'operations.log_pause', because: FEW },
  {
    table: 'operations.dead_letter',
    because: {
      en: 'The row, without its bytes, is the evidence of the verdict that the agency was told',
      id: 'Baris tanpa byte adalah bukti putusan yang disampaikan kepada instansi',
    },
  },
  { table: 'registry.record_rebuild', because: WORKING },
  { table: 'registry.record_identifier_rebuild', because: WORKING },
  { table: 'registry.record_touched', because: WORKING },
  {
    table: 'operations.rebuild',
    because: {
      en: 'One row for each rebuild that an operator asked for: the evidence of what was found',
      id: 'Satu baris per pembangunan ulang yang diminta operator: bukti temuannya',
    },
  },
  { table: 'operations.schema_migration', because: FEW },
  { table: 'operations.schema_compatibility', because: FEW },
  { table: 'access.source', because: FEW },
  { table: 'access.client', because: FEW },
  { table: 'access.purpose', because: FEW },
];

/** Goes with the rows of another table. */
export const WITH_ITS_PARENT: Readonly<Record<string, string>> = { 'operations.replay_item': 'operations.replay' };
