import type { Random } from './random.js';

export const SECTORS = ['civil', 'health', 'education', 'social', 'community'] as const;
export type Sector = (typeof SECTORS)[number];

export const topicOf = (sector: Sector): string => `simpul.${sector}.events.v1`;
/** Without prefix. */
export const TOPICS = SECTORS.map(topicOf);

/** A kind of message, and what one of it says beside its frame. */
export interface Form {
  kind: string;
  path: string;
  time: string;
  isDay: boolean;
  rest: (teller: Told) => object;
}

/** What a message is drawn from. */
interface Told {
  random: Random;
  person: () => object;
  newborn: () => object;
}

const family = (random: Random): object => ({ familyCard: `317409120118${random.whole(9001, 9040)}` });
const health = { system: 'urn:id:kemkes:faskes', value: 'PKM-JAGAKARSA' };
export const FORMS: Record<Sector, [Form, ...Form[]]> = {
  civil: [
    {
      kind: 'birth-registration',
      path: 'birth-registrations',
      time: 'bornOn',
      isDay: true,
      rest: ({ random, person, newborn }) => ({
        child: random.happens(0.5) ? newborn() : person(),
        mother: person(),
        birthPlace: 'Puskesmas Jagakarsa',
        birthOrder: random.whole(1, 3),
      }),
    },
    {
      kind: 'death-registration',
      path: 'death-registrations',
      time: 'diedOn',
      isDay: true,
      rest: ({ random, person }) => ({
        person: person(),
        certificateNumber: `3174-KM-${random.whole(9001, 9999)}`,
      }),
    },
    {
      kind: 'family-card-change',
      path: 'family-card-changes',
      time: 'changedOn',
      isDay: true,
      rest: ({ random, person, newborn }) => ({
        family: family(random),
        ...(random.happens(0.2) && { previousFamily: family(random) }),
        members: Array.from({ length: random.whole(0, 5) }, () => ({
          person: random.happens(0.2) ? newborn() : person(),
          relation: random.pick(['head', 'wife', 'child', 'parent']),
        })),
        reason: random.pick(['new-card', 'birth', 'split']),
        ...(random.happens(0.5) && {
          address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: `00${random.whole(1, 9)}` },
        }),
      }),
    },
  ],
  health: [
    {
      kind: 'growth-measurement',
      path: 'growth-measurements',
      time: 'measuredAt',
      isDay: false,
      rest: ({ random, person }) => ({
        child: person(),
        facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
        weightKg: random.whole(30, 250) / 10,
        ...(random.happens(0.7) && { lengthCm: random.whole(450, 1_200) / 10, position: 'standing' }),
        ...(random.happens(0.5) && { gainedCode: random.pick(['N', 'T', 'O', 'B']) }),
      }),
    },
    {
      kind: 'immunisation',
      path: 'immunisations',
      time: 'givenAt',
      isDay: false,
      rest: ({ random, person }) => ({
        child: person(),
        antigen: random.pick(['MR', 'BCG', 'OPV', 'IPV']),
        setting: 'puskesmas',
        facility: health,
      }),
    },
  ],
  education: [
    {
      kind: 'pupil-enrolment',
      path: 'pupil-enrolments',
      time: 'entryDate',
      isDay: true,
      rest: ({ random, person }) => ({
        pupil: person(),
        schoolNpsn: `2010900${random.whole(1, 9)}`,
        level: 'SD',
        grade: random.whole(1, 6),
        entryKind: 'new',
        semester: '20251',
      }),
    },
  ],
  social: [
    {
      kind: 'benefit-disbursement',
      path: 'benefit-disbursements',
      time: 'disbursedOn',
      isDay: true,
      rest: ({ random, person }) => ({
        recipient: person(),
        ...(random.happens(0.5) && { family: family(random) }),
        programme: 'PKH',
        period: '2025Q1',
        amountRupiah: random.whole(1, 900) * 1_000,
        channel: 'bank',
      }),
    },
    {
      kind: 'welfare-ranking',
      path: 'welfare-rankings',
      time: 'publishedOn',
      isDay: true,
      rest: ({ random }) => ({
        family: family(random),
        scheme: 'DTSEN',
        version: '2025Q1',
        decile: random.whole(1, 10),
      }),
    },
  ],
  community: [
    {
      kind: 'aid-delivery',
      path: 'aid-deliveries',
      time: 'deliveredOn',
      isDay: true,
      rest: ({ random, person }) => ({
        partner: { system: 'urn:id:simpul:partner', value: 'LSM-CONTOH' },
        recipient: person(),
        kind: 'food',
        quantity: random.whole(1, 50),
        unit: 'kg',
      }),
    },
    {
      kind: 'feedback',
      path: 'feedback',
      time: 'submittedAt',
      isDay: false,
      rest: ({ random, person }) => ({
        ...(random.happens(0.5) && { person: person() }),
        channel: random.pick(['jaki', 'forum', 'phone']),
        ticket: `JK-${random.whole(1, 9_999)}`,
        kind: random.pick(['complaint', 'question', 'praise']),
        category: 'health',
        text: `Masukan contoh ${random.whole(1, 99)}.`,
      }),
    },
  ],
};

export function formOf(sector: Sector, kind: string): Form {
  const form = FORMS[sector].find((each) => each.kind === kind);
  if (!form) throw new RangeError(`no form of ${kind}`);
  return form;
}

/** Where statements of a kind are sent to. */
export const pathOf = (sector: Sector, kind: string): string => formOf(sector, kind).path;
