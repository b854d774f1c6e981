import { dayPlus, FIRST_DAY } from './day.js';
import { FEMALE_NAMES, LAST_NAMES, MALE_NAMES, STREETS } from './names.js';
import { type NumberOffice, openNumberOffice } from './numbers.js';
import { type Chance, chanceOf } from './random.js';

export type Relation = 'head' | 'wife' | 'child' | 'parent';

/** An invented resident. `nik` is always there; whether an agency knows it is the agency's matter. */
export interface Resident {
  index: number;
  name: string;
  sex: 'F' | 'M';
  birthDate: string;
  nik: string;
  relation: Relation;
  family: number;
  /** Index of the mother, where she lives in the same family. */
  mother?: number;
  phone: string;
}

export interface Family {
  index: number;
  familyCard: string;
  rw: string;
  rt: string;
  street: string;
  /** Welfare decile, 1 is the poorest. */
  decile: number;
  members: number[];
}

export interface Population {
  families: Family[];
  residents: Resident[];
}

const RW_COUNT = 11;
const RT_PER_RW = 11;
/** Two poor neighbourhoods on the river bank. */
const RIVERSIDE = new Set([3, 9]);
const YEAR = 365.25;

interface Draft {
  sex: 'F' | 'M';
  /** Age in days on the first day. */
  age: number;
  relation: Relation;
  childOfWife?: boolean;
}

/** Size 1 to 6 of a family, by the weights of 12, 17, 24, 25, 13 and 9 %. */
const sizeOf = (chance: Chance): number => 1 + chance.weighted([12, 17, 24, 25, 13, 9]);

function headOf(chance: Chance, size: number, single: boolean): Draft {
  const elder = size <= 2 && chance.happens(0.3);
  const age = Math.min(88, Math.max(24, chance.normal(elder ? 70 : 43, elder ? 6 : 11)));
  const female = single && size > 1 ? true : chance.happens(0.14);
  return { sex: female ? 'F' : 'M', age: Math.round(age * YEAR), relation: 'head' };
}

function adults(chance: Chance, size: number): Draft[] {
  const single = size === 1 || chance.happens(0.06);
  const head = headOf(chance, size, single);
  if (single || head.sex === 'F') return [head];
  const wifeAge = Math.max(20 * YEAR, head.age + chance.normal(-3, 3) * YEAR);
  return [head, { sex: 'F', age: Math.round(wifeAge), relation: 'wife' }];
}

/** Children are born when their mother is 20 to 42, at least a year apart; grown ones have mostly left home. */
function children(chance: Chance, grown: Draft[], places: number): Draft[] {
  const mother = grown.find(({ sex }) => sex === 'F');
  const motherAge = (mother?.age ?? 35 * YEAR) / YEAR;
  const youngest = Math.max(0, motherAge - 42);
  const oldest = Math.min(24, motherAge - 20);
  const made: Draft[] = [];
  let age = youngest + chance.next() * Math.max(0, Math.min(8, oldest - youngest));
  while (made.length < places && age < oldest) {
    const sex = chance.happens(0.51) ? 'M' : 'F';
    made.push({ sex, age: Math.max(3, Math.round(age * YEAR)), relation: 'child', childOfWife: mother !== undefined });
    age += 1.1 + chance.next() * 4;
  }
  return made.toReversed();
}

function draftFamily(chance: Chance, size: number): Draft[] {
  const grown = adults(chance, size);
  const young = children(chance, grown, size - grown.length);
  const head = grown[0];
  const grandparent = size - grown.length - young.length > 0 && chance.happens(0.4);
  if (!grandparent || !head) return [...grown, ...young];
  const age = Math.min(95 * YEAR, head.age + 24 * YEAR);
  return [...grown, ...young, { sex: chance.happens(0.65) ? 'F' : 'M', age: Math.round(age), relation: 'parent' }];
}

function nameOf(chance: Chance, sex: 'F' | 'M'): string {
  const given = sex === 'F' ? FEMALE_NAMES : MALE_NAMES;
  const first = chance.pick(given);
  if (chance.happens(0.08)) return first;
  const last = chance.happens(0.5) ? chance.pick(LAST_NAMES) : chance.pick(given);
  return last === first ? first : `${first} ${last}`;
}

const phoneOf = (chance: Chance): string => `0800${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`;

interface Household {
  chance: Chance;
  office: NumberOffice;
  family: number;
  firstIndex: number;
}

function settle(drafts: Draft[], { chance, office, family, firstIndex }: Household): Resident[] {
  const motherAt = drafts.findIndex(({ sex, relation }) => sex === 'F' && (relation === 'wife' || relation === 'head'));
  return drafts.map((draft, place) => {
    const birthDate = dayPlus(FIRST_DAY, -draft.age);
    return {
      index: firstIndex + place,
      name: nameOf(chance, draft.sex),
      sex: draft.sex,
      birthDate,
      nik: office.nik(birthDate, draft.sex, chance),
      relation: draft.relation,
      family,
      phone: phoneOf(chance),
      ...(draft.childOfWife && motherAt !== -1 && { mother: firstIndex + motherAt }),
    };
  });
}

function homeOf(chance: Chance, index: number, office: NumberOffice): Omit<Family, 'members'> {
  const rw = 1 + chance.weighted(Array.from({ length: RW_COUNT }, (_, place) => (place + 1) ** -0.6));
  const poor = chance.happens(RIVERSIDE.has(rw) ? 0.55 : 0.28);
  return {
    index,
    familyCard: office.familyCard(dayPlus(FIRST_DAY, -chance.whole(40, 4000))),
    rw: String(rw).padStart(3, '0'),
    rt: String(chance.whole(1, RT_PER_RW)).padStart(3, '0'),
    street: `${chance.pick(STREETS)} No. ${chance.whole(1, 120)}`,
    decile: poor ? chance.whole(1, 4) : chance.whole(5, 10),
  };
}

/**
 * A synthetic Tanjung Barat: families with an address, a card number and a decile, and at least `persons` residents with a
 * NIK (serial 9001 and up), made from the seed alone. The last family is never cut, so a few residents more may come.
 */
export function makePopulation({ seed, persons }: { seed: number; persons: number }): Population {
  const chance = chanceOf(seed, 'population');
  const office = openNumberOffice();
  const families: Family[] = [];
  const residents: Resident[] = [];
  while (residents.length < persons) {
    const index = families.length;
    const home = homeOf(chance, index, office);
    const members = settle(draftFamily(chance, sizeOf(chance)), {
      chance,
      office,
      family: index,
      firstIndex: residents.length,
    });
    residents.push(...members);
    families.push({ ...home, members: members.map((member) => member.index) });
  }
  return { families, residents };
}
