import { ATTRIBUTES, SYSTEMS } from '@simpul/contracts';
import type { AttributeName, RecordKind } from '@simpul/contracts';
import { usableIdentifiers } from '@simpul/identifiers';
import type { Folded } from './record.fold.js';
import type { RecordIds } from './record-id.js';

/** What of a folded record stands in clear, and what finds it. */
export interface RecordColumns {
  linking: string | null;
  birthYear: number | null;
  sex: string | null;
  area: string | null;
  vitalStatus: string | null;
}

/** An identifier that finds the record: attribute, and the text under the blind index. */
export interface RecordIdentifier {
  attribute: AttributeName;
  system: string;
  value: string;
  text: string;
}

/** Pure: depends on the folded record alone, whose identifiers are given. */
export function recordColumnsOf(
  folded: Folded,
  identifiers: readonly RecordIdentifier[],
  ids: RecordIds,
): RecordColumns {
  const linking = identifiers.find(({ attribute }) => attribute === 'nik' || attribute === 'familyCard');
  return {
    linking: linking ? ids.ofLinked(linking.system, linking.value) : null,
    birthYear: birthYearOf(folded),
    sex: textOf(folded, 'sex') ?? null,
    area: areaOf(folded),
    vitalStatus: textOf(folded, 'vitalStatus') ?? null,
  };
}

function birthYearOf(folded: Folded): number | null {
  const birthDate = textOf(folded, 'birthDate');
  return birthDate === undefined ? null : Number(birthDate.slice(0, 4));
}

function areaOf(folded: Folded): string | null {
  const address = (folded.address ?? folded.familyAddress)?.value as { area?: { code?: string } } | undefined;
  return address?.area?.code ?? null;
}

/** The folded NIK, if it agrees with the folded birth date and sex: each may come from another event. */
function findLinkingNik(folded: Folded): string | undefined {
  const { nik } = folded;
  if (!nik) return undefined;
  const person = {
    identifiers: [{ system: SYSTEMS.nik, value: nik.value as string }],
    birthDate: textOf(folded, 'birthDate'),
    sex: textOf(folded, 'sex') as 'F' | 'M' | undefined,
  };
  return usableIdentifiers(person, { recordedAt: new Date(nik.recordedTime), child: false })[0]?.value;
}

const PERSON_IDENTIFIERS = ['nisn', 'ihs', 'dapodik', 'jkn'] as const satisfies AttributeName[];

/** Everything that a lookup may find this record by. */
export function identifiersOf(kind: RecordKind, folded: Folded): RecordIdentifier[] {
  if (kind === 'family') return toIdentifier('familyCard', SYSTEMS.kk, textOf(folded, 'familyCard'));
  return [
    ...toIdentifier('nik', SYSTEMS.nik, findLinkingNik(folded)),
    ...PERSON_IDENTIFIERS.flatMap((name) => toIdentifier(name, SYSTEMS[name], textOf(folded, name))),
  ];
}

const toIdentifier = (attribute: AttributeName, system: string, value: string | undefined): RecordIdentifier[] =>
  value === undefined ? [] : [{ attribute, system, value, text: `${system}|${value}` }];

function textOf(folded: Folded, name: AttributeName): string | undefined {
  const value = folded[name]?.value;
  return typeof value === 'string' && ATTRIBUTES[name] ? value : undefined;
}
