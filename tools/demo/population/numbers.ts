import type { Chance } from './random.js';

/** District of first registration: Jagakarsa for 55 %, elsewhere in Jakarta 20 %, other provinces 25 %. */
const AREAS = [
  ['317409'],
  ['317401', '317405', '317502', '317306', '317103'],
  ['327605', '320113', '330102', '347101', '357802', '137101', '127108'],
] as const;

/** Every invented number has a serial from 9001 on, so that hardly any can be a real person's. */
const FIRST_SERIAL = 9001;

export interface NumberOffice {
  nik(birthDate: string, sex: 'F' | 'M', chance: Chance): string;
  familyCard(issued: string): string;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');
const dayMonthYear = (day: string, plus: number): string =>
  `${digits(Number(day.slice(8, 10)) + plus, 2)}${day.slice(5, 7)}${day.slice(2, 4)}`;

/** Gives NIKs and family card numbers, each once: the serial counts up per first twelve digits. */
export function openNumberOffice(): NumberOffice {
  const given = new Map<string, number>();
  const next = (prefix: string): string => {
    const serial = given.get(prefix) ?? FIRST_SERIAL;
    if (serial > 9999) throw new RangeError('too many people share one birth date and area');
    given.set(prefix, serial + 1);
    return `${prefix}${digits(serial, 4)}`;
  };
  return {
    nik: (birthDate, sex, chance) => {
      const area = chance.pick(AREAS[chance.weighted([55, 20, 25])] ?? AREAS[0]);
      return next(`${area}${dayMonthYear(birthDate, sex === 'F' ? 40 : 0)}`);
    },
    familyCard: (issued) => next(`317409${dayMonthYear(issued, 0)}`),
  };
}
