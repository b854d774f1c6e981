import type { SectorSettings } from '@simpul/adapter-kit';
import { Setting } from '@simpul/process';

export class EducationConfig implements SectorSettings {
  @Setting({
    env: 'PSEUDONYM_KEY_FILE_EDUCATION',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-education.key',
    en: 'Key of the pseudonyms of the sector education',
    id: 'Kunci pseudonim sektor pendidikan',
  })
  pseudonymKeyFile: string;
}
