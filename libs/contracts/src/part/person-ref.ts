import { Code, Day, ListOf, Part, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { Address } from './address.js';
import { Identifier } from './identifier.js';

/** A person, as far as the agency knows one: any of these may be missing, as persons without a NIK are normal. */
@Contract('PersonRef', { en: 'A person', id: 'Seseorang' }, { identifies: true })
export class PersonRef {
  @ListOf(Identifier, {
    en: 'identifiers of the person',
    id: 'nomor identitas orang ini',
    group: 'identity',
    identifies: true,
    max: 8,
    optional: true,
  })
  identifiers?: Identifier[];

  @Text({
    en: "the agency's own id of the person",
    id: 'nomor orang ini di instansi',
    group: 'identity',
    max: 100,
    optional: true,
  })
  localId?: string;

  @Text({ en: 'name', id: 'nama', group: 'identity', max: 200, optional: true, example: 'CONTOH SATU' })
  name?: string;

  @Code({
    en: 'sex',
    id: 'jenis kelamin',
    group: 'identity',
    identifies: true,
    values: { F: { en: 'female', id: 'perempuan' }, M: { en: 'male', id: 'laki-laki' } },
    optional: true,
    example: 'F',
  })
  sex?: 'F' | 'M';

  @Day({
    en: 'birth date',
    id: 'tanggal lahir',
    group: 'identity',
    identifies: true,
    optional: true,
    example: '2024-08-12',
  })
  birthDate?: string;

  @Text({ en: 'birth place', id: 'tempat lahir', group: 'identity', max: 100, optional: true })
  birthPlace?: string;

  @Text({ en: "mother's name", id: 'nama ibu', group: 'family', max: 200, optional: true })
  motherName?: string;

  @Text({ en: "mother's NIK, as text", id: 'NIK ibu, sebagai teks', group: 'family', max: 64, optional: true })
  motherNik?: string;

  @Whole({
    en: 'place among children of one birth',
    id: 'urutan dalam satu kelahiran',
    group: 'family',
    identifies: true,
    min: 1,
    max: 12,
    optional: true,
  })
  birthOrder?: number;

  @Part(Address, { en: 'address', id: 'alamat', group: 'residence', identifies: true, optional: true })
  address?: Address;

  @Text({ en: 'telephone', id: 'telepon', group: 'contact', max: 40, optional: true })
  phone?: string;
}
