import type { SectorSettings } from '@simpul/adapter-kit';
import { Setting } from '@simpul/process';

export class HealthConfig implements SectorSettings {
  @Setting({
    env: 'PSEUDONYM_KEY_FILE_HEALTH',
    kind: 'file',
    secretFile: true,
    default: '.simpul/keys/pseudonym-health.key',
    en: 'Key of the pseudonyms of the sector health',
    id: 'Kunci pseudonim sektor kesehatan',
  })
  pseudonymKeyFile: string;
}
