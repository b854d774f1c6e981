import { SYSTEMS } from '@simpul/contracts';
import type { Family, Population, Resident } from '../population/population.js';

const AREA = { scheme: 'kemendagri', code: '31.74.09.1005' };

export const addressOf = ({ street, rw, rt }: Family): object => ({ street, area: AREA, rw, rt });

/** A resident as an agency that knows the NIK names one. */
export const knownPerson = ({ nik, name, sex, birthDate }: Resident): Record<string, unknown> => ({
  identifiers: [{ system: SYSTEMS.nik, value: nik }],
  name,
  sex,
  birthDate,
});

/** A resident whose NIK the agency does not have: its own id, and the mother's name. */
export const unknownPerson = (resident: Resident, { residents }: Population): Record<string, unknown> => ({
  localId: `P-${resident.index}`,
  name: resident.name,
  sex: resident.sex,
  birthDate: resident.birthDate,
  ...(resident.mother !== undefined && { motherName: residents[resident.mother]?.name }),
});

export const familyOf = (population: Population, resident: Resident): Family => {
  const family = population.families[resident.family];
  if (!family) throw new RangeError('a resident without family');
  return family;
};
