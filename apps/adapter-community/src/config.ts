import { OperatorsPort, PublicPort, Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class CommunityConfig {
  @PublicPort(3050)
  publicPort: number;

  @OperatorsPort(3051)
  operatorsPort: number;

  @Setting({
    env: 'PSEUDONYM_KEY_FILE_COMMUNITY',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-community.key',
    en: 'File of the 32 bytes under which the subjects of the community sector are pseudonymised',
    id: 'Berkas kunci 32 byte untuk pseudonim subjek sektor kemasyarakatan',
  })
  pseudonymKeyFile: string;
}
