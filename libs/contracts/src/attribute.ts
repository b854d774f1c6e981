import type { FieldGroup } from './field-group.js';
import { SYSTEMS } from './systems.js';
import type { Words } from './words.js';

export type RecordKind = 'person' | 'family' | 'statement';

/** What a folded attribute leaves in clear on the record, for indicators. */
export type ClearColumn = 'birthYear' | 'sex' | 'area' | 'vitalStatus';

export interface AttributeInfo {
  kind: RecordKind;
  group: FieldGroup;
  identifies: boolean;
  words: Words;
  clear?: ClearColumn;
}

const person = (group: FieldGroup, identifies: boolean, en: string, id: string): AttributeInfo => ({
  kind: 'person',
  group,
  identifies,
  words: { en, id },
});
const family = (group: FieldGroup, identifies: boolean, en: string, id: string): AttributeInfo => ({
  ...person(group, identifies, en, id),
  kind: 'family',
});

const catalogue = {
  name: person('identity', true, 'Name', 'Nama'),
  sex: { ...person('identity', true, 'Sex', 'Jenis kelamin'), clear: 'sex' },
  birthDate: { ...person('identity', true, 'Birth date', 'Tanggal lahir'), clear: 'birthYear' },
  birthPlace: person('identity', true, 'Birth place', 'Tempat lahir'),
  motherName: person('family', true, "Mother's name", 'Nama ibu'),
  address: { ...person('residence', true, 'Address', 'Alamat'), clear: 'area' },
  phone: person('contact', true, 'Telephone', 'Telepon'),
  nik: person('identity', true, 'NIK', 'NIK'),
  kk: person('family', true, 'Family card number', 'Nomor kartu keluarga'),
  nisn: person('education', true, 'NISN', 'NISN'),
  ihs: person('health', true, 'SATUSEHAT number', 'Nomor SATUSEHAT'),
  dapodik: person('education', true, 'Dapodik pupil id', 'Id peserta didik Dapodik'),
  jkn: person('health', true, 'JKN card number', 'Nomor kartu JKN'),
  localId: person('identity', true, "The source's own id", 'Nomor di sumber'),
  vitalStatus: { ...person('civil', false, 'Vital status', 'Status hidup'), clear: 'vitalStatus' },
  deathDate: person('civil', true, 'Date of death', 'Tanggal meninggal'),
  enrolment: person('education', false, 'School enrolment', 'Status sekolah'),
  growth: person('health', false, 'Latest growth measurement', 'Pengukuran tumbuh kembang terakhir'),
  familyCard: family('family', true, 'Family card number of the family', 'Nomor kartu keluarga dari keluarga'),
  familyAddress: { ...family('residence', true, 'Address of the family', 'Alamat keluarga'), clear: 'area' },
  roster: family('family', true, 'Members of the family', 'Anggota keluarga'),
  welfareRanking: family('welfare', false, 'Welfare ranking', 'Peringkat kesejahteraan'),
  subject: { ...person('reference', true, 'What the statement is about', 'Pokok pernyataan'), kind: 'statement' },
} as const satisfies Record<string, AttributeInfo>;

export type AttributeName = keyof typeof catalogue;

/** What a folded record can hold. */
export const ATTRIBUTES: Readonly<Record<AttributeName, AttributeInfo>> = catalogue;

/** The attribute that an identifier of a known system becomes. */
export const ATTRIBUTE_OF_SYSTEM: ReadonlyMap<string, AttributeName> = new Map(
  (['nik', 'kk', 'nisn', 'ihs', 'dapodik', 'jkn'] as const).map((name) => [SYSTEMS[name], name]),
);
