import type { SectorSettings } from '@simpul/adapter-kit';
import { Setting } from '@simpul/process';

export class CommunityConfig implements SectorSettings {
  @Setting({
    env: 'PSEUDONYM_KEY_FILE_COMMUNITY',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-community.key',
    en: 'Key of the pseudonyms of the sector community',
    id: 'Kunci pseudonim sektor masyarakat',
  })
  pseudonymKeyFile: string;
}
