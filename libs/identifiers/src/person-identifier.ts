import { SYSTEMS } from '@simpul/contracts';
import type { FamilyRef, Identifier, PersonRef } from '@simpul/contracts';

import { toBareDigits } from './digits.js';
import { nikFindings } from './nik-findings.js';
import { normaliseNik } from './nik.js';

/** System of the name that a newborn has before any number: mother's NIK, birth date, order of birth. */
export const NEWBORN_SYSTEM = 'urn:simpul:newborn';

interface Numbering {
  system: string;
  normalise: (value: string) => string;
  isUsable: (value: string, person: PersonRef, context: JudgingContext) => boolean;
}

interface JudgingContext {
  recordedAt: Date;
  /** The message is about a child. */
  child: boolean;
}

const numberOf = (pattern: RegExp) => (value: string) =>
  pattern.test(value) && !REPEATED_DIGIT.test(value) && value !== NIL_UUID;

const upper = (value: string): string => toBareDigits(value).toUpperCase();
const lower = (value: string): string => value.normalize('NFC').trim().toLowerCase();
const REPEATED_DIGIT = /^\D*(\d)\1*$/;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// Systems of a person's numbers, the strongest first; a person's NIK is judged by rules of its own.
const NUMBERINGS: readonly Numbering[] = [
  { system: SYSTEMS.nik, normalise: normaliseNik, isUsable: isUsableNik },
  { system: SYSTEMS.nisn, normalise: toBareDigits, isUsable: numberOf(/^\d{10}$/) },
  { system: SYSTEMS.ihs, normalise: upper, isUsable: numberOf(/^P\d{11}$/) },
  { system: SYSTEMS.dapodik, normalise: lower, isUsable: numberOf(UUID) },
  { system: SYSTEMS.jkn, normalise: toBareDigits, isUsable: numberOf(/^\d{13}$/) },
];
const NORMALISERS = new Map<string, (value: string) => string>([
  ...NUMBERINGS.map(({ system, normalise }) => [system, normalise] as const),
  [SYSTEMS.kk, toBareDigits],
  [SYSTEMS.npsn, toBareDigits],
]);

/** One number in the one spelling in which it is compared and stored. Does not check it. */
export function normaliseIdentifier(system: string, value: string): string {
  const normalise = NORMALISERS.get(system);
  return normalise ? normalise(value) : value.normalize('NFC').trim();
}

/**
 * The numbers by which this person can be recognised, normalised, without repetition, the strongest first: NIK, NISN,
 * SATUSEHAT id, `peserta_didik_id`, JKN card, then for a newborn mother's NIK, birth date and order of birth.
 * `child`: the message is about a child, whose NIK field may hold a parent's; it counts only with a stated birth date.
 */
export function usableIdentifiers(person: PersonRef, context: JudgingContext): Identifier[] {
  const usable: Identifier[] = [];
  for (const { system, normalise, isUsable } of NUMBERINGS) {
    for (const given of person.identifiers ?? []) {
      if (given.system !== system) continue;
      const value = normalise(given.value);
      const isKnown = usable.some((known) => known.system === system && known.value === value);
      if (!isKnown && isUsable(value, person, context)) usable.push({ system, value });
    }
  }
  const newborn = findNewborn(person, context.recordedAt);
  if (newborn) usable.push(newborn);
  return usable;
}

/** The family card number (KK), normalised, when it can be one: 16 digits, no placeholder, a serial number above zero. */
export function findFamilyCard(family: FamilyRef): string | undefined {
  const digits = toBareDigits(family.familyCard ?? '');
  const isDummy = REPEATED_DIGIT.test(digits) || digits.endsWith('0000') || digits.slice(6, 12) === '000000';
  return /^\d{16}$/.test(digits) && !isDummy ? digits : undefined;
}

function isUsableNik(digits: string, person: PersonRef, context: JudgingContext): boolean {
  const { birthDate, sex } = person;
  if (context.child && birthDate === undefined) return false;
  const findings = nikFindings(digits, { on: context.recordedAt, birthDate, sex });
  return findings.every(
    ({ code, level }) => level !== 'error' && code !== 'nik.dob_mismatch' && code !== 'nik.sex_mismatch',
  );
}

function findNewborn(person: PersonRef, recordedAt: Date): Identifier | undefined {
  const { motherNik, birthDate, birthOrder } = person;
  if (motherNik === undefined || birthDate === undefined || birthOrder === undefined) return undefined;
  const digits = normaliseNik(motherNik);
  const isMothers = isUsableNik(digits, { sex: 'F' }, { recordedAt, child: false });
  return isMothers ? { system: NEWBORN_SYSTEM, value: `${digits}|${birthDate}|${birthOrder}` } : undefined;
}
