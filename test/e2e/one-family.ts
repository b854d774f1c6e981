import { type Sector, SYSTEMS } from '@simpul/contracts';

/** One message of every kind about one invented family, as its agencies would send them. */
export interface Told {
  sector: Sector;
  path: string;
  message: { reference: string; [field: string]: unknown };
}

const FAMILY_CARD = '3174091201189001';
export const CHILD_NIK = '3174095208239001';
export const MOTHER_NIK = '3174095708909001';
/** Nobody has this number. */
export const STRANGER_NIK = '3174095208239009';

const AREA = { scheme: 'kemendagri', code: '31.74.09.1005' };
const POSYANDU = { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' };

const person = (nik: string, name: string, sex: 'F' | 'M', birthDate: string) => ({
  identifiers: [{ system: SYSTEMS.nik, value: nik }],
  name,
  sex,
  birthDate,
});
const father = person('3174091203889001', 'CONTOH AYAH', 'M', '1988-03-12');
const mother = person(MOTHER_NIK, 'CONTOH IBU', 'F', '1990-08-17');
const pupil = person('3174095103189001', 'CONTOH LIMA', 'F', '2018-03-11');
const grandfather = person('3174091204489001', 'CONTOH TIGA', 'M', '1948-04-12');
const child = person(CHILD_NIK, 'CONTOH SATU', 'F', '2023-08-12');

/** A weighing of the child; the reference makes it one of its own. */
export const growth = (reference: string, weightKg: number): Told => ({
  sector: 'health',
  path: 'growth-measurements',
  message: { reference, child, facility: POSYANDU, measuredAt: '2025-01-12T09:14:00+07:00', weightKg },
});

/** A payment to the mother. */
export const benefit = (reference: string, amountRupiah: number): Told => ({
  sector: 'social',
  path: 'benefit-disbursements',
  message: {
    reference,
    recipient: mother,
    family: { familyCard: FAMILY_CARD },
    programme: 'PKH',
    period: '2025-01',
    amountRupiah,
    channel: 'debit-card',
    disbursedOn: '2025-01-20',
  },
});

export const ONE_OF_EACH: readonly Told[] = [
  {
    sector: 'civil',
    path: 'family-card-changes',
    message: {
      reference: 'kk-1',
      family: { familyCard: FAMILY_CARD },
      members: [
        { person: father, relation: 'head' },
        { person: mother, relation: 'wife' },
        { person: pupil, relation: 'child' },
        { person: child, relation: 'child' },
        { person: grandfather, relation: 'parent' },
      ],
      reason: 'new-card',
      address: { street: 'Jl. Contoh No. 7', area: AREA, rw: '003', rt: '007' },
      changedOn: '2025-01-02',
    },
  },
  {
    sector: 'civil',
    path: 'birth-registrations',
    message: {
      reference: 'lahir-1',
      child: { name: 'CONTOH DUA', sex: 'M', birthDate: '2025-01-03', motherNik: MOTHER_NIK, birthOrder: 3 },
      mother,
      birthWeightGrams: 3100,
      birthPlace: 'Puskesmas Jagakarsa',
      birthOrder: 3,
      certificateNumber: '3174-LU-03012025-9001',
      bornOn: '2025-01-03',
    },
  },
  {
    sector: 'civil',
    path: 'death-registrations',
    message: {
      reference: 'mati-1',
      person: grandfather,
      place: 'Rumah',
      causeGroup: 'old-age',
      certificateNumber: '3174-KM-19012025-9001',
      diedOn: '2025-01-19',
    },
  },
  growth('posy-1', 9.4),
  {
    sector: 'health',
    path: 'immunisations',
    message: {
      reference: 'imun-1',
      child,
      antigen: 'MR',
      doseNumber: 1,
      setting: 'posyandu',
      facility: POSYANDU,
      givenAt: '2025-01-12T09:30:00+07:00',
    },
  },
  {
    sector: 'education',
    path: 'pupil-enrolments',
    message: {
      reference: 'dapodik-1',
      pupil,
      schoolNpsn: '20109001',
      level: 'SD',
      grade: 1,
      entryKind: 'new',
      semester: '20241',
      entryDate: '2024-07-15',
    },
  },
  benefit('salur-1', 750_000),
  {
    sector: 'social',
    path: 'welfare-rankings',
    message: {
      reference: 'dtsen-1',
      family: { familyCard: FAMILY_CARD },
      scheme: 'DTSEN',
      version: '2024Q4',
      decile: 2,
      publishedOn: '2024-12-12',
    },
  },
  {
    sector: 'community',
    path: 'aid-deliveries',
    message: {
      reference: 'bantu-1',
      recipient: father,
      partner: { system: 'urn:id:simpul:partner', value: 'LEMBAGA-CONTOH', name: 'Lembaga Contoh' },
      kind: 'food',
      quantity: 2,
      unit: 'package',
      deliveredOn: '2025-01-09',
    },
  },
  {
    sector: 'community',
    path: 'feedback',
    message: {
      reference: 'jaki-1',
      person: { name: 'CONTOH IBU', phone: '080000009001' },
      channel: 'jaki',
      ticket: 'JK2501-9001',
      kind: 'complaint',
      category: 'health',
      text: 'Antrean imunisasi terlalu panjang.',
      rw: '003',
      submittedAt: '2025-01-21T10:20:00+07:00',
    },
  },
];
