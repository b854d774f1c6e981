import { ageOn, dayPlus, FIRST_DAY } from '../population/day.js';
import type { Family, Population, Resident } from '../population/population.js';
import { chanceOf } from '../population/random.js';
import { sourceOf } from './agencies.js';
import { addressOf, knownPerson } from './person.js';
import type { Push } from './push.js';

/** What stood in the agencies' files before the first day: family cards, enrolments, welfare rankings. */
export function stockPushes(seed: number, population: Population): Push[] {
  return [
    ...population.families.map((family) => familyCard(population, family)),
    ...enrolments(seed, population),
    ...population.families.map(ranking),
  ];
}

const familyCard = ({ residents }: Population, family: Family): Push => ({
  source: sourceOf('civil'),
  sector: 'civil',
  path: 'family-card-changes',
  quality: 'good',
  message: {
    reference: `kk-${family.index}`,
    family: { familyCard: family.familyCard },
    members: family.members.flatMap((index) => {
      const member = residents[index];
      return member ? [{ person: knownPerson(member), relation: member.relation }] : [];
    }),
    reason: 'new-card',
    address: addressOf(family),
    changedOn: dayPlus(FIRST_DAY, -30),
  },
});

const ranking = (family: Family): Push => ({
  source: sourceOf('social'),
  sector: 'social',
  path: 'welfare-rankings',
  quality: 'good',
  message: {
    reference: `dtsen-2024Q4-${family.index}`,
    family: { familyCard: family.familyCard },
    scheme: 'DTSEN',
    version: '2024Q4',
    decile: family.decile,
    publishedOn: dayPlus(FIRST_DAY, -20),
  },
});

const LEVELS = [
  { level: 'SD', from: 7, to: 12, share: 0.99, schools: 14 },
  { level: 'SMP', from: 13, to: 15, share: 0.98, schools: 6 },
  { level: 'SMA', from: 16, to: 18, share: 0.88, schools: 6 },
] as const;

function enrolments(seed: number, { residents }: Population): Push[] {
  const chance = chanceOf(seed, 'enrolment');
  return residents.flatMap((resident) => {
    const age = ageOn(resident.birthDate, '2024-07-01');
    const place = LEVELS.findIndex(({ from, to }) => age >= from && age <= to);
    const school = LEVELS[place];
    if (!school || !chance.happens(school.share)) return [];
    return [enrolment(resident, school.level, age - 6, 20109001 + place * 100 + chance.whole(1, school.schools))];
  });
}

const enrolment = (resident: Resident, level: string, grade: number, npsn: number): Push => ({
  source: sourceOf('education'),
  sector: 'education',
  path: 'pupil-enrolments',
  quality: 'good',
  message: {
    reference: `dapodik-20241-${resident.index}`,
    pupil: knownPerson(resident),
    schoolNpsn: String(npsn),
    level,
    grade,
    entryKind: grade === 1 ? 'new' : 'continued',
    semester: '20241',
    entryDate: '2024-07-15',
  },
});
