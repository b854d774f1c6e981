import { knownPerson } from '../tools/demo/plan/person.js';
import { at, dayPlus, FIRST_DAY } from '../tools/demo/population/day.js';
import type { Resident } from '../tools/demo/population/population.js';

export const GROWTH_ROUTE = '/adapters/health/v1/growth-measurements';

const referenceOf = ({ index }: Resident, visit: number): string => `bench-${visit}-${index}`;

/** How the id of the measurement's event begins; its revision is the hub's to say. */
export const growthIdStart = (resident: Resident, visit: number): string =>
  `growth-measurement/${referenceOf(resident, visit)}/`;

/** One measurement of a resident, about 600 bytes; visits are months apart, so that each is a fact of its own. */
export const growthMessage = (resident: Resident, visit: number): { reference: string } & Record<string, unknown> => ({
  reference: referenceOf(resident, visit),
  recordedAt: at(dayPlus(FIRST_DAY, 30 * visit), 20, 3),
  child: {
    ...knownPerson(resident),
    motherName: `IBU ${resident.name}`,
    address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
  },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A', name: 'Posyandu Melati RW 03' },
  measuredAt: at(dayPlus(FIRST_DAY, 30 * visit), 9, 14),
  weightKg: 9 + visit / 10,
  lengthCm: 79.8,
  position: 'standing',
  gainedCode: 'N',
  sourceHeightForAgeZ: -1.9,
  muacCm: 14.5,
  headCm: 46.2,
});
