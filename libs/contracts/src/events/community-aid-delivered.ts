import { defineEvent, type Subject } from '../event-type.js';
import { Code, Part, Quantity, Text, Whole } from '../field-decorators.js';
import { Contract } from '../field.js';
import { dayOf } from '../instant.js';
import { AreaCode, NEIGHBOURHOOD } from '../part/address.js';
import { FacilityRef } from '../part/facility-ref.js';
import { FamilyRef } from '../part/family-ref.js';
import { PersonRef } from '../part/person-ref.js';
import { Withdrawn } from '../statement-field.js';

export const AID_KINDS = {
  food: { en: 'food', id: 'pangan' },
  nutrition: { en: 'supplementary nutrition', id: 'makanan tambahan' },
  cash: { en: 'cash', id: 'uang tunai' },
  health: { en: 'medicines or health equipment', id: 'obat atau alat kesehatan' },
  education: { en: 'school supplies or fees', id: 'perlengkapan atau biaya sekolah' },
  housing: { en: 'housing repair', id: 'perbaikan rumah' },
  sanitation: { en: 'water and sanitation', id: 'air dan sanitasi' },
  training: { en: 'training', id: 'pelatihan' },
  emergency: { en: 'emergency relief', id: 'bantuan darurat' },
  other: { en: 'other', id: 'lainnya' },
} as const;

export const AID_UNITS = {
  kg: { en: 'kilograms', id: 'kilogram' },
  litre: { en: 'litres', id: 'liter' },
  package: { en: 'packages', id: 'paket' },
  piece: { en: 'pieces', id: 'buah' },
  portion: { en: 'portions', id: 'porsi' },
  session: { en: 'sessions', id: 'sesi' },
  rupiah: { en: 'rupiah', id: 'rupiah' },
} as const;

@Contract('AidDelivered', { en: 'A partner delivered aid', id: 'Mitra menyalurkan bantuan' })
export class AidDelivered {
  @Part(FacilityRef, { en: 'the partner organisation', id: 'organisasi mitra', group: 'community' })
  partner: FacilityRef;

  @Part(PersonRef, { en: 'the recipient', id: 'penerima', group: 'identity', optional: true })
  recipient?: PersonRef;

  @Part(FamilyRef, { en: 'the receiving family', id: 'keluarga penerima', group: 'family', optional: true })
  family?: FamilyRef;

  @Part(AreaCode, { en: 'the receiving area', id: 'wilayah penerima', group: 'residence', optional: true })
  area?: AreaCode;

  @Code({ en: 'RW', id: 'RW', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '003' })
  rw?: string;

  @Code({ en: 'RT', id: 'RT', group: 'residence', pattern: NEIGHBOURHOOD, max: 3, optional: true, example: '007' })
  rt?: string;

  @Code({ en: 'kind of aid', id: 'jenis bantuan', group: 'community', values: AID_KINDS, example: 'food' })
  kind: keyof typeof AID_KINDS;

  @Quantity({ en: 'quantity', id: 'banyaknya', group: 'community', unit: '', min: 0, max: 1_000_000_000, example: 5 })
  quantity: number;

  @Code({ en: 'unit', id: 'satuan', group: 'community', values: AID_UNITS, example: 'kg' })
  unit: keyof typeof AID_UNITS;

  @Whole({
    en: 'value in rupiah',
    id: 'nilai dalam rupiah',
    group: 'community',
    min: 0,
    max: 1_000_000_000_000,
    optional: true,
  })
  valueRupiah?: number;

  @Text({
    en: 'number of the delivery note',
    id: 'nomor bukti serah terima',
    group: 'community',
    max: 64,
    optional: true,
  })
  deliveryNote?: string;

  @Withdrawn()
  withdrawn?: true;
}

function subjectOf({ recipient, family, partner }: AidDelivered): Subject {
  if (recipient) return { kind: 'person', person: recipient, pointer: '/recipient', child: false };
  if (family) return { kind: 'family', family, pointer: '/family' };
  return { kind: 'other', system: partner.system, value: partner.value };
}

export const aidDelivered = defineEvent({
  sector: 'community',
  name: 'aid.delivered',
  classification: 'personal',
  data: AidDelivered,
  subject: subjectOf,
  businessKey: ({ partner, kind, deliveryNote }, time, offset) => [
    partner.system,
    partner.value,
    ...(deliveryNote === undefined ? [kind, dayOf(time, offset)] : [deliveryNote]),
  ],
  examples: [
    {
      title: { en: 'Rice for a family', id: 'Beras untuk satu keluarga' },
      time: '2026-11-20T17:00:00.000Z',
      data: {
        partner: { system: 'urn:id:simpul:partner', value: 'yayasan-contoh', name: 'Yayasan Contoh' },
        family: { familyCard: '3174091201189001' },
        area: { scheme: 'kemendagri', code: '31.74.09.1005' },
        rw: '003',
        kind: 'food',
        quantity: 5,
        unit: 'kg',
        valueRupiah: 75_000,
        deliveryNote: 'BAST-2026-0001',
      },
    },
  ],
});
