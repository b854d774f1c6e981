import { OperatorsPort, PublicPort, Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class SocialConfig {
  @PublicPort(3040)
  publicPort: number;

  @OperatorsPort(3041)
  operatorsPort: number;

  @Setting({
    env: 'PSEUDONYM_KEY_FILE_SOCIAL',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-social.key',
    en: 'File of the 32 bytes under which the subjects of the social welfare sector are pseudonymised',
    id: 'Berkas kunci 32 byte untuk pseudonim subjek sektor sosial',
  })
  pseudonymKeyFile: string;
}
