import { OperatorsPort, PublicPort, Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class HealthConfig {
  @PublicPort(3020)
  publicPort: number;

  @OperatorsPort(3021)
  operatorsPort: number;

  @Setting({
    env: 'PSEUDONYM_KEY_FILE_HEALTH',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-health.key',
    en: 'File of the 32 bytes under which the subjects of the health sector are pseudonymised',
    id: 'Berkas kunci 32 byte untuk pseudonim subjek sektor kesehatan',
  })
  pseudonymKeyFile: string;
}
