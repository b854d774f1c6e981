import type { SectorSettings } from '@simpul/adapter-kit';
import { Setting } from '@simpul/process';

export class SocialConfig implements SectorSettings {
  @Setting({
    env: 'PSEUDONYM_KEY_FILE_SOCIAL',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-social.key',
    en: 'Key of the pseudonyms of the sector social',
    id: 'Kunci pseudonim sektor sosial',
  })
  pseudonymKeyFile: string;
}
