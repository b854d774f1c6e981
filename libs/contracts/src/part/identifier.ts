import { Code, Text } from '../field-decorators.js';
import { Contract } from '../field.js';

/** A number that some authority gave, and whose numbering it is. */
@Contract('Identifier', { en: 'A number and the system that gave it', id: 'Nomor dan sistem penerbitnya' })
export class Identifier {
  @Code({
    en: 'system that gave the number',
    id: 'sistem penerbit nomor',
    group: 'identity',
    pattern: /^[a-z][a-z0-9+.-]*:[!-~]+$/u,
    max: 200,
    example: 'https://fhir.kemkes.go.id/id/nik',
  })
  system: string;

  /** Text, whatever it looks like: a faulty NIK is kept and reported, it does not refuse the message. */
  @Text({
    en: 'the number, as text',
    id: 'nomor, sebagai teks',
    group: 'identity',
    max: 64,
    example: '3174095208249001',
  })
  value: string;
}
