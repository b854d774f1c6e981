import { defineKind } from '@simpul/adapter-kit';
import { aidDelivered } from '@simpul/contracts';
import { AidDelivery } from './aid-delivery.js';
import { toAidDelivered } from './aid-delivery.to-event.js';

/** Told once, and taken back in another example. */
const takenBack: AidDelivery = {
  reference: 'bantu-2026-11-0032',
  area: {
    scheme: 'kemendagri',
    code: '31.74.09.1005',
  },
  rw: '009',
  partner: {
    system: 'urn:id:simpul:partner',
    value: 'LEMBAGA-CONTOH',
    name: 'Lembaga Contoh',
  },
  kind: 'sanitation',
  quantity: 10,
  unit: 'piece',
  deliveredOn: '2026-11-10',
};

export const aidDeliveryKind = defineKind({
  name: 'aid-delivery',
  path: 'aid-deliveries',
  en: 'A partner delivered aid',
  id: 'Mitra menyalurkan bantuan',
  message: AidDelivery,
  event: aidDelivered,
  timeField: 'deliveredOn',
  toEvent: toAidDelivered,
  examples: [
    {
      title: { en: 'Food packages for a person', id: 'Paket pangan untuk seorang warga' },
      message: {
        reference: 'bantu-2026-11-0031',
        recipient: {
          localId: 'warga-31',
          name: 'CONTOH TUJUH',
          address: {
            area: {
              scheme: 'kemendagri',
              code: '31.74.09.1005',
            },
            rw: '003',
            rt: '007',
          },
        },
        partner: {
          system: 'urn:id:simpul:partner',
          value: 'LEMBAGA-CONTOH',
          name: 'Lembaga Contoh',
        },
        kind: 'food',
        quantity: 2,
        unit: 'package',
        deliveredOn: '2026-11-09',
      },
    },
    {
      title: { en: 'Aid for a neighbourhood', id: 'Bantuan untuk satu RW' },
      message: takenBack,
    },
    {
      title: { en: 'Taken back: it was not delivered', id: 'Ditarik: tidak jadi disalurkan' },
      message: { ...takenBack, revision: 1, withdrawn: true },
    },
  ],
});
