import { OperatorsPort, PublicPort, Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class CivilConfig {
  @PublicPort(3010)
  publicPort: number;

  @OperatorsPort(3011)
  operatorsPort: number;

  @Setting({
    env: 'PSEUDONYM_KEY_FILE_CIVIL',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-civil.key',
    en: 'File of the 32 bytes under which the subjects of the civil registry sector are pseudonymised',
    id: 'Berkas kunci 32 byte untuk pseudonim subjek sektor kependudukan',
  })
  pseudonymKeyFile: string;
}
