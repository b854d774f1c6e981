import { ageOn, at, dayPlus } from '../population/day.js';
import type { Population, Resident } from '../population/population.js';
import { type Chance, chanceOf } from '../population/random.js';
import { sourceOf } from './agencies.js';
import { addressOf, familyOf, knownPerson, unknownPerson } from './person.js';
import type { Message, Push } from './push.js';

interface DayOf {
  population: Population;
  day: string;
  chance: Chance;
}

/** Services of one day, for 10,000 residents about 65: growth, immunisation, births, deaths, benefits, aid, feedback. */
export function dayPushes(seed: number, population: Population, day: string): Push[] {
  const today: DayOf = { population, day, chance: chanceOf(seed, `day ${day}`) };
  const daily = (perMonth: number): number => {
    const wanted = (perMonth * population.residents.length) / 45_000 / 30;
    return Math.floor(wanted) + (today.chance.happens(wanted % 1) ? 1 : 0);
  };
  const children = population.residents.filter(({ birthDate }) => birthDate < day && ageOn(birthDate, day) < 5);
  const elders = population.residents.filter(({ birthDate }) => ageOn(birthDate, day) >= 70);
  const adults = population.residents.filter(({ relation }) => relation === 'head' || relation === 'wife');
  return [
    ...drawn(today, children, daily(2_500), growth),
    ...drawn(today, children, daily(1_200), immunisation),
    ...drawn(today, adults.filter(isYoungMother(day)), daily(61), birth),
    ...drawn(today, elders, daily(22), death),
    ...drawn(today, adults, daily(4_000), benefit),
    ...drawn(today, adults, daily(200), aid),
    ...drawn(today, adults, Math.max(1, daily(55)), feedback),
  ];
}

const isYoungMother =
  (day: string) =>
  ({ sex, birthDate }: Resident): boolean =>
    sex === 'F' && ageOn(birthDate, day) < 43;

type Maker = (resident: Resident, today: DayOf, place: number) => Push;

/** Draws residents without repeating one on the same day. */
function drawn(today: DayOf, from: readonly Resident[], count: number, make: Maker): Push[] {
  const pool = [...from];
  const pushes: Push[] = [];
  while (pushes.length < count && pool.length > 0) {
    const [resident] = pool.splice(today.chance.whole(0, pool.length - 1), 1);
    if (resident) pushes.push(make(resident, today, pushes.length));
  }
  return pushes;
}

const push = (sector: Push['sector'], path: string, message: Message): Push => ({
  source: sourceOf(sector),
  sector,
  path,
  message,
  quality: 'good',
});

/** 12 % of toddlers have no NIK at the posyandu. */
const childOf = (child: Resident, { population }: DayOf): object =>
  child.index % 8 === 0 ? unknownPerson(child, population) : knownPerson(child);

function growth(child: Resident, today: DayOf): Push {
  const { day, chance, population } = today;
  const years = ageOn(child.birthDate, day);
  const family = familyOf(population, child);
  return push('health', 'growth-measurements', {
    reference: `posy-${day}-${child.index}`,
    child: childOf(child, today),
    facility: { system: 'urn:id:kemendagri:posyandu', value: `TB-RW${family.rw}-A` },
    measuredAt: at(day, 9, chance.whole(0, 59)),
    weightKg: Math.round((4.5 + years * 2.4 + chance.normal(0, 0.6)) * 10) / 10,
    lengthCm: Math.round((55 + years * 12 + chance.normal(0, 2)) * 10) / 10,
    position: years < 2 ? 'lying' : 'standing',
    gainedCode: chance.pick(['N', 'N', 'N', 'T', 'B']),
  });
}

const immunisation: Maker = (child, today) =>
  push('health', 'immunisations', {
    reference: `imun-${today.day}-${child.index}`,
    child: childOf(child, today),
    antigen: today.chance.pick(['OPV', 'DPT-HB-HIB', 'PCV', 'MR', 'BCG', 'IPV']),
    doseNumber: today.chance.whole(1, 3),
    setting: 'posyandu',
    facility: { system: 'urn:id:kemendagri:posyandu', value: `TB-RW${familyOf(today.population, child).rw}-A` },
    givenAt: at(today.day, 10, today.chance.whole(0, 59)),
  });

function birth(mother: Resident, { day, chance }: DayOf, place: number): Push {
  const born = dayPlus(day, -chance.whole(0, 3));
  const child = { name: `BAYI ${mother.name}`, sex: chance.pick(['F', 'M'] as const), birthDate: born };
  return push('civil', 'birth-registrations', {
    reference: `lahir-${day}-${place}`,
    child: { ...child, motherNik: mother.nik, birthOrder: 1 },
    mother: knownPerson(mother),
    birthWeightGrams: Math.round(chance.normal(3100, 350)),
    birthPlace: 'Puskesmas Jagakarsa',
    birthOrder: 1,
    certificateNumber: `3174-LU-${day.replaceAll('-', '')}-${9001 + place}`,
    bornOn: born,
  });
}

const death: Maker = (elder, { day, chance }, place) =>
  push('civil', 'death-registrations', {
    reference: `mati-${day}-${elder.index}`,
    person: knownPerson(elder),
    place: 'Rumah',
    causeGroup: chance.pick(['illness', 'old-age']),
    certificateNumber: `3174-KM-${day.replaceAll('-', '')}-${9001 + place}`,
    diedOn: day,
  });

const benefit: Maker = (recipient, { day, chance }) =>
  push('social', 'benefit-disbursements', {
    reference: `salur-${day}-${recipient.index}`,
    recipient: knownPerson(recipient),
    programme: chance.pick(['PKH', 'SEMBAKO', 'KLJ', 'KAJ']),
    period: day.slice(0, 7),
    amountRupiah: chance.pick([200_000, 300_000, 750_000]),
    channel: 'debit-card',
    disbursedOn: day,
  });

const aid: Maker = (recipient, { day, chance, population }) =>
  push('community', 'aid-deliveries', {
    reference: `bantu-${day}-${recipient.index}`,
    recipient: {
      localId: `W-${recipient.index}`,
      name: recipient.name,
      address: addressOf(familyOf(population, recipient)),
    },
    partner: { system: 'urn:id:simpul:partner', value: 'LEMBAGA-CONTOH', name: 'Lembaga Contoh' },
    kind: 'food',
    quantity: chance.whole(1, 3),
    unit: 'package',
    deliveredOn: day,
  });

const feedback: Maker = (resident, { day, chance, population }, place) =>
  push('community', 'feedback', {
    reference: `jaki-${day}-${place}`,
    ...(chance.happens(0.5) && { person: { name: resident.name, phone: resident.phone } }),
    channel: 'jaki',
    ticket: `JK${day.replaceAll('-', '')}-${place}`,
    kind: 'complaint',
    category: 'health',
    text: 'Antrean imunisasi terlalu panjang pada pagi hari.',
    rw: familyOf(population, resident).rw,
    submittedAt: at(day, 8, chance.whole(0, 59)),
  });
