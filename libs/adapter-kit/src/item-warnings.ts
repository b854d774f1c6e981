import { type PersonMention, SYSTEMS } from '@simpul/contracts';
import { type NikContext, nikFindings } from '@simpul/identifiers';
import type { Warning } from './outcome.js';

const found = (value: string, pointer: string, context: NikContext): Warning[] =>
  nikFindings(value, context).map(({ code }) => ({ code, pointer }));

function ofPerson({ person, pointer, child }: PersonMention, on: Date, kk: string | undefined): Warning[] {
  const own = (person.identifiers ?? []).flatMap(({ system, value }, index): Warning[] => {
    if (system !== SYSTEMS.nik) return [];
    const at = `${pointer}/identifiers/${index}/value`;
    const warnings = found(value, at, { on, birthDate: person.birthDate, sex: person.sex, kk });
    return child && person.birthDate === undefined
      ? [...warnings, { code: 'nik.birth_date_missing', pointer: at }]
      : warnings;
  });
  const mother =
    person.motherNik === undefined ? [] : found(person.motherNik, `${pointer}/motherNik`, { on, sex: 'F', kk });
  return [...own, ...mother];
}

/**
 * Findings on every NIK of the event, judged at its recorded time. They never refuse it: the value is kept, and one
 * with an error is not used as an identifier. Pointers are those of the event's data, which the message shares.
 */
export function listWarnings(people: readonly PersonMention[], on: Date, kk: string | undefined): Warning[] {
  return people.flatMap((mention) => ofPerson(mention, on, kk));
}
