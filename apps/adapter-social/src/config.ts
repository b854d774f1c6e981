import { Setting } from '@simpul/process';

/** What this adapter has of its own: two ports when it runs alone, and the key of its sector. */
export class SocialConfig {
  @Setting({
    env: 'PUBLIC_PORT',
    kind: 'whole',
    max: 65_535,
    default: '3040',
    en: 'Port of the public listener, 0 for a free one',
    id: 'Porta pendengar publik, 0 untuk porta bebas',
  })
  publicPort: number;

  @Setting({
    env: 'OPERATORS_PORT',
    kind: 'whole',
    max: 65_535,
    default: '3041',
    en: "Port of the operators' listener: /livez, /readyz, /metrics",
    id: 'Porta pendengar operator: /livez, /readyz, /metrics',
  })
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
