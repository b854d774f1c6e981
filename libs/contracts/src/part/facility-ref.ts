import { Code, Text } from '../field-decorators.js';
import { Contract } from '../field.js';

/** A place or an organisation of service. Its code and name are public, so they do not identify a person. */
@Contract('FacilityRef', { en: 'A facility or organisation', id: 'Fasilitas atau organisasi' })
export class FacilityRef {
  @Code({
    en: 'system that gave the code',
    id: 'sistem penerbit kode',
    group: 'reference',
    pattern: /^[a-z][a-z0-9+.-]*:[!-~]+$/u,
    max: 200,
    example: 'urn:id:kemendagri:posyandu',
  })
  system: string;

  @Text({
    en: 'code of the facility',
    id: 'kode fasilitas',
    group: 'reference',
    identifies: false,
    max: 64,
    example: 'TB-RW03-A',
  })
  value: string;

  @Text({
    en: 'name of the facility',
    id: 'nama fasilitas',
    group: 'reference',
    identifies: false,
    max: 200,
    optional: true,
  })
  name?: string;
}
