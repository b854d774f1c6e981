import type { SectorSettings } from '@simpul/adapter-kit';
import { Setting } from '@simpul/process';

export class CivilConfig implements SectorSettings {
  @Setting({
    env: 'PSEUDONYM_KEY_FILE_CIVIL',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-civil.key',
    en: 'Key of the pseudonyms of the sector civil',
    id: 'Kunci pseudonim sektor pencatatan sipil',
  })
  pseudonymKeyFile: string;
}
