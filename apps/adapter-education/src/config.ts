import { OperatorsPort, PublicPort, Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class EducationConfig {
  @PublicPort(3030)
  publicPort: number;

  @OperatorsPort(3031)
  operatorsPort: number;

  @Setting({
    env: 'PSEUDONYM_KEY_FILE_EDUCATION',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-education.key',
    en: 'File of the 32 bytes under which the subjects of the education sector are pseudonymised',
    id: 'Berkas kunci 32 byte untuk pseudonim subjek sektor pendidikan',
  })
  pseudonymKeyFile: string;
}
