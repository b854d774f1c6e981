import { Text } from '../field-decorators.js';
import { Contract } from '../field.js';

@Contract('FamilyRef', { en: 'A family', id: 'Sebuah keluarga' }, { identifies: true })
export class FamilyRef {
  @Text({
    en: 'family card number (KK), as text',
    id: 'nomor kartu keluarga, sebagai teks',
    group: 'family',
    max: 64,
    optional: true,
  })
  familyCard?: string;

  @Text({
    en: "the agency's own id of the family",
    id: 'nomor keluarga di instansi',
    group: 'family',
    max: 100,
    optional: true,
  })
  localId?: string;
}
