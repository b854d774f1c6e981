import { type Claim, defineEvent, type RosterEntry } from '../event-type.js';
import { Code, ListOf, Part } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { Address } from '../part/address.js';
import { FamilyRef } from '../part/family-ref.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

/** Relation to the head, as on the family card. */
export const FAMILY_RELATIONS = {
  head: { en: 'head of the family', id: 'kepala keluarga' },
  husband: { en: 'husband', id: 'suami' },
  wife: { en: 'wife', id: 'istri' },
  child: { en: 'child', id: 'anak' },
  'child-in-law': { en: 'child-in-law', id: 'menantu' },
  grandchild: { en: 'grandchild', id: 'cucu' },
  parent: { en: 'parent', id: 'orang tua' },
  'parent-in-law': { en: 'parent-in-law', id: 'mertua' },
  relative: { en: 'other relative', id: 'famili lain' },
  helper: { en: 'domestic helper', id: 'pembantu' },
  other: { en: 'other', id: 'lainnya' },
} as const;

export const FAMILY_CHANGE_REASONS = {
  'new-card': { en: 'new family card', id: 'kartu keluarga baru' },
  birth: { en: 'birth', id: 'kelahiran' },
  death: { en: 'death', id: 'kematian' },
  marriage: { en: 'marriage', id: 'perkawinan' },
  divorce: { en: 'divorce', id: 'perceraian' },
  'moved-in': { en: 'moved in', id: 'pindah datang' },
  'moved-out': { en: 'moved out', id: 'pindah keluar' },
  split: { en: 'family split', id: 'pecah kartu keluarga' },
  correction: { en: 'correction of data', id: 'perbaikan data' },
  other: { en: 'other', id: 'lainnya' },
} as const;

@Contract('FamilyMember', { en: 'A member of a family', id: 'Anggota keluarga' })
export class FamilyMember {
  @Part(PersonRef, { en: 'the member', id: 'anggota', group: 'identity', role: 'member' })
  person: PersonRef;

  @Code({
    en: 'relation to the head',
    id: 'hubungan dengan kepala keluarga',
    group: 'family',
    values: FAMILY_RELATIONS,
    example: 'child',
  })
  relation: keyof typeof FAMILY_RELATIONS;
}

@Contract('FamilyChanged', { en: 'A family card was issued or changed', id: 'Kartu keluarga terbit atau berubah' })
export class FamilyChanged {
  @Part(FamilyRef, {
    en: 'the family, with its card as it is now',
    id: 'keluarga dengan nomor kartu yang berlaku',
    group: 'family',
  })
  family: FamilyRef;

  @Part(FamilyRef, {
    en: 'the family under its former card',
    id: 'keluarga dengan nomor kartu sebelumnya',
    group: 'family',
    optional: true,
  })
  previousFamily?: FamilyRef;

  @ListOf(FamilyMember, {
    en: 'all members after the change',
    id: 'semua anggota setelah perubahan',
    group: 'family',
    max: 40,
  })
  members: FamilyMember[];

  @Code({ en: 'reason', id: 'alasan', group: 'civil', values: FAMILY_CHANGE_REASONS, example: 'birth' })
  reason: keyof typeof FAMILY_CHANGE_REASONS;

  @Part(Address, { en: 'address of the family', id: 'alamat keluarga', group: 'residence', optional: true })
  address?: Address;

  @Withdrawn()
  withdrawn?: true;
}

/** The roster is one value, replaced whole; each member is also said to be on the card. */
function claimsOf({ family, members, address }: FamilyChanged): Claim[] {
  const pointerOf = (index: number): string => `/members/${index}/person`;
  const roster: RosterEntry[] = members.map(({ relation }, index) => ({ pointer: pointerOf(index), relation }));
  const ofFamily: Claim = {
    pointer: '/family',
    attributes: { roster, ...(address !== undefined && { familyAddress: address }) },
  };
  const kk = family.familyCard;
  if (kk === undefined) return [ofFamily];
  return [ofFamily, ...members.map((_member, index) => ({ pointer: pointerOf(index), attributes: { kk } }))];
}

export const familyChanged = defineEvent({
  sector: 'civil',
  name: 'family.changed',
  classification: 'specific',
  data: FamilyChanged,
  subject: ({ family }) => ({ kind: 'family', family, pointer: '/family' }),
  businessKey: (_data, time, offset) => [dayOf(time, offset)],
  claims: (data) => claimsOf(data),
  examples: [
    {
      title: { en: 'A child joins the family card', id: 'Anak masuk kartu keluarga' },
      time: '2026-11-09T17:00:00.000Z',
      data: {
        family: { familyCard: '3174091201189001' },
        members: [
          {
            person: {
              identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095708909001' }],
              name: 'CONTOH IBU',
              sex: 'F',
              birthDate: '1990-08-17',
            },
            relation: 'head',
          },
          {
            person: {
              identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174090311269001' }],
              name: 'CONTOH DUA',
              sex: 'M',
              birthDate: '2026-11-03',
            },
            relation: 'child',
          },
        ],
        reason: 'birth',
        address: { area: { scheme: 'kemendagri', code: '31.74.09.1005' }, rw: '003', rt: '007' },
      },
    },
  ],
});
