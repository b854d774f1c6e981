import { Code, Part, Text } from '../field-decorators.js';
import { Contract } from '../field.js';

/** RW and RT: up to three digits, with or without leading zeros. */
export const NEIGHBOURHOOD = /^[0-9]{1,3}$/u;

/** An area code is worth nothing without its scheme: 3171 is another city for each of the two authorities. */
@Contract('AreaCode', { en: 'Code of an area in a scheme', id: 'Kode wilayah menurut suatu skema' })
export class AreaCode {
  @Code({
    en: 'scheme of the code',
    id: 'skema kode',
    group: 'residence',
    values: {
      kemendagri: { en: 'Ministry of Home Affairs', id: 'Kementerian Dalam Negeri' },
      bps: { en: 'Statistics Indonesia', id: 'Badan Pusat Statistik' },
      dapodik: { en: 'Education ministry', id: 'Kementerian pendidikan' },
    },
    example: 'kemendagri',
  })
  scheme: 'kemendagri' | 'bps' | 'dapodik';

  @Code({
    en: 'area code',
    id: 'kode wilayah',
    group: 'residence',
    pattern: /^[0-9]{2}(?:\.?[0-9]{1,4}){0,4}$/u,
    max: 16,
    example: '31.74.09.1005',
  })
  code: string;
}

@Contract('Address', { en: 'Address', id: 'Alamat' })
export class Address {
  @Text({ en: 'street and number', id: 'jalan dan nomor', group: 'residence', max: 300, optional: true })
  street?: string;

  @Part(AreaCode, { en: 'area', id: 'wilayah', group: 'residence', optional: true })
  area?: AreaCode;

  @Code({ en: 'RW', id: 'RW', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '003' })
  rw?: string;

  @Code({ en: 'RT', id: 'RT', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '007' })
  rt?: string;

  @Code({
    en: 'postcode',
    id: 'kode pos',
    group: 'residence',
    pattern: /^[0-9]{5}$/u,
    max: 5,
    optional: true,
    example: '12530',
  })
  postcode?: string;
}
